import type { Answer } from './message.ts';

/**
 * @returns the head of an answer in the form that a REST API reads
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
export function formatPrelude({ status, headers }: Pick<Answer, 'status' | 'headers'>): Record<string, unknown> {
  const lists = Object.entries(headers).map(([name, value]) => [name, [value].flat().map(String)] as const);
  const multiValueHeaders = Object.fromEntries(lists);
  return { statusCode: status, multiValueHeaders };
}
