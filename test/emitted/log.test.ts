import assert from 'node:assert/strict';

type Write = (message: string, fields?: object) => void;
type Logger = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Write>> & { readonly with: (fields: object) => Logger };

// By its address, since the types of its neighbours are those of an emitted project.
const logUrl = new URL('../../templates/service/files/src/log.ts', import.meta.url).href;
const { createLogger } = (await import(logUrl)) as { createLogger: (level: string, write: (line: string) => void) => Logger };

function captureLog(): { readonly log: Logger; readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  return { log: createLogger('debug', (line) => lines.push(JSON.parse(line) as Record<string, unknown>)), lines };
}

describe('log', () => {
  it('writes the keys that Lambda reads, then the fields', () => {
    const { log, lines } = captureLog();
    log.with({ requestId: 'abc' }).warn('slow', { ms: 5 });
    const [{ timestamp, ...rest } = {}] = lines;
    assert.equal(new Date(String(timestamp)).toISOString(), timestamp);
    assert.deepEqual(rest, { level: 'WARN', message: 'slow', requestId: 'abc', ms: 5 });
  });

  const thresholds: [threshold: string, written: string[]][] = [
    ['trace', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
    ['info', ['INFO', 'WARN', 'ERROR']],
    ['silent', []],
  ];
  for (const [threshold, written] of thresholds)
    it(`at ${threshold} writes ${written.join(', ') || 'nothing'}`, () => {
      const levels: unknown[] = [];
      const log = createLogger(threshold, (line) => levels.push((JSON.parse(line) as { level: unknown }).level));
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

  it('shows an error with its code, its causes and those it gathers, and a bigint', () => {
    const { log, lines } = captureLog();
    const inner = Object.assign(new Error('inner'), { code: 'ECONNREFUSED' });
    const error = new TypeError('outer', { cause: new AggregateError([inner], 'both') });
    log.error('failed', { error, size: 1n });
    const errors = [{ name: 'Error', message: 'inner', code: 'ECONNREFUSED' }];
    assert.partialDeepStrictEqual(lines[0], {
      error: { name: 'TypeError', message: 'outer', cause: { message: 'both', errors } },
      size: '1',
    });
  });

  it('asks no error for its own JSON, which may hold the headers of a request', () => {
    const { log, lines } = captureLog();
    log.error('failed', { error: Object.assign(new Error('told'), { toJSON: () => ({ token: 'sk-1' }) }) });
    assert.partialDeepStrictEqual(lines[0], { error: { name: 'Error', message: 'told' } });
    assert.doesNotMatch(JSON.stringify(lines), /sk-1/);
  });

  it('keeps what it can of a field that has no JSON', () => {
    const { log, lines } = captureLog();
    const circular: Record<string, unknown> = { id: 7 };
    circular['self'] = circular;
    log.info('still here', circular);
    assert.equal(lines[0]?.['message'], 'still here');
    assert.match(String(lines[0]?.['fields']), /id: 7/);
  });
});
