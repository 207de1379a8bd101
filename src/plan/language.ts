/** The languages whose text we know how to escape, and `plain` for every other. */
export type Language = 'json' | 'yaml' | 'hcl' | 'typescript' | 'markdown' | 'make' | 'shell' | 'html' | 'plain';

const names: readonly (readonly [Language, RegExp])[] = [
  ['json', /\.jsonc?$/],
  ['yaml', /\.ya?ml$/],
  ['hcl', /\.(tf|tofu|tfvars|tfbackend|hcl)$/],
  ['typescript', /\.[cm]?[jt]sx?$/],
  ['markdown', /\.md$/],
  ['make', /(^|\/)(gnu)?makefile$|\.mk$/],
  ['shell', /\.(sh|bash)$/],
  ['html', /\.(html|xml|svg)$/],
];

/** Tells a file's language from its name. */
export function languageOf(path: string): Language {
  const lower = path.toLowerCase();
  return names.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'plain';
}
