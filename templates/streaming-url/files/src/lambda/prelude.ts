import type { Answer } from './message.ts';

/**
 * @returns the head of an answer in the form that a function URL reads
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function formatPrelude({ status, headers }: Pick<Answer, 'status' | 'headers'>): Record<string, unknown> {
  const { 'set-cookie': cookies = [], ...others } = headers;
  const joined = Object.entries(others).map(([name, value]) => [name, [value].flat().join(', ')]);
  return { statusCode: status, headers: Object.fromEntries(joined), cookies };
}
