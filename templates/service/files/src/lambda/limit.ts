import type { FrontEnd } from './event.ts';
import { Failure } from './failure.ts';
import type { LambdaResult } from './result.ts';

const mib = 1024 * 1024;

/** A load balancer takes 1 MB of JSON, and Lambda sends 6 MB and 100 bytes to the others. */
function maxBytesOf(frontEnd: FrontEnd): number {
  return frontEnd === 'alb' || frontEnd === 'alb-multi' ? mib : 6 * mib + 100;
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 * @throws {@link Failure} for a result that would be lost on its way, with no more than a line in Lambda's log
 */
export function requireFit(frontEnd: FrontEnd, result: LambdaResult): LambdaResult {
  const maxBytes = maxBytesOf(frontEnd);
  // JSON writes a character in six at most, so that a small body needs no measuring.
  if (result.body.length < maxBytes / 8) return result;
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= maxBytes) return result;
  throw new Failure(
    500,
    `The answer is too large: it takes ${bytes} bytes as JSON, and at most ${maxBytes} are sent.`,
  );
}
