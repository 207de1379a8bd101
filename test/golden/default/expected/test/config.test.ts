import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import manifest from '../package.json' with { type: 'json' };
import { type Config, ConfigError, loadConfig } from '../src/config.ts';

describe('config', () => {
  it('needs no variable', () => {
    assert.partialDeepStrictEqual(loadConfig({}), {
      name: manifest.name,
      version: manifest.version,
      functionVersion: 'local',
      stage: 'local',
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
      basePath: '',
      bodyLimit: 1_048_576,
      drainMs: 8000,
      corsOrigins: [],
      stacks: 'shown',
    });
  });

  it('has the defaults that .env.example shows', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    assert.deepEqual(loadConfig(parseEnv(example)), loadConfig({}));
  });

  const values: [variable: string, value: string, expected: Partial<Config>][] = [
    ['STAGE', 'dev', { stage: 'dev', stacks: 'hidden' }],
    ['AWS_LAMBDA_FUNCTION_NAME', 'demo', { stage: 'local', stacks: 'hidden' }],
    ['AWS_LAMBDA_FUNCTION_VERSION', '$LATEST', { functionVersion: '$LATEST' }],
    ['NODE_ENV', 'production', { stage: 'local', stacks: 'hidden' }],
    ['HOST', '0.0.0.0', { host: '0.0.0.0', stacks: 'hidden' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '', { port: 3000 }],
    ['LOG_LEVEL', 'DEBUG', { logLevel: 'debug' }],
    ['AWS_LAMBDA_LOG_LEVEL', 'WARN', { logLevel: 'warn' }],
    ['BASE_PATH', '/orders/v1', { basePath: '/orders/v1' }],
    ['CORS_ORIGINS', '*', { corsOrigins: ['*'] }],
    [
      'CORS_ORIGINS',
      'https://a.example, http://localhost:5173',
      { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
    ],
  ];
  for (const [variable, value, expected] of values)
    it(`reads ${variable}=${value}`, () => assert.partialDeepStrictEqual(loadConfig({ [variable]: value }), expected));

  it('prefers LOG_LEVEL to what Lambda sets', () => {
    assert.equal(loadConfig({ LOG_LEVEL: 'error', AWS_LAMBDA_LOG_LEVEL: 'INFO' }).logLevel, 'error');
  });

  const faults: [variable: string, value: string, expected: string][] = [
    ['STAGE', 'Dev!', 'a lower-case word, such as dev'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '3000 ', 'a whole number from 0 to 65535'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['BASE_PATH', '/orders/', 'a path such as /orders, without a trailing slash'],
    ['BODY_LIMIT', '1mb', 'a whole number from 1 to 6291456'],
    ['DRAIN_MS', '-1', 'a whole number from 0 to 600000'],
    ['CORS_ORIGINS', 'https://a.example/', 'a list such as https://a.example,https://b.example, or *'],
  ];
  for (const [variable, value, expected] of faults)
    it(`refuses ${variable}=${value} and says what to write`, () => {
      const message = `The environment is wrong:\n- ${variable} is "${value}": it must be ${expected}`;
      assert.throws(() => loadConfig({ [variable]: value }), new ConfigError(message));
    });

  it('lists every fault at once', () => {
    assert.throws(() => loadConfig({ PORT: 'x', LOG_LEVEL: 'y' }), /- PORT is "x".*\n- LOG_LEVEL is "y"/);
  });

  it('is frozen', () => {
    assert.ok(Object.isFrozen(loadConfig({})));
  });
});
