import { stripVTControlCharacters } from 'node:util';

interface Hint {
  readonly pattern: RegExp;
  readonly text: string;
}

/** What Terraform, OpenTofu and the AWS CLI say when they fail, and what to do about it. `$1` is the first group. */
const hints: readonly Hint[] = [
  {
    pattern: /No valid credential sources|Unable to locate credentials|ExpiredToken|InvalidClientTokenId/i,
    text: 'No AWS credentials: sign in (aws sso login, or set AWS_PROFILE), then run it again.',
  },
  {
    pattern: /security token .* (?:invalid|expired)|Token has expired|SSO session .* (?:expired|invalid)/i,
    text: 'The AWS credentials have expired: sign in again (aws sso login), then run it again.',
  },
  {
    pattern: /account ID .*not allowed/i,
    text: 'These credentials belong to another AWS account than this stage allows: check AWS_PROFILE, and allowed_account_ids in terraform/stages.',
  },
  {
    pattern: /Error acquiring the state lock.*? ID: (\S+)/,
    text: 'Another run holds this state: wait for it. If that run is dead: make unlock LOCK=$1',
  },
  {
    pattern: /Saved plan is stale/i,
    text: 'The state changed after this plan was made: run it again, to see and apply a new one.',
  },
  {
    pattern: /Backend (?:configuration|type) changed|Backend initialization required/i,
    text: 'This stage keeps its state elsewhere than when it was last used here. If that move was meant and the state is in its new place: make clean, then run it again.',
  },
  {
    pattern: /Invalid backend configuration argument/i,
    text: 'States are kept in S3, but not yet this one: make bootstrap, for this stage, moves it there.',
  },
  {
    pattern: /CloudWatch Logs role ARN must be set in account settings/,
    text: 'API Gateway has no role yet in this account and region to write logs as: make bootstrap sets it.',
  },
  {
    pattern: /output variable requested could not be found/,
    text: 'Nothing is deployed to this stage yet: make deploy.',
  },
  {
    pattern: /lambda\.zip: no such file/i,
    text: 'There is no bundle to deploy: run make bundle, or leave SKIP_BUNDLE out.',
  },
];

/** What to do about a failed command, from what it said on stderr; `undefined` when its own words must do. */
export function findHint(stderr: string): string | undefined {
  // Terraform colours and frames what it says, and breaks its lines where the terminal ends.
  const text = stripVTControlCharacters(stderr).replaceAll(/[\s│╷╵]+/g, ' ');
  for (const hint of hints) {
    const match = hint.pattern.exec(text);
    if (match) return hint.text.replace('$1', match[1] ?? '');
  }
  return undefined;
}
