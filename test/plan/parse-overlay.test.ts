import assert from 'node:assert/strict';
import { TsflaskError } from '../../src/error.ts';
import { parseOverlayManifest } from '../../src/plan/parse-overlay.ts';

const named = { name: 'acme', description: 'Ours' };
const asked = { id: 'team', text: 'Team', type: 'text' };

function faultsOf(value: unknown): string[] {
  try {
    parseOverlayManifest(value, 'overlay.json');
  } catch (error) {
    assert.ok(error instanceof TsflaskError);
    assert.ok(error.faults.every(({ code }) => code === 'OVERLAY_INVALID'));
    return error.faults.map(({ problem }) => problem.replace('overlay.json: ', ''));
  }
  return [];
}

describe('parseOverlayManifest', () => {
  it('fills in what is left out', () => {
    assert.deepEqual(parseOverlayManifest({ $schema: 'x', ...named }, ''), {
      ...named,
      questions: [],
      files: {},
      remove: [],
      renamed: {},
    });
  });

  it('lets a choice be its own label, and says what fits', () => {
    const choices = ['small', { value: 'large', label: 'Large one' }];
    const { questions } = parseOverlayManifest({ ...named, questions: [{ ...asked, type: 'choice', choices }] }, '');
    assert.deepEqual(questions[0], {
      ...asked,
      type: 'choice',
      choices: [
        { value: 'small', label: 'small' },
        { value: 'large', label: 'Large one' },
      ],
      fix: 'Use small, large.',
    });
  });

  const defaults: [type: string, raw: unknown, kept: unknown][] = [
    ['text', '', ''],
    ['text', ' ops ', 'ops'],
    ['yes-no', 'yes', true],
    ['yes-no', 'no', false],
    ['list', 'a,b', ['a', 'b']],
    ['list', '', []],
  ];
  for (const [type, raw, kept] of defaults) {
    it(`keeps ${JSON.stringify(raw)} as the default of a ${type} question as any answer is kept`, () => {
      const { questions } = parseOverlayManifest({ ...named, questions: [{ ...asked, type, default: raw }] }, '');
      assert.deepEqual(questions[0]?.default, kept);
    });
  }

  const cases: [title: string, value: unknown, faults: readonly RegExp[]][] = [
    ['a text', 'acme', [/^the file is "acme" where Object is expected/]],
    ['nothing in it', {}, [/^name is missing/, /^description is missing/]],
    ['a name with capitals', { ...named, name: 'Acme' }, [/^name is not of a-z, 0-9 and dashes, .*\("Acme"\)/]],
    ['an empty description', { ...named, description: '' }, [/^description is empty/]],
    ['a key that is not known', { ...named, partial: [] }, [/^partial is not a key that is known/]],
    [
      'a policy that is not known',
      { ...named, files: { a: { policy: 'mine' } } },
      [/^files\.a\.policy is "mine" where .*managed.*is expected/],
    ],
    ['a path out of the project to remove', { ...named, remove: ['../a'] }, [/^remove\.0 has the segment "\.\."/]],
    ['a path out of the project with a policy', { ...named, files: { '/a': { policy: 'once' } } }, [/is absolute/]],
    ['a path out of the project to rename to', { ...named, renamed: { a: 'b/../../c' } }, [/has the segment/]],
    ['a number as condition', { ...named, when: { node: 24 } }, [/^when\.node is 24 where .* is expected/]],
    [
      'a question that is no identifier',
      { ...named, questions: [{ ...asked, id: 'cost-centre' }] },
      [/^questions\.0\.id is not camelCase/],
    ],
    [
      'a question of a type that there is not',
      { ...named, questions: [{ ...asked, type: 'number' }] },
      [/^questions\.0\.type is "number"/],
    ],
    [
      'a choice question without choices',
      { ...named, questions: [{ ...asked, type: 'choice' }] },
      [/^questions\.0 is a choice question without choices/],
    ],
    [
      'a choice with a key that there is not, and one without its fix',
      {
        ...named,
        questions: [
          {
            ...asked,
            type: 'choice',
            choices: [
              { value: 'a', label: 'A', refusd: [] },
              { value: 'b', label: 'B', refused: [{ when: { gateway: 'http' }, reason: 'no.' }] },
            ],
          },
        ],
      },
      [
        /^questions\.0\.choices\.0\.refusd is not a key that is known: did you mean refused\?/,
        /^questions\.0\.choices\.1\.refused\.0\.fix is missing/,
      ],
    ],
    [
      'no choice among the choices',
      { ...named, questions: [{ ...asked, type: 'choices', choices: [] }] },
      [/^questions\.0\.choices is empty/],
    ],
    [
      'a pattern that is none',
      { ...named, questions: [{ ...asked, pattern: '(' }] },
      [/^questions\.0\.pattern is not a JavaScript regular expression/],
    ],
    [
      'a default that the pattern refuses',
      { ...named, questions: [{ ...asked, pattern: '[a-z]+', default: '1' }] },
      [/^questions\.0\.default breaks its own rule: "1" does not have the form/],
    ],
    [
      'an empty default among choices',
      { ...named, questions: [{ ...asked, type: 'choice', choices: ['a'], default: '' }] },
      [/default breaks its own rule: "" is not one of a/],
    ],
    [
      'a default too long',
      { ...named, questions: [{ ...asked, maxLength: 1, default: 'ab' }] },
      [/breaks its own rule: .*at most 1/],
    ],
  ];
  for (const [title, value, faults] of cases) {
    it(`refuses ${title}`, () => {
      const found = faultsOf(value);
      assert.equal(found.length, faults.length, found.join('\n'));
      for (const [index, fault] of faults.entries()) assert.match(found[index] ?? '', fault);
    });
  }

  const text = `{
  "name": "acme",
  "description": "Ours",
  "prompts": [],
  "questions": [
    { "id": "team", "text": "Team", "type": "text" },
    {
      "name": "costCentre", "message": "Who pays",
      "type": "tekst"
    }
  ],
  "files": { "a.json": { "polcy": "once" }, "../b": { "policy": "once" } }
}`;

  it('names line, key and what the key is called here', () => {
    assert.throws(
      () => parseOverlayManifest(JSON.parse(text), 'o/overlay.json', text),
      ({ faults }: TsflaskError) => {
        assert.deepEqual(faults.map(({ problem }) => problem).toSorted(), [
          'o/overlay.json:12: files.../b has the segment ".." ("../b").',
          'o/overlay.json:12: files.a.json.polcy is not a key that is known: did you mean policy?',
          'o/overlay.json:12: files.a.json.policy is missing.',
          'o/overlay.json:4: prompts is not a key that is known: it is called "questions" here.',
          'o/overlay.json:7: questions.1.id is missing.',
          'o/overlay.json:7: questions.1.text is missing.',
          'o/overlay.json:8: questions.1.message is not a key that is known: it is called "text" here.',
          'o/overlay.json:8: questions.1.name is not a key that is known: it is called "id" here.',
          'o/overlay.json:9: questions.1.type is "tekst" where ("text" | "choice" | "choices" | "list" | "yes-no") is expected.',
        ]);
        assert.ok(faults.every(({ fix }) => /^https:\/\/\S+\/docs\/extending\.md#overlayjson says/.test(fix)));
        return true;
      },
    );
  });
});
