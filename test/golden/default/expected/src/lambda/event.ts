/** The front ends that call this function with an HTTP request. */
export type FrontEnd = 'rest' | 'http-1.0' | 'http-2.0' | 'url' | 'alb' | 'alb-multi';

/** What is read of an event. Only the front ends write one, so a field of another type is answered with 400. */
export interface HttpEvent {
  readonly httpMethod?: string;
  readonly path?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly cookies?: readonly string[] | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly stage?: string;
    readonly path?: string;
    readonly identity?: { readonly sourceIp?: string };
    readonly http?: { readonly method?: string; readonly sourceIp?: string };
  };
}

/** Some other trigger was attached to the function. */
export class UnknownEventError extends Error {
  override readonly name = 'UnknownEventError';
}

/** Tells the front end by what only its events have. */
export function detectFrontEnd(event: unknown): FrontEnd {
  const { version, httpMethod, multiValueHeaders, requestContext } = fieldsOf(event);
  const { elb, http, domainName } = fieldsOf(requestContext);
  if (version === '2.0' && isObject(http))
    return /\.lambda-url\./.test(String(domainName)) ? 'url' : 'http-2.0';
  if (isObject(requestContext) && typeof httpMethod === 'string') {
    if (isObject(elb)) return isObject(multiValueHeaders) ? 'alb-multi' : 'alb';
    return version === '1.0' ? 'http-1.0' : 'rest';
  }
  throw new UnknownEventError(
    'This is no HTTP event: only API Gateway, a function URL or a load balancer may call this function.',
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
