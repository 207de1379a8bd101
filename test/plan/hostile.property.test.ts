import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parse as parseYaml } from 'yaml';
import { escapes } from '../../src/plan/escape.ts';
import { parseFile } from '../parse-file.ts';
import { hostileText, nastyTexts } from './hostile-text.ts';

const batch = fc.array(hostileText, { minLength: 40, maxLength: 60 });
const parameters = { numRuns: 8, examples: [[[...nastyTexts]]] as [string[]][] };

/** Checks many texts at a time, because some parsers take long to start. */
async function holds(read: (texts: readonly string[]) => readonly string[] | Promise<readonly string[]>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(batch, async (texts) => assert.deepEqual(await read(texts), texts)),
    parameters,
  );
}

/** What a reader sees of a paragraph, and nothing but a paragraph. */
function readMarkdown(text: string): string {
  const tokens = new MarkdownIt({ html: true }).parse(`# Title\n\n${escapes.markdown(text)}\n\nNext\n`, {}).slice(3, -3);
  assert.deepEqual(
    tokens.map(({ type }) => type),
    ['paragraph_open', 'inline', 'paragraph_close'],
    text,
  );
  return (tokens[1]?.children ?? []).map(({ type, content }) => (type === 'text' ? content : `<${type}>`)).join('');
}

function run(command: string, args: readonly string[], input: string): string[] {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return stdout.split('\0').slice(0, -1);
}

function evaluate(code: string): string {
  // oxlint-disable-next-line no-new-func, no-implied-eval -- to be read by the real parser is the point
  return new Function(code)() as string;
}

describe('a hostile text comes back unchanged', () => {
  it('from JSON', () => holds((texts) => texts.map((text) => JSON.parse(`"${escapes.json(text)}"`) as string)));

  it('from YAML', () => holds((texts) => parseYaml(texts.map((text) => `- "${escapes.yaml(text)}"\n`).join('')) as string[]));

  it('from HCL', () =>
    holds(async (texts) => {
      const value = await parseFile('a.tf', `a = [\n${texts.map((text) => `  "${escapes.hcl(text)}",\n`).join('')}]\n`);
      // hcl2json gives texts as Terraform's JSON syntax has them, where these two are escaped again.
      return (value as { a: string[] }).a.map((text) => text.replaceAll(/([$%])\1\{/g, '$1{'));
    }));

  for (const [title, quote] of [
    ['in double quotes', '"'],
    ['in single quotes', "'"],
    ['in backticks', '`'],
  ] as const) {
    it(`from TypeScript ${title}`, () =>
      holds((texts) => texts.map((text) => evaluate(`return ${quote}${escapes.typescript(text)}${quote};`))));
  }

  it('from Markdown', () => holds((texts) => texts.map(readMarkdown)));

  it('from a recipe of make', () =>
    holds((texts) => run('make', ['--silent', '--file=-'], `all:\n\t@printf '%s\\0' ${texts.map(escapes.make).join(' ')}\n`)));

  it('from a variable of make', () =>
    holds((texts) => {
      const variables = texts.map((text, index) => `X${index} := ${escapes.make(text)}\n`);
      const uses = texts.map((_, index) => `$(X${index})`);
      return run('make', ['--silent', '--file=-'], `${variables.join('')}all:\n\t@printf '%s\\0' ${uses.join(' ')}\n`);
    }));

  it('from a shell script', () => holds((texts) => run('sh', [], `printf '%s\\0' ${texts.map(escapes.shell).join(' ')}\n`)));

  it('from HTML', () =>
    holds((texts) =>
      texts.map((text) => {
        const html = escapes.html(text);
        assert.doesNotMatch(html, /[<>"'`]/);
        return html.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
      }),
    ));
});

describe('a hostile text', () => {
  it('stays in its comment in TypeScript', () =>
    holds((texts) =>
      texts.map((text) =>
        evaluate(`/* ${escapes.typescript(text)} */ // ${escapes.typescript(text)}\nreturn 'safe';`) === 'safe' ? text : '',
      ),
    ));

  it('stays on its line where no language is known', () => {
    for (const text of nastyTexts) assert.equal(escapes.plain(text).includes('\n'), false);
  });

  it('hides nothing from a reviewer', () => {
    for (const language of ['json', 'yaml', 'hcl', 'typescript', 'markdown'] as const) {
      assert.doesNotMatch(
        escapes[language]('a\u202eb\u2066c\u200ed\u2028e'),
        /[\u202a-\u202e\u2066-\u2069\u200e\u2028]/,
        language,
      );
    }
  });
});
