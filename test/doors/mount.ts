import type { IncomingMessage } from 'node:http';

import type { Listener } from './gateways.ts';
import { echo } from './echo.ts';
import type { Scenario, Scenarios } from './scenarios/scenario.ts';

/** What a scenario noted, by the header that names the run. */
export const traces = new Map<string, string[]>();

export function traceOf(request: IncomingMessage): (text: string) => void {
  const run = String(request.headers['x-run']);
  return (text) => traces.set(run, [...(traces.get(run) ?? []), text]);
}

/** A plain listener that answers `/raw/<scenario>` by that scenario, and anything else by the echo. */
export function listenPlainly(scenarios: Scenarios): Listener {
  return (request, response) => {
    const scenario = findScenario(scenarios, request.url);
    return scenario === undefined ? echo(request, response) : scenario(request, response, traceOf(request));
  };
}

export function findScenario(scenarios: Scenarios, url = ''): Scenario | undefined {
  return url.startsWith('/raw/') ? scenarios[decodeURIComponent(url.slice(5))] : undefined;
}
