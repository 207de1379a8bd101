import assert from 'node:assert/strict';

import { HttpError, toError } from '../../templates/service/files/src/http-error.ts';

type FormatError = (error: Error, stacks: 'shown' | 'hidden') => { status: number; headers: object; body: Buffer };
// By its address, since the types of its neighbours are those of an emitted project.
const sendErrorUrl = new URL('../../templates/service/files/src/send-error.ts', import.meta.url).href;
const { formatError } = (await import(sendErrorUrl)) as { formatError: FormatError };

/** The answer to an error, with the body as the client reads it. */
function answerTo(error: Error, stacks: 'shown' | 'hidden') {
  const { status, headers, body } = formatError(error, stacks);
  return { status, headers, body: JSON.parse(body.toString()) as { error: { stack?: string } } };
}

const libraryError = (fields: object) => Object.assign(new Error('told'), fields);

describe('http error', () => {
  const cases: [title: string, error: Error, status: number, message: string][] = [
    ['says what was thrown for the client', new HttpError(404, 'No such order.'), 404, 'No such order.'],
    ['knows the words of a status', new HttpError(409), 409, 'Conflict'],
    ['may tell of a fault of ours', new HttpError(503, 'Back at noon.'), 503, 'Back at noon.'],
    ['hides what nobody meant to show', new Error('password=1'), 500, 'Internal Server Error'],
    ['takes the status of a library error', libraryError({ status: 400, expose: true }), 400, 'told'],
    ['hides a library error of 500', libraryError({ status: 502, expose: false }), 502, 'Bad Gateway'],
    ['hides what a library does not expose', libraryError({ status: 403, expose: false }), 403, 'Forbidden'],
    ['takes no status of an upstream for its own', libraryError({ status: 404 }), 500, 'Internal Server Error'],
    [
      'keeps details and headers that nobody meant to show',
      libraryError({ details: 'db=prod', headers: { 'set-cookie': 'sid=1' } }),
      500,
      'Internal Server Error',
    ],
    ['takes no success for a failure', libraryError({ status: 200, expose: false }), 500, 'Internal Server Error'],
    ['takes no text for a status', libraryError({ status: 'ENOENT', expose: false }), 500, 'Internal Server Error'],
    ['stands a status without words', libraryError({ status: 599, expose: false }), 599, 'Error'],
  ];
  for (const [title, error, status, message] of cases)
    it(title, () => {
      const { body, ...answer } = answerTo(error, 'hidden');
      assert.equal(answer.status, status);
      assert.deepEqual(body, { error: { status, message } });
    });

  it('carries headers and details', () => {
    const error = new HttpError(422, 'No.', { headers: { 'Retry-After': '9' }, details: [{ name: 'id' }] });
    assert.deepEqual(answerTo(error, 'hidden'), {
      status: 422,
      headers: { 'Retry-After': '9', 'content-type': 'application/json; charset=utf-8', 'content-length': 66 },
      body: { error: { status: 422, message: 'No.', details: [{ name: 'id' }] } },
    });
  });

  it('shows the stack of a fault of ours where stacks are shown, and of no other', () => {
    const error = new Error('broken');
    assert.deepEqual(answerTo(error, 'shown').body.error, {
      status: 500,
      message: 'broken',
      stack: error.stack,
    });
    assert.equal('stack' in answerTo(new HttpError(404), 'shown').body.error, false);
  });

  it('makes an Error of whatever is thrown', () => {
    const error = new Error('as it is');
    assert.equal(toError(error), error);
    assert.equal(toError({ code: 7 }).message, 'Not an Error was thrown: { code: 7 }');
  });
});
