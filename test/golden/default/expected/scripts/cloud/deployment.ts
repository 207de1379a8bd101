import { captureCommand } from './command.ts';

/** A deployed stage, as Terraform's outputs tell of it. */
export interface Deployment {
  readonly url: string;
  readonly region: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly aliasName: string;
}

/**
 * Reads the outputs of the stage that TF_DATA_DIR stands for.
 * @throws when nothing is deployed to it
 */
export async function loadDeployment(): Promise<Deployment> {
  const json = await captureCommand(process.env['TF'] ?? 'terraform', '-chdir=terraform', 'output', '-json');
  const outputs = JSON.parse(json) as Record<string, { value: unknown } | undefined>;
  const read = (name: string): string => {
    const value = outputs[name]?.value;
    if (typeof value === 'string') return value;
    throw new Error('Nothing is deployed to this stage yet: make deploy.');
  };
  return {
    url: read('url'),
    region: read('region'),
    functionName: read('function_name'),
    functionVersion: read('function_version'),
    aliasName: read('alias_name'),
  };
}

/**
 * Waits until a version answers at /healthz.
 * @throws with its last answer when it never does
 */
export async function waitForVersion(url: string, version: string): Promise<void> {
  const seconds = Number(process.env['POLL_SECONDS'] ?? 120);
  const deadline = Date.now() + seconds * 1000;
  let answer = await askVersion(url);
  while (answer !== `version ${version}`) {
    if (Date.now() > deadline) {
      throw new Error(
        `After ${seconds} seconds ${url}/healthz answers with ${answer}, not version ${version}.\n` +
          'What it logs: make logs. Back to the version before: make rollback.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    answer = await askVersion(url);
  }
  console.log(`Version ${version} answers at ${url}`);
}

/** What /healthz answers with, in words. */
async function askVersion(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok) return `status ${response.status}`;
    const { functionVersion } = (await response.json()) as { functionVersion?: unknown };
    return `version ${String(functionVersion)}`;
  } catch (error) {
    return `"${error instanceof Error ? error.message : String(error)}"`;
  }
}
