import assert from 'node:assert/strict';
import { useTempFolder } from '../temp-folder.ts';
import { StubbedProject } from './stubs.ts';

/** What Terraform and AWS say, and what to do about it. */
const failures: [title: string, command: string, fails: readonly [string, string], advice: RegExp][] = [
  [
    'no credentials',
    'plan',
    [' plan ', 'Error: No valid credential sources found'],
    /No AWS credentials, or expired ones: sign in \(aws sso login, or set AWS_PROFILE\)/,
  ],
  [
    'expired credentials',
    'plan',
    [' plan ', 'api error ExpiredTokenException: The security token included in the request is expired'],
    /sign in/,
  ],
  [
    'the wrong account',
    'plan',
    [' plan ', '│ Error: AWS account ID not\n│ allowed: 210987654321'],
    /another AWS account than this stage allows: check AWS_PROFILE/,
  ],
  [
    'a locked state',
    'plan',
    [' plan ', 'Error: Error acquiring the state lock\n│ Lock Info:\n│   ID:        6c1f-42\n│   Path: x'],
    /make unlock LOCK=6c1f-42/,
  ],
  ['a stale plan', 'deploy YES=1', [' apply ', 'Error: Saved plan is stale'], /run it again, for a new one/],
  ['a state that moved', 'plan', [' init ', 'Error: Backend configuration changed'], /make clean, then run it again/],
  [
    'providers that the pins do not allow',
    'plan',
    [' init ', '│ locked provider hashicorp/aws 6.66.0 does not match\n│ configured version constraint ~> 6.70'],
    /make lock, and commit the file that it writes/,
  ],
  [
    'no package',
    'plan SKIP_BUNDLE=1',
    [' plan ', 'failed: open ./../dist/lambda.zip: no such file or directory.'],
    /run make bundle, or leave SKIP_BUNDLE out/,
  ],
  [
    'no role for REST logs',
    'deploy YES=1',
    [' apply ', 'CloudWatch Logs role ARN must be set in account settings to enable logging'],
    /make bootstrap sets it/,
  ],
  [
    'no credentials for the CLI',
    'rollback',
    ['get-alias', 'Unable to locate credentials. You can configure credentials by running "aws configure".'],
    /No AWS credentials/,
  ],
  [
    'nothing deployed',
    'logs',
    [
      'output -json service',
      'Error: Output "service" not found\n\nThe output variable requested could not be found in the state file.',
    ],
    /Nothing is deployed to this stage yet: make deploy/,
  ],
  [
    'a mistake that has a token in it',
    'plan',
    [' plan ', 'Error: Unexpected token\n\nThe argument is invalid.'],
    /terraform failed with code 1/,
  ],
  ['something else', 'plan', [' plan ', 'Error: Unsupported argument'], /terraform failed with code 1/],
];

describe("the emitted project's make, when a program fails,", function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  let project: StubbedProject;

  beforeEach(async () => {
    project = new StubbedProject(folder());
    await project.emit({ region: 'eu-west-1', function_name: 'demo-dev', alias_name: 'live', log_group_name: '/demo' });
  });

  for (const [title, command, fails, advice] of failures) {
    it(`says what to do about ${title}`, async () => {
      const { code, output } = await project.make(command.split(' '), { fails });
      assert.notEqual(code, 0);
      assert.match(output, advice);
      assert.ok(output.includes(fails[1].split('\n')[0] ?? ''), 'and what was said');
    });
  }

  for (const [program, command] of [
    ['terraform', 'plan'],
    ['aws', 'logs'],
    ['aws', 'rollback'],
  ] as const) {
    it(`${command} says how to install ${program} when it is not there`, async () => {
      project.uninstall(program);
      const { code, output } = await project.make([command]);
      assert.notEqual(code, 0);
      assert.match(output, new RegExp(`${program} is not on the PATH. Install`));
    });
  }
});
