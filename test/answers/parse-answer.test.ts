import assert from 'node:assert/strict';
import { parseAnswer } from '../../src/answers/parse-answer.ts';
import type { Answer, BuiltInQuestion } from '../../src/answers/question.ts';

const basics = { text: 'Anything', fix: 'Type something else.' };
const text: BuiltInQuestion = { ...basics, id: 'costCentre', type: 'text', pattern: 'cc-[0-9]+', maxLength: 8 };
const note: BuiltInQuestion = { ...basics, id: 'note', type: 'text', default: '' };
const choice: BuiltInQuestion = { ...basics, id: 'size', type: 'choice', choices: choices('small', 'large', '3') };
const several: BuiltInQuestion = { ...basics, id: 'parts', type: 'choices', choices: choices('cache', 'queue') };
const list: BuiltInQuestion = { ...basics, id: 'teams', type: 'list', pattern: '[a-z]+', maxLength: 5 };
const yesNo: BuiltInQuestion = { ...basics, id: 'audited', type: 'yes-no' };

function choices(...values: string[]): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: value }));
}

describe('parseAnswer keeps', () => {
  const cases: [title: string, question: BuiltInQuestion, raw: unknown, kept: Answer][] = [
    ['a text without the space around it', text, '  cc-12 ', 'cc-12'],
    ['a number as the text it is written as', { ...basics, id: 'port', type: 'text' }, 8080, '8080'],
    ['line ends as newlines', note, 'a\r\nb\rc', 'a\nb\nc'],
    ['a text in its composed form, as HCL does', note, 'cafe\u0301', 'caf\u00e9'],
    ['an empty text where the default is empty', note, '', ''],
    ['an empty text in spite of a pattern', { ...note, pattern: 'x' }, '', ''],
    ['a choice', choice, 'large', 'large'],
    ['a choice that YAML read as a number', choice, 3, '3'],
    ['several choices', several, ['queue', 'cache'], ['queue', 'cache']],
    ['several choices with commas between', several, 'queue, cache', ['queue', 'cache']],
    ['no choice', several, '', []],
    ['one choice that is no array', list, ['ops'], ['ops']],
    ['a list with commas between, and one at its end', list, 'ops,data,', ['ops', 'data']],
    ['yes', yesNo, 'yes', true],
    ['true', yesNo, true, true],
    ['no', yesNo, 'no', false],
    ['false as a word', yesNo, 'false', false],
  ];
  for (const [title, question, raw, answer] of cases) {
    it(title, () => assert.deepEqual(parseAnswer(question, raw), { answer }));
  }
});

describe('parseAnswer refuses', () => {
  const cases: [title: string, question: BuiltInQuestion, raw: unknown, code: string, problem: RegExp][] = [
    [
      'a text that is too long, naming the limit',
      text,
      'cc-123456',
      'COST_CENTRE_INVALID',
      /"cc-123456" has 9 characters; at most 8/,
    ],
    ['a text that the pattern does not match whole', text, 'xcc-1', 'COST_CENTRE_INVALID', /"xcc-1" does not have the form/],
    ['a text with a second line below one that matches', text, 'cc-1\nx', 'COST_CENTRE_INVALID', /does not have the form/],
    ['an empty text', text, ' ', 'COST_CENTRE_INVALID', /is empty/],
    ['a mapping as a text', text, {}, 'COST_CENTRE_INVALID', /\{\} is not a text/],
    ['nothing as a text', text, null, 'COST_CENTRE_INVALID', /null is not a text/],
    ['a yes as a text', text, true, 'COST_CENTRE_INVALID', /true is not a text/],
    ['a control character', note, 'a\u0007b', 'NOTE_INVALID', /"a\\u0007b" contains a control character/],
    ['an escape sequence', note, '\u001b[31m', 'NOTE_INVALID', /control character/],
    ['half a character', note, 'a\ud83d', 'NOTE_INVALID', /half a character/],
    [
      'a choice that there is not, with the nearest',
      choice,
      'smal',
      'SIZE_INVALID',
      /"smal" is not one of small, large, 3\. Did you mean small\?/,
    ],
    ['an array where one choice is meant', choice, ['small'], 'SIZE_INVALID', /\["small"\] is not one of/],
    [
      'one wrong choice of several',
      several,
      'cache,que',
      'PARTS_INVALID',
      /"que" is not one of cache, queue\. Did you mean queue\?/,
    ],
    ['a choice given twice', several, 'cache,cache', 'PARTS_INVALID', /"cache" is given twice/],
    ['one wrong text of a list', list, ['ops', 'Data'], 'TEAMS_INVALID', /"Data" does not have the form/],
    ['one text of a list that is too long', list, 'finance', 'TEAMS_INVALID', /7 characters; at most 5/],
    ['a text with a comma in a list', { ...list, pattern: '.*' }, ['a,b'], 'TEAMS_INVALID', /"a,b" contains a comma/],
    ['a word that is neither yes nor no', yesNo, 'maybe', 'AUDITED_INVALID', /"maybe" is neither yes nor no/],
    ['a number as yes', yesNo, 1, 'AUDITED_INVALID', /1 is neither yes nor no/],
  ];
  for (const [title, question, raw, code, problem] of cases) {
    it(title, () => {
      const parsed = parseAnswer(question, raw);
      assert.ok('fault' in parsed);
      assert.equal(parsed.fault.code, code);
      assert.match(parsed.fault.problem, problem);
      assert.equal(parsed.fault.fix, basics.fix);
    });
  }
});
