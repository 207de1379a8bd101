import assert from 'node:assert/strict';

import { createLogger, type LogLevel } from '../src/log.ts';
import { captureLog } from './logs.ts';

describe('log', () => {
  it('writes the keys that Lambda reads, then the fields', () => {
    const { log, lines } = captureLog();
    log.with({ requestId: 'abc' }).warn('slow', { ms: 5 });
    const [{ timestamp, ...rest } = {}] = lines;
    assert.equal(new Date(String(timestamp)).toISOString(), timestamp);
    assert.deepEqual(rest, { level: 'WARN', message: 'slow', requestId: 'abc', ms: 5 });
  });

  const thresholds: [threshold: LogLevel, written: string[]][] = [
    ['trace', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
    ['info', ['INFO', 'WARN', 'ERROR']],
    ['error', ['ERROR']],
    ['silent', []],
  ];
  for (const [threshold, written] of thresholds)
    it(`at ${threshold} writes ${written.join(', ') || 'nothing'}`, () => {
      const levels: unknown[] = [];
      const log = createLogger(threshold, (line) => levels.push(JSON.parse(line).level));
      for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level]('message');
      assert.deepEqual(levels, written);
    });

  it('writes one line whatever the message holds', () => {
    const output: string[] = [];
    createLogger('info', (line) => output.push(line)).info('a\nb\u2028', { text: 'c\r\n' });
    assert.match(output.join(''), /^[^\n\r]+\n$/);
  });

  it('lets no field pose as the level', () => {
    const { log, lines } = captureLog();
    log.info('message', { level: 'FATAL' });
    assert.equal(lines[0]?.['level'], 'INFO');
  });

  it('shows an error with its cause, and a bigint', () => {
    const { log, lines } = captureLog();
    log.error('failed', { error: new TypeError('outer', { cause: new Error('inner') }), size: 1n });
    assert.partialDeepStrictEqual(lines[0], {
      error: { name: 'TypeError', message: 'outer', cause: { name: 'Error', message: 'inner' } },
      size: '1',
    });
  });

  it('keeps the message when a field has no JSON', () => {
    const { log, lines } = captureLog();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    log.info('still here', circular);
    assert.equal(lines[0]?.['message'], 'still here');
    assert.match(String(lines[0]?.['unloggable']), /circular/);
  });
});
