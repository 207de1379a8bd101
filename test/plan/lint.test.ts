import assert from 'node:assert/strict';
import { questionsOf } from '../../src/commands/prepare.ts';
import { lintOverlay } from '../../src/plan/lint.ts';
import { defineOverlay, type InlineOverlay } from '../../src/testing.ts';

const ours = defineOverlay({
  files: { 'README.md.mustache': '{{> head}}', '[stages].tf': '' },
  partials: { head: '# {{name}}' },
});
const team = { id: 'team', text: 'Team', type: 'text' };
const parts = { id: 'parts', text: 'Parts', type: 'choices', choices: ['big-cache', 'queue'] };
const size = { id: 'size', text: 'Size', type: 'choice', choices: ['small', 'large'] };

function lint(inline: InlineOverlay): Record<'errors' | 'warnings', string[]> {
  const overlay = defineOverlay(inline);
  const { errors, warnings } = lintOverlay(overlay, [ours], questionsOf([overlay]));
  const show = ({ code, problem }: { code: string; problem: string }): string => `${code} ${problem}`;
  return { errors: errors.map(show), warnings: warnings.map(show) };
}

describe('lintOverlay finds nothing wrong with', () => {
  const cases: [title: string, overlay: InlineOverlay][] = [
    [
      'a template that uses our variables, partials and slots',
      { files: { 'a.mustache': '{{name}}{{> head}}{{> makefile}}{{#isGatewayUrl}}{{/isGatewayUrl}}' } },
    ],
    ['a question that a template prints', { manifest: { questions: [team] }, files: { 'a.mustache': '{{team}}' } }],
    ['a question that a partial prints', { manifest: { questions: [team] }, partials: { head: '{{team}}' } }],
    [
      'a question that a slot asks for by a choice',
      { manifest: { questions: [parts] }, slots: { readme: '{{#hasBigCache}}{{/hasBigCache}}' } },
    ],
    [
      'a question that a section asks for by a choice',
      { manifest: { questions: [size] }, files: { 'a.mustache': '{{^isSizeSmall}}{{/isSizeSmall}}' } },
    ],
    ['a question that repeats a file', { manifest: { questions: [{ ...team, type: 'list' }] }, files: { '[team].md': '' } }],
    [
      'a question that another depends on',
      { manifest: { questions: [size, { ...team, when: { size: 'large' } }] }, slots: { readme: '{{team}}' } },
    ],
    ['a question that the overlay depends on', { manifest: { questions: [size], when: { size: 'large' } } }],
    ['the removal of a file of ours', { manifest: { remove: ['README.md', '[stages].tf'] } }],
    [
      'a policy for a file of ours',
      { manifest: { files: { 'README.md': { policy: 'once' }, '[stages].tf': { policy: 'once' } } } },
    ],
  ];
  for (const [title, overlay] of cases) it(title, () => assert.deepEqual(lint(overlay), { errors: [], warnings: [] }));
});

describe('lintOverlay reports as an error', () => {
  const cases: [title: string, overlay: InlineOverlay, errors: readonly string[]][] = [
    [
      'a variable that there is not',
      { slots: { readme: 'a\n{{nmae}}' } },
      ['VARIABLE_UNKNOWN inline/slots/readme:2: there is no variable "nmae". Did you mean name?'],
    ],
    [
      'a partial that there is not',
      { files: { 'a.mustache': '{{> haed}}' } },
      ['PARTIAL_UNKNOWN inline/files/a.mustache:1: there is no partial or slot "haed". Did you mean head?'],
    ],
    [
      'an entry without a list',
      { files: { 'a.mustache': '{{.}}' } },
      ['VARIABLE_UNKNOWN inline/files/a.mustache:1: {{.}} stands for nothing here.'],
    ],
    [
      'a list in a path that there is not',
      { files: { '[stage].md': '' } },
      ['VARIABLE_UNKNOWN inline/files/[stage].md: there is no list "stage" to repeat the file for. Did you mean stages?'],
    ],
    [
      'a template that does not parse',
      { partials: { head: '{{#with}}' } },
      ['TEMPLATE_SYNTAX inline/partials/head:1: Unclosed section "with".'],
    ],
    [
      'an unsafe path',
      { files: { 'nul.txt': '' } },
      ['PATH_UNSAFE inline/files/nul.txt: the path "nul.txt" has the device name "nul.txt".'],
    ],
    ['two paths that clash', { files: { 'readme.md': '' } }, ['PATH_CLASH "README.md" and "readme.md" cannot both be written.']],
    [
      'a partial that is a slot elsewhere',
      { slots: { head: '' } },
      ['FRAGMENT_CLASH "head" is a partial in one overlay and a slot in another.'],
    ],
    [
      'a partial that includes itself',
      { partials: { head: '{{> head}}' } },
      ['PARTIAL_CIRCULAR The partial "head" includes itself.'],
    ],
    [
      'a condition on a question that there is not',
      { manifest: { when: { gatway: 'http' }, questions: [{ ...team, when: { sizes: true } }] }, slots: { readme: '{{team}}' } },
      [
        'CONDITION_UNKNOWN inline: when: there is no question "gatway". Did you mean gateway?',
        'CONDITION_UNKNOWN inline: questions.0.when: there is no question "sizes".',
      ],
    ],
    [
      'a choice that is refused with an answer that there is not',
      {
        manifest: {
          questions: [
            {
              ...team,
              type: 'choice',
              choices: ['a', { value: 'b', label: 'B', refused: [{ when: { gateway: 'rset' }, reason: 'no.', fix: 'Use a.' }] }],
            },
          ],
        },
        slots: { readme: '{{team}}' },
      },
      ['CONDITION_UNKNOWN inline: questions.0.choices.1.refused.0.when: "rset" is no answer to "gateway". Did you mean rest?'],
    ],
    [
      'a condition on a choice that there is not',
      { manifest: { when: { gateway: 'rset' } } },
      ['CONDITION_UNKNOWN inline: when: "rset" is no answer to "gateway". Did you mean rest?'],
    ],
  ];
  for (const [title, overlay, errors] of cases) it(title, () => assert.deepEqual(lint(overlay), { errors, warnings: [] }));
});

describe('lintOverlay warns of', () => {
  const cases: [title: string, overlay: InlineOverlay, warnings: readonly string[]][] = [
    [
      'an answer that is not escaped',
      { files: { 'a.mustache': '\n{{{name}}}{{&region}}' } },
      ['{{{name}}}', '{{{region}}}'].map((tag) => `VARIABLE_RAW inline/files/a.mustache:2: ${tag} is not escaped.`),
    ],
    [
      'a question that nothing uses',
      { manifest: { questions: [team] }, files: { 'a.mustache': 'team' } },
      ['QUESTION_UNUSED inline: the answer to "team" is used nowhere.'],
    ],
    [
      'the removal of what nobody plans',
      { manifest: { remove: ['x.md'] } },
      ['REMOVE_UNUSED inline: remove: "x.md" names a file that no overlay plans.'],
    ],
    [
      'a policy for what nobody plans',
      { manifest: { files: { 'x.md': { policy: 'once' } } } },
      ['POLICY_UNUSED inline: files: "x.md" names a file that no overlay plans.'],
    ],
  ];
  for (const [title, overlay, warnings] of cases) it(title, () => assert.deepEqual(lint(overlay), { errors: [], warnings }));
});
