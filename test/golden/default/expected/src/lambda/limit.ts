import type { FrontEnd } from './event.ts';
import { Failure } from './failure.ts';
import { type Answer, formatResult, type LambdaResult } from './result.ts';

const mib = 1024 * 1024;

/** A load balancer takes 1 MB of JSON, and Lambda sends 6 MB and 100 bytes to the others. */
function maxBytesOf(frontEnd: FrontEnd): number {
  return frontEnd === 'alb' || frontEnd === 'alb-multi' ? mib : 6 * mib + 100;
}

/**
 * Turns an answer into a result that is small enough to be sent.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 * @throws {@link Failure} for one that would be lost on its way, with no more than a line in Lambda's log
 */
export function fitResult(frontEnd: FrontEnd, answer: Answer): LambdaResult {
  const maxBytes = maxBytesOf(frontEnd);
  const result = formatResult(frontEnd, answer);
  // JSON writes a character in six at most, so that a small body needs no measuring.
  if (answer.body.length < maxBytes / 8 || sizeOf(result) <= maxBytes) return result;
  // Control characters and quotes take more room as text.
  const smaller = formatResult(frontEnd, answer, 'base64');
  const bytes = sizeOf(smaller);
  if (bytes <= maxBytes) return smaller;
  throw new Failure(
    500,
    `The answer is too large: it takes ${bytes} bytes as JSON, and at most ${maxBytes} are sent.`,
  );
}

function sizeOf(result: LambdaResult): number {
  return Buffer.byteLength(JSON.stringify(result));
}
