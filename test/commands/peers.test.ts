import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tsflask } from '../../bench/update/contestants.ts';
import { compare } from '../../bench/update/run.ts';
import { scenarios } from '../../bench/update/scenarios.ts';

const page = readFileSync(new URL('../../docs/update.md', import.meta.url), 'utf8');

describe('what docs/update.md says beside other tools', function () {
  this.timeout(30_000);

  for (const scenario of scenarios)
    it(scenario.title, () => {
      const words = compare(tsflask, scenario);
      assert.match(words, /^✔ /);
      assert.ok(page.includes(`| ${scenario.title} | ${words} | `), words);
    });

  it('is about these scenarios alone', () => {
    const [, table = ''] = page.split('<!-- peers -->');
    const rows = table.split('\n').filter((line) => /^\| [^-]/.test(line) && /[✔✖]/.test(line));
    assert.equal(rows.length, scenarios.length);
  });
});
