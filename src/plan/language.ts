/** The languages whose text we know how to escape, and `plain` for every other. */
export type Language = 'json' | 'yaml' | 'hcl' | 'typescript' | 'markdown' | 'make' | 'shell' | 'html' | 'plain';

const byExtension: Readonly<Record<string, Language>> = {
  json: 'json',
  jsonc: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  tf: 'hcl',
  hcl: 'hcl',
  tfvars: 'hcl',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  md: 'markdown',
  mk: 'make',
  sh: 'shell',
  bash: 'shell',
  html: 'html',
  xml: 'html',
  svg: 'html',
};

const byName: Readonly<Record<string, Language>> = {
  makefile: 'make',
  gnumakefile: 'make',
};

/** Tells a file's language from its name. */
export function languageOf(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return byName[name] ?? byExtension[name.slice(name.lastIndexOf('.') + 1)] ?? 'plain';
}
