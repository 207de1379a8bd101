import assert from 'node:assert/strict';
import { parseAnswer } from '../../src/answers/parse-answer.ts';
import { builtInQuestions } from '../../src/answers/questions.ts';
import { flagName, type Answer, type BuiltInQuestion } from '../../src/answers/question.ts';
import { regions } from '../../src/answers/regions.ts';

function question(id: string): BuiltInQuestion {
  const found = builtInQuestions.find((known) => known.id === id);
  assert.ok(found);
  return found;
}

describe('our questions keep', () => {
  const cases: [id: string, raw: unknown, answer: Answer][] = [
    ['name', 'a', 'a'],
    ['name', 'my-api2', 'my-api2'],
    ['name', `a${'b'.repeat(39)}`, `a${'b'.repeat(39)}`],
    ['description', 'x'.repeat(250), 'x'.repeat(250)],
    ['region', 'us-gov-west-1', 'us-gov-west-1'],
    ['region', 'eusc-de-east-1', 'eusc-de-east-1'],
    ['region', 'xx-nowhere-12', 'xx-nowhere-12'],
    ['stages', 'dev', ['dev']],
    ['stages', 'a23456789012,prod', ['a23456789012', 'prod']],
    ['with', 'domain,github', ['domain', 'github']],
    ['node', 22, '22'],
  ];
  for (const [id, raw, answer] of cases) {
    it(`${JSON.stringify(raw).slice(0, 50)} as ${id}`, () => assert.deepEqual(parseAnswer(question(id), raw), { answer }));
  }
});

describe('our questions refuse', () => {
  const cases: [id: string, raw: unknown, code: string, problem: RegExp][] = [
    ['name', '', 'NAME_INVALID', /empty/],
    ['name', 'My-Api', 'NAME_INVALID', /"My-Api" is not a usable name: .*npm package name.*DNS label/],
    ['name', '9lives', 'NAME_INVALID', /DNS label/],
    ['name', 'my_api', 'NAME_INVALID', /DNS label/],
    ['name', 'my-api-', 'NAME_INVALID', /DNS label/],
    ['name', 'my\napi', 'NAME_INVALID', /DNS label/],
    ['name', '@acme/api', 'NAME_INVALID', /DNS label/],
    ['name', 'null', 'NAME_INVALID', /"null" is a word that YAML takes for something else/],
    ['stages', 'dev,on', 'STAGES_INVALID', /"on" is a reserved stage name/],
    ['name', 'node_modules', 'NAME_INVALID', /npm does not accept "node_modules"/],
    ['name', 'favicon.ico', 'NAME_INVALID', /npm does not accept/],
    ['name', 'xn--api', 'NAME_INVALID', /begins with xn--, which S3 keeps/],
    ['name', 'sthree-api', 'NAME_INVALID', /begins with sthree-/],
    ['name', 'amzn-s3-demo-api', 'NAME_INVALID', /begins with amzn-s3-demo-/],
    [
      'name',
      'a'.repeat(41),
      'NAME_TOO_LONG',
      /41 characters; 40 are allowed.*63 characters of an S3 bucket.*64 of a Lambda function and of an IAM role/,
    ],
    ['description', '', 'DESCRIPTION_INVALID', /empty/],
    ['description', 'x'.repeat(251), 'DESCRIPTION_INVALID', /251 characters; at most 250/],
    ['region', 'Ireland', 'REGION_INVALID', /"Ireland" does not have the form/],
    ['region', 'eu-west-1a', 'REGION_INVALID', /form/],
    ['region', 'eu-west-123', 'REGION_INVALID', /form/],
    ['gateway', 'htp', 'GATEWAY_INVALID', /not one of http, rest, url, alb\. Did you mean http\?/],
    ['framework', 'fastify', 'FRAMEWORK_INVALID', /not one of koa, express\.$/],
    ['stages', '', 'STAGES_INVALID', /No stage is given/],
    ['stages', ' , ', 'STAGES_INVALID', /No stage is given/],
    ['stages', 'dev,dev', 'STAGES_INVALID', /"dev" is given twice/],
    ['stages', 'production123', 'STAGES_INVALID', /"production123" has 13 characters; at most 12/],
    ['stages', 'pre-prod', 'STAGES_INVALID', /form/],
    ['stages', 'Dev', 'STAGES_INVALID', /form/],
    ['stages', '1st', 'STAGES_INVALID', /form/],
    ['stages', 'local', 'STAGES_INVALID', /"local" is a reserved stage name/],
    ['stages', 'dev,bootstrap', 'STAGES_INVALID', /"bootstrap" is a reserved/],
    ['stages', 'com1', 'STAGES_INVALID', /"com1" is a reserved/],
    ['with', 'githib', 'WITH_INVALID', /"githib" is not one of .*Did you mean github\?/],
    ['node', '20', 'NODE_INVALID', /"20" is not one of 24, 22/],
    ['iac', 'pulumi', 'IAC_INVALID', /not one of terraform, opentofu/],
  ];
  for (const [id, raw, code, problem] of cases) {
    it(`${JSON.stringify(raw).slice(0, 50)} as ${id}`, () => {
      const parsed = parseAnswer(question(id), raw);
      assert.ok('fault' in parsed);
      assert.equal(parsed.fault.code, code);
      assert.match(parsed.fault.problem, problem);
      assert.notEqual(parsed.fault.fix, '');
    });
  }
});

describe('every question of ours', () => {
  for (const asked of builtInQuestions) {
    it(`${asked.id} accepts its own default and choices`, () => {
      for (const raw of [asked.default ?? [], asked.choices?.map(({ value }) => value) ?? []].flat()) {
        assert.ok('answer' in parseAnswer(asked, raw), String(raw));
      }
    });
  }

  it('but the name has a default', () => {
    const without = builtInQuestions.filter(({ default: fallback }) => fallback === undefined);
    assert.deepEqual(
      without.map(({ id }) => id),
      ['name'],
    );
  });

  it('has a flag of its own', () => {
    const flags = builtInQuestions.map(({ id }) => flagName(id));
    assert.equal(new Set(flags).size, flags.length);
    assert.equal(flagName('costCentre'), 'cost-centre');
  });
});

describe('region', () => {
  it('accepts every region that is known, without a warning', () => {
    for (const [name] of regions) {
      assert.deepEqual(parseAnswer(question('region'), name), { answer: name });
      assert.equal(question('region').warn?.(name), undefined);
    }
  });

  it('warns of one of the right form that is not known, with the nearest', () => {
    assert.match(question('region').warn?.('eu-west-9') ?? '', /eu-west-9 is not a region we know; .* Did you mean eu-west-\d\?/);
  });
});
