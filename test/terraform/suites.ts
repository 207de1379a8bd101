import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Choices {
  readonly gateway: string;
  readonly domain?: boolean;
  readonly streaming?: boolean;
  readonly provisioned?: boolean;
  readonly jobs?: boolean;
}

/** Names of the files in `suites/` that hold for what a module does behind any gateway, whatever its variables are set to. */
export function sharedSuites({ provisioned = false, jobs = false }: Choices): string[] {
  return ['function', 'options', 'variables', ...(provisioned ? ['provisioned'] : []), ...(jobs ? ['jobs'] : [])];
}

/** Names of those for its gateway, with or without a domain and streams. */
export function gatewaySuites({ gateway, domain = false, streaming = false, jobs = false }: Choices): string[] {
  const ofApis = ['domain', 'domain-clients', 'domain-paths'];
  const named = { http: ofApis, rest: [...ofApis, 'domain-rest'], url: ['domain-url'], alb: ['domain-alb'] };
  /** What a domain rules out. */
  const alone = { http: [], rest: ['private-rest'], url: ['open'], alb: ['named-alb'] };
  const transfer = /^(rest|url)$/.test(gateway) ? [`${streaming ? 'streaming' : 'buffered'}-${gateway}`] : [];
  const host = (domain ? named : alone)[gateway as keyof typeof named];
  const names = gateway === 'url' && !jobs ? ['long-name-url'] : [];
  return [`api-${gateway}`, ...transfer, ...host, ...names];
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
