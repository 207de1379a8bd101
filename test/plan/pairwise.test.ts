import assert from 'node:assert/strict';
import { format as formatHcl } from '@cdktn/hcl-tools';
import { languageOf } from '../../src/plan/language.ts';
import { render } from '../../src/render.ts';
import { parseFile } from '../parse-file.ts';
import { answerPairs, titleOf } from './answer-pairs.ts';
import { dependencyFaults } from './dependency-faults.ts';
import { textsOf } from './plan-overlays.ts';

// Most files are the same in all projects: each is looked at once.
const seen = new Set<string>();

// Space where none belongs, and what a template leaves when it goes wrong; `${{ }}` is GitHub's.
const spoilt = [/\r/, /[ \t]$/m, /\n\n\n/, /^\n/, /\n\n$/, /[^\n]$/, /\[object /, /\bNaN\b/, /(?<!\$)\{\{/];

async function checkFile(path: string, text: string): Promise<void> {
  const key = `${path}\0${text}`;
  if (seen.has(key)) return;
  seen.add(key);
  await parseFile(path, text);
  for (const sign of spoilt) assert.ok(!sign.test(text), `${path} has ${sign}`);
  if (languageOf(path) !== 'typescript') assert.ok(!/\bundefined\b/.test(text), `${path} has undefined`);
  if (languageOf(path) === 'hcl') assert.equal(await formatHcl(text), text, `${path} is not as terraform fmt has it`);
}

describe('any two answers give a project', () => {
  for (const answers of answerPairs) {
    it(`with ${titleOf(answers)}`, async () => {
      const files = textsOf(await render({ answers }));
      for (const [path, text] of Object.entries(files)) await checkFile(path, text);
      assert.deepEqual(dependencyFaults(files), []);
    });
  }
});
