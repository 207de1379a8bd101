import * as v from 'valibot';

import manifest from '../package.json' with { type: 'json' };
import { logLevels } from './log.ts';

export type Config = ReturnType<typeof loadConfig>;

/** The environment is wrong; the message lists every fault and what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const matching = (pattern: RegExp, message: string) => v.pipe(v.string(), v.regex(pattern, message));

const integer = (min: number, max: number) =>
  v.config(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(min), v.maxValue(max)), {
    message: `must be a whole number from ${min} to ${max}`,
  });

const level = v.config(v.pipe(v.string(), v.toLowerCase(), v.picklist(logLevels)), {
  message: `must be one of ${logLevels.join(', ')}`,
});

const origins = v.pipe(
  v.string(),
  v.transform((value) => value.split(',').map((origin) => origin.trim())),
  v.everyItem(
    (origin) => origin === '*' || URL.parse(origin)?.origin === origin,
    'must be a list such as https://a.example,https://b.example, or *',
  ),
);

/** The environment variables that configure this service; `.env.example` lists those that a person sets. */
const variables = v.object({
  STAGE: v.optional(matching(/^[a-z][a-z0-9-]*$/, 'must be a lower-case word, such as dev'), 'local'),
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: v.optional(integer(0, 65_535), '3000'),
  LOG_LEVEL: v.optional(level),
  BASE_PATH: v.optional(matching(/^(\/[\w.~-]+)+$/, 'must be a path such as /orders, without a trailing slash')),
  // 6 MiB is the most that Lambda passes on: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  BODY_LIMIT: v.optional(integer(1, 6_291_456), '1048576'),
  // A container is killed ten seconds after it is told to stop, unless it is said otherwise.
  DRAIN_MS: v.optional(integer(0, 600_000), '8000'),
  CORS_ORIGINS: v.optional(origins),
  NODE_ENV: v.optional(v.string()),
  AWS_LAMBDA_FUNCTION_NAME: v.optional(v.string()),
  AWS_LAMBDA_FUNCTION_VERSION: v.optional(v.string(), 'local'),
  // Set from Terraform's logging_config; Lambda drops the quieter lines itself.
  AWS_LAMBDA_LOG_LEVEL: v.optional(level, 'info'),
  QUEUE_URL: v.optional(v.pipe(v.string(), v.url('must be the URL of a queue'))),
  WEBHOOK_URL: v.optional(v.pipe(v.string(), v.url('must be the URL of a webhook'))),
});

/**
 * Reads the environment, where an empty value counts as none.
 * @throws {@link ConfigError} when a variable does not fit
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.keys(variables.entries).map((name) => [name, env[name] || undefined]);
  const { success, output, issues } = v.safeParse(variables, Object.fromEntries(given));
  if (!success) {
    const faults = issues.map(({ path, message }) => {
      const name = String(path?.[0].key);
      return `\n- ${name} is ${JSON.stringify(env[name])}: it ${message}`;
    });
    throw new ConfigError(`The environment is wrong:${faults.join('')}`);
  }
  const isLambda = output.AWS_LAMBDA_FUNCTION_NAME !== undefined;
  // A server that other machines reach is none.
  const isLaptop = /^(127\.|localhost$|::1$)/.test(output.HOST) && output.NODE_ENV !== 'production';
  return Object.freeze({
    name: manifest.name,
    version: manifest.version,
    /** The published Lambda version, or `local`. */
    functionVersion: output.AWS_LAMBDA_FUNCTION_VERSION,
    stage: output.STAGE,
    host: output.HOST,
    port: output.PORT,
    logLevel: output.LOG_LEVEL ?? output.AWS_LAMBDA_LOG_LEVEL,
    /** The path that a custom domain maps to this service, such as `/orders`; empty for none. */
    basePath: output.BASE_PATH ?? '',
    /** In bytes, after decompression. */
    bodyLimit: output.BODY_LIMIT,
    /** How long open requests may take to end after a stop signal. */
    drainMs: output.DRAIN_MS,
    /** Origins whose pages may read answers; `*` for all of them, empty for none. */
    corsOrigins: output.CORS_ORIGINS ?? [],
    /** Whether an answer to a failed request shows its stack: on a laptop alone, not wherever STAGE was forgotten. */
    stacks: output.STAGE === 'local' && isLaptop && !isLambda ? 'shown' : 'hidden',
    /** Where jobs are sent to; without it they are done at once. */
    queueUrl: output.QUEUE_URL,
    /** Of a channel that takes messages. */
    webhookUrl: output.WEBHOOK_URL,
  });
}
