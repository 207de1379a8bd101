import type { FrontEnd, HttpEvent } from './event.ts';

/** Writes path and query as they stood in the request's first line, as far as the event still tells. */
export function formatTarget(event: HttpEvent, frontEnd: FrontEnd, basePath: string): string {
  const path = encodePath(trimPath(event, basePath), frontEnd);
  const query = event.rawQueryString ?? formatQuery(event, frontEnd);
  return query === '' ? path : `${path}?${query}`;
}

/**
 * A custom domain leaves its mapping (`/orders`) in the path, and a generated endpoint its stage (`/dev`); the app knows
 * neither. A REST API takes the stage off by itself, and only `requestContext.path` still has it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function trimPath(event: HttpEvent, basePath: string): string {
  const { stage = '$default', path: fullPath } = event.requestContext;
  const path = event.rawPath ?? event.path ?? '/';
  const trimmed = basePath === '' ? path : trimSegments(path, basePath);
  const mayHaveStage = stage !== '$default' && (fullPath === undefined || fullPath === path);
  return mayHaveStage ? trimSegments(trimmed, stage) : trimmed;
}

/** Whole segments only: `/api` is the start of `/api/users` and of `/api`, not of `/apiary`. */
function trimSegments(path: string, start: string): string {
  const prefix = `/${start.replace(/^\/+|\/+$/g, '')}`;
  if (prefix === '/' || !path.startsWith(prefix)) return path;
  const rest = path.slice(prefix.length);
  if (rest === '') return '/';
  return rest.startsWith('/') ? rest : path;
}

/** HTTP APIs decode the path, so whatever a path cannot hold is encoded again; the others hand it on as it came. */
function encodePath(path: string, frontEnd: FrontEnd): string {
  if (/^[\w/.-]*$/.test(path)) return path;
  const isDecoded = frontEnd === 'http-1.0' || frontEnd === 'http-2.0';
  const encoded = isDecoded ? encodeURI(path) : path.replace(/[^!-~]+/g, encodeURIComponent);
  return encoded.replace(/[?#]/g, encodeURIComponent);
}

/** REST APIs and payload 1.0 give the query as decoded pairs; load balancers do not decode theirs. */
function formatQuery(event: HttpEvent, frontEnd: FrontEnd): string {
  const isEncoded = frontEnd === 'alb' || frontEnd === 'alb-multi';
  const pairs: string[] = [];
  const parameters = event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {};
  for (const [name, values] of Object.entries(parameters)) {
    for (const value of [values].flat()) {
      pairs.push(isEncoded ? `${name}=${value}` : `${encodeQuery(name)}=${encodeQuery(value)}`);
    }
  }
  return pairs.join('&');
}

/** Leaves alone what a query may hold, as most clients do. */
function encodeQuery(text: string): string {
  return encodeURI(text).replace(/[&=+#]/g, encodeURIComponent);
}
