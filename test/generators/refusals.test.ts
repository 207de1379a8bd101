import assert from 'node:assert/strict';
import { TestAdapter } from '@yeoman/adapter/testing';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { reportable, runGenerator } from './run-generator.ts';

describe('yo tsflask refuses', () => {
  const folder = useTempFolder();

  const cases: [title: string, args: string, options: object, message: RegExp, code: string][] = [
    [
      'a flag that there is not, with the nearest',
      'demo',
      { regin: 'eu-west-1', yes: true },
      /no flag --regin\. Did you mean --region\?/,
      'FLAG_UNKNOWN',
    ],
    ['a flag turned off that is no switch', 'demo', { region: false, yes: true }, /no flag --no-region/, 'FLAG_UNKNOWN'],
    ['a flag without its value', 'demo', { region: true, yes: true }, /--region has no value/, 'FLAG_VALUE_MISSING'],
    [
      'a bad answer in a flag',
      'Demo',
      { node: 23, yes: true },
      /--node: "23" is not one of 24, 22[^]*NAME: "Demo" is not a usable name/,
      'NODE_INVALID',
    ],
    [
      'a bad answer in a file',
      'demo',
      { answers: 'answers.yaml', yes: true },
      /answers\.yaml, gateway: "rset".*Did you mean rest\?/,
      'GATEWAY_INVALID',
    ],
    ['a second folder', 'a b', { yes: true }, /Only one NAME/, 'ARGUMENT_UNEXPECTED'],
    [
      'an overlay that there is not',
      'demo',
      { overlay: 'nowhere', yes: true },
      /--overlay nowhere: there is no such folder/,
      'OVERLAY_NOT_FOUND',
    ],
    ['a folder that is not empty', '.', { name: 'demo', yes: true }, /is not empty/, 'TARGET_NOT_EMPTY'],
  ];
  for (const [title, args, options, message, code] of cases) {
    it(`${title}, with a message that yo can print and a code, and writes nothing`, async () => {
      writeTree(folder(), { 'answers.yaml': 'gateway: rset\n' });
      const before = readTree(folder());
      await assert.rejects(runGenerator(args, { cwd: folder(), options: { ...options } }), reportable(message, code));
      assert.deepEqual(readTree(folder()), before);
    });
  }

  it('an answer that its prompt let through', async () => {
    await assert.rejects(runGenerator('', { cwd: folder(), answers: { name: 'Bad' } }), {
      message: /"Bad" is not a usable name/,
    });
  });

  it('to ask where yo has no terminal, naming the flags', async () => {
    const adapter = Object.assign(new TestAdapter(), { stdin: {}, stdout: {} });
    await assert.rejects(runGenerator('demo', { cwd: folder(), adapter }), { message: /no terminal to ask in\. Give --region/ });
    assert.deepEqual(adapter.calls, []);
  });

  it('to go on after Ctrl-C, and says how to take it up again', async () => {
    const adapter = new TestAdapter();
    adapter.prompt = async () => {
      throw Object.assign(new Error('User force closed the prompt with SIGINT'), { name: 'ExitPromptError' });
    };
    await assert.rejects(runGenerator('demo', { cwd: folder(), adapter }), {
      code: 'INTERRUPTED',
      message: 'Interrupted; nothing was written.\nTo go on from here: yo tsflask demo',
    });
    assert.deepEqual(readTree(folder()), {});
  });
});
