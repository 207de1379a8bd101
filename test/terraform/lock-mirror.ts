import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const platforms = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

/**
 * What lets `providers lock` do without a registry where providers come from a mirror on this disk: the same mirror, in
 * which one platform's provider stands for that of every other.
 * @param copy - a folder that is not there yet
 */
export function lockEnvironment(copy: string): NodeJS.ProcessEnv {
  const config = process.env['TF_CLI_CONFIG_FILE'] ?? '';
  const mirror = existsSync(config) ? /^\s*path\s*=\s*"(.*)"$/m.exec(readFileSync(config, 'utf8'))?.[1] : undefined;
  if (mirror === undefined) return {};
  const found = readdirSync(mirror, { recursive: true, encoding: 'utf8' }).filter((path) => /\/\d[\d.]*\/\w+_\w+$/.test(path));
  for (const version of new Set(found.map((path) => dirname(path)))) {
    mkdirSync(join(copy, version), { recursive: true });
    const origin = found.find((path) => dirname(path) === version) ?? '';
    for (const platform of platforms) symlinkSync(join(mirror, origin), join(copy, version, platform));
  }
  return { TF_CLI_ARGS_providers_lock: `-fs-mirror=${copy}` };
}
