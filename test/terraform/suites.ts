import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Choices {
  readonly gateway: string;
  readonly domain?: boolean;
  readonly streaming?: boolean;
  readonly provisioned?: boolean;
  readonly jobs?: boolean;
}

/** Names of the files in `suites/` that hold for a project's module, whatever its variables are set to. */
export function suitesOf({ gateway, domain = false, streaming = false, ...more }: Choices): string[] {
  const named = { http: ['domain'], rest: ['domain', 'domain-rest'], url: ['domain-url'], alb: ['domain-alb'] };
  /** What a domain rules out. */
  const alone = { http: [], rest: ['private-rest'], url: ['open'], alb: ['named-alb'] };
  const transfer = /^(rest|url)$/.test(gateway) ? [`${streaming ? 'streaming' : 'buffered'}-${gateway}`] : [];
  const host = (domain ? named : alone)[gateway as keyof typeof named];
  const names = gateway === 'url' && more.jobs !== true ? ['long-name-url'] : [];
  const others = (['provisioned', 'jobs'] as const).filter((extra) => more[extra] === true);
  return ['function', 'options', 'variables', `api-${gateway}`, ...transfer, ...host, ...names, ...others];
}

/** Lays suites beside the project's own test of its module, over the same mocks and variables. */
export function layServiceSuites(project: string, names: readonly string[]): void {
  const folder = join(project, 'terraform/service/tests');
  const own = readFileSync(join(folder, 'service.tftest.hcl'), 'utf8');
  const setup = own.slice(0, own.indexOf('run "'));
  for (const name of names) writeFileSync(join(folder, `${name}.tftest.hcl`), setup + loadSuite(name));
}

/** Lays suites, which bring their mocks themselves, into terraform/bootstrap. */
export function layBootstrapSuites(project: string, names: readonly string[]): void {
  const folder = join(project, 'terraform/bootstrap/tests');
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, `${name}.tftest.hcl`), loadSuite(name));
}

function loadSuite(name: string): string {
  return readFileSync(new URL(`suites/${name}.tftest.hcl`, import.meta.url), 'utf8');
}
