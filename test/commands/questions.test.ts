import assert from 'node:assert/strict';
import { runQuestions } from '../../src/commands/questions.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

describe('tsflask questions', () => {
  const folder = useTempFolder();

  async function run(...argv: string[]): Promise<string> {
    const { terminal, printed } = stubTerminal(folder());
    assert.equal(await runQuestions(argv, terminal), 0);
    return printed().stdout;
  }

  it('shows each with its flag, default, and choices or rule', async () => {
    const text = await run();
    assert.match(text, /^--name {2}Name of the service\n {4}must be answered\n {4}Use a name such as my-api: /);
    assert.match(
      text,
      /\n--gateway {2}What stands in front of the function\n {4}default: http\n {4}http {7}API Gateway HTTP API/,
    );
    assert.match(text, /\n--with {2}Extras\n {4}default: none\n {4}github /);
    assert.doesNotMatch(text, /af-south-1/);
  });

  it('gives programs all that is known of them', async () => {
    const questions = JSON.parse(await run('--json')) as Record<string, unknown>[];
    assert.deepEqual(
      questions.find(({ id }) => id === 'stages'),
      {
        id: 'stages',
        flag: '--stages',
        text: 'Stages to deploy, each a separate copy',
        type: 'list',
        default: ['dev', 'prod'],
        pattern: '[a-z][a-z0-9]*',
        maxLength: 12,
        fix: 'Use names such as dev,prod: lower-case letters and digits, at most 12, each once.',
      },
    );
  });

  it('shows those of an overlay as well', async () => {
    const questions = [{ id: 'costCentre', text: 'Cost centre', type: 'text', pattern: 'cc-[0-9]+' }];
    writeTree(folder(), { 'acme/overlay.json': JSON.stringify({ name: 'acme', description: 'Ours', questions }) });
    assert.match(
      await run('--overlay', 'acme'),
      /\n--cost-centre {2}Cost centre\n {4}must be answered\n {4}It must match cc-\[0-9\]\+\.\n$/,
    );
  });
});
