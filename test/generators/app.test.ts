import assert from 'node:assert/strict';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promptOf } from '../../src/answers/prompt.ts';
import { builtInQuestions } from '../../src/answers/questions.ts';
import { runNew } from '../../src/commands/new.ts';
import { stubTerminal } from '../commands/stub-terminal.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { runGenerator } from './run-generator.ts';

const answers = {
  name: 'demo',
  description: 'Takes "orders" & more',
  region: 'us-gov-west-1',
  gateway: 'rest',
  framework: 'express',
  stages: 'dev,live',
  with: ['github', 'container'],
  node: '22',
  iac: 'opentofu',
};

describe('yo tsflask', () => {
  const folder = useTempFolder();

  async function bin(at: string, ...argv: string[]): Promise<Record<string, string>> {
    const { terminal } = stubTerminal(join(folder(), at));
    await runNew([...argv, '--yes', '--quiet', '--skip-install', '--no-git'], terminal);
    return readTree(join(folder(), at));
  }

  beforeEach(() => writeTree(folder(), { 'yo/.keep': '', 'bin/.keep': '' }));

  it('writes what the bin writes for the same answers, and nothing of its own', async () => {
    await runGenerator('', { cwd: join(folder(), 'yo'), answers });
    const flags = Object.entries(answers).map(([id, answer]) => `--${id}=${String(answer)}`);
    assert.deepEqual(readTree(join(folder(), 'yo')), await bin('bin', ...flags));
  });

  it('asks the same questions in the same words, and again none that is answered', async () => {
    const asked = await runGenerator('', { cwd: folder(), answers, options: { dryRun: true, gateway: 'http' } });
    const expected = builtInQuestions.filter(({ id }) => id !== 'gateway').map((question) => promptOf(question).message);
    assert.deepEqual(
      asked.map(({ question }) => question.message),
      expected,
    );
  });

  it('lets a region be searched for by its place', async () => {
    const asked = await runGenerator('demo', { cwd: folder(), options: { dryRun: true } });
    const region = asked.find(({ question }) => question.name === 'region')?.question as Record<string, unknown>;
    assert.equal(region['type'], 'search');
    const found = (region['source'] as (typed: string) => { value: string }[])('frankf');
    assert.deepEqual(
      found.map(({ value }) => value),
      ['eu-central-1'],
    );
  });

  it('takes the folder from the argument, the answers from a file and no answer from .yo-rc.json', async () => {
    writeTree(join(folder(), 'yo'), {
      '.yo-rc.json': '{"generator-tsflask":{"promptValues":{"region":"nowhere"},"region":"nowhere"}}\n',
      'answers.yaml': 'region: eu-north-1\n',
    });
    await runGenerator('apis/demo', { cwd: join(folder(), 'yo'), options: { answers: 'answers.yaml', yes: true } });
    await runGenerator('apis/demo', { cwd: join(folder(), 'bin'), options: { region: 'eu-north-1', yes: true } });
    assert.deepEqual(readTree(join(folder(), 'yo/apis')), readTree(join(folder(), 'bin/apis')));
  });

  it('lays overlays over, with their questions, and keeps what is executable', async () => {
    writeTree(folder(), {
      'one/overlay.json': '{"name":"one","description":"1","questions":[{"id":"costCentre","text":"Cost centre","type":"text"}]}',
      'one/files/cost.txt.mustache': '{{costCentre}}\n',
      'two/overlay.json': '{"name":"two","description":"2"}',
      'two/files/run.sh': 'exit 0\n',
    });
    chmodSync(join(folder(), 'two/files/run.sh'), 0o755);
    const options = { overlay: ['one', 'two'], costCentre: '1.10', yes: true };
    await runGenerator('demo', { cwd: folder(), options });
    assert.deepEqual(readTree(join(folder(), 'demo'))['cost.txt'], '1.10\n');
    assert.equal(statSync(join(folder(), 'demo/run.sh')).mode & 0o111, 0o111);
    assert.equal(statSync(join(folder(), 'demo/cost.txt')).mode & 0o111, 0);
  });

  it('writes nothing on a dry run', async () => {
    await runGenerator('demo', { cwd: folder(), options: { yes: true, dryRun: true } });
    assert.equal(existsSync(join(folder(), 'demo')), false);
  });
});
