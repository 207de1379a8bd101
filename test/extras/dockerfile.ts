/** One instruction of a Dockerfile: `COPY`, and what stands after it. */
export interface Instruction {
  readonly keyword: string;
  readonly value: string;
}

/** What one FROM begins. */
export interface BuildStage {
  readonly image: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

export function parseDockerfile(text: string): readonly BuildStage[] {
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n');
  const stages: { image: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
    const [, keyword = '', value = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    const [image = '', , name] = value.split(' ');
    if (keyword === 'FROM') stages.push({ image, name, instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, value });
  }
  return stages;
}

/** The values of one keyword, in order. */
export function valuesOf({ instructions }: BuildStage, keyword: string): readonly string[] {
  return instructions.filter((instruction) => instruction.keyword === keyword).map(({ value }) => value);
}

/** What ENV sets; the templates quote no value. */
export function environmentOf(stage: BuildStage): Record<string, string> {
  const pairs = valuesOf(stage, 'ENV').flatMap((value) => value.split(' '));
  return Object.fromEntries(pairs.map((pair) => pair.split('=')));
}

/** The command in exec form, which no shell stands before. */
export function commandOf(value: string): readonly string[] {
  return JSON.parse(value.slice(value.indexOf('['))) as readonly string[];
}

/** Files that `.dockerignore` lets through: it forbids all, then names some. */
export function isLetThrough(path: string, ignore: string): boolean {
  const named = ignore.split('\n').flatMap((line) => (line.startsWith('!') ? line.slice(1) : []));
  return named.some((name) => path === name || path.startsWith(`${name}/`));
}
