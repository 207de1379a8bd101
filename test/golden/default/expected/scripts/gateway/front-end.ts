import type { EventKind } from './event.ts';

/** What a gateway takes, and how long it waits. */
export interface FrontEnd {
  readonly kind: EventKind;
  readonly domainName: string;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
}

const mib = 1024 * 1024;

const api = {
  domainName: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com',
  maxBodyBytes: 10 * mib,
  maxHeaderBytes: 10_240,
};

/**
 * By the name that `GATEWAY` gives them.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const frontEnds = {
  http: { ...api, kind: 'http-2.0', timeoutMs: 30_000 },
  'http-1.0': { ...api, kind: 'http-1.0', timeoutMs: 30_000 },
  rest: { ...api, kind: 'rest', timeoutMs: 29_000 },
  url: {
    domainName: 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6.lambda-url.eu-west-1.on.aws',
    kind: 'url',
    maxBodyBytes: 6 * mib,
    maxHeaderBytes: 10_240,
    timeoutMs: 900_000,
  },
} as const satisfies Record<string, FrontEnd>;
