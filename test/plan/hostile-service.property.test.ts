import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { render } from '../../src/render.ts';
import { parseFile } from '../parse-file.ts';
import { textsOf } from './plan-overlays.ts';
import { hostileText, nastyTexts } from './hostile-text.ts';

async function renderService(description: string): Promise<Record<string, string>> {
  return textsOf(await render({ answers: { name: 'demo', description, with: ['github', 'container'] } }));
}

/** The texts of a Markdown file as a reader sees them, a paragraph each. */
function paragraphs(text: string): string[] {
  const tokens = new MarkdownIt({ html: true }).parse(text, {});
  return tokens.flatMap(({ type, children }) =>
    type === 'inline' ? [(children ?? []).map(({ content }) => content).join('')] : [],
  );
}

/** Every text in a parsed HCL file, as Terraform reads it. */
function hclTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll(/([$%])\1\{/g, '$1{')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(hclTexts) : [];
}

async function checkFile(path: string, text: string, description: string): Promise<void> {
  const value = await parseFile(path, text);
  if (path === 'package.json') assert.equal((value as { description: string }).description, description);
  else if (path === 'README.md') assert.ok(paragraphs(text).includes(description), text);
  else if (/\.(tf|tfvars|tftest\.hcl)$/.test(path)) assert.ok(hclTexts(value).includes(description), text);
  else assert.fail(`${path} holds the description, and nothing says how to find it there`);
}

describe('a project with a hostile description', () => {
  it('holds it unchanged where it is shown, and differs nowhere else', async () => {
    const plain = await renderService('Plain');
    await fc.assert(
      fc.asyncProperty(hostileText, async (description) => {
        const files = await renderService(description);
        assert.deepEqual(Object.keys(files), Object.keys(plain));
        const changed = Object.entries(files).filter(([path, text]) => text !== plain[path]);
        if (description !== 'Plain') assert.ok(changed.length >= 2);
        for (const [path, text] of changed) await checkFile(path, text, description);
      }),
      { numRuns: 40, examples: nastyTexts.map((text): [string] => [text]) },
    );
  });
});
