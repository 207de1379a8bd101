import type { Sent } from './client.ts';
import { eventOf, sendToLambda } from './doors.ts';
import { type Gateway, gateways, type Handler } from './gateways.ts';
import { findReason } from './inherent.ts';
import { traces } from './mount.ts';
import { compare, type Difference, type Observation, observe } from './observation.ts';

export interface MatrixCase extends Sent {
  readonly name: string;
}

/** What came of sending every case through every gateway, and to the local door. */
export interface Outcome {
  /** How many pairs of answers were compared. */
  readonly compared: number;
  /** Differences that no adapter can avoid, by reason. */
  readonly inherent: ReadonlyMap<string, number>;
  /** Differences that one could avoid, as lines to read. */
  readonly avoidable: readonly string[];
}

export interface MatrixDoors {
  /** By gateway; only those that are named are asked. */
  readonly handlers: Readonly<Partial<Record<Gateway, Handler>>>;
  readonly sendLocally: (sent: Sent) => Promise<Parameters<typeof observe>[0]>;
}

let runs = 0;

/**
 * Sends every case to both doors, behind every gateway, and sorts the differences.
 * @param batchSize - cases at once: enough to wait for many, by default few enough for time-outs to keep their time
 */
export async function runMatrix(cases: readonly MatrixCase[], doors: MatrixDoors, batchSize = 16): Promise<Outcome> {
  const inherent = new Map<string, number>();
  const avoidable: string[] = [];
  for (let at = 0; at < cases.length; at += batchSize) {
    const batch = cases.slice(at, at + batchSize);
    for (const { reason, text } of (await Promise.all(batch.map((sent) => compareDoors(sent, doors)))).flat()) {
      if (reason === undefined) avoidable.push(text);
      else inherent.set(reason, (inherent.get(reason) ?? 0) + 1);
    }
  }
  return { compared: cases.length * Object.keys(doors.handlers).length, inherent, avoidable };
}

interface Sorted {
  readonly reason: string | undefined;
  readonly text: string;
}

async function compareDoors(sent: MatrixCase, { handlers, sendLocally }: MatrixDoors): Promise<Sorted[]> {
  const local = await observeRun(sent, sendLocally);
  const perGateway = gateways.map(async (gateway): Promise<Sorted[]> => {
    const handler = handlers[gateway];
    if (handler === undefined) return [];
    if (isRefused(gateway, sent)) return [{ reason: refusal, text: '' }];
    const lambda = await observeRun(sent, (one) => sendToLambda(gateway, handler, one)).catch(describeError);
    return compare(local, lambda).map((difference) => ({
      reason: findReason({ gateway, sent, difference, local, lambda }),
      text: formatDifference(sent, gateway, difference),
    }));
  });
  return (await Promise.all(perGateway)).flat();
}

const refusal = 'HTTP APIs refuse a path that they cannot decode';

function isRefused(gateway: Gateway, sent: Sent): boolean {
  try {
    eventOf(gateway, sent);
    return false;
  } catch (error) {
    if (error instanceof URIError) return true;
    throw error;
  }
}

/** The answer, and what its scenario noted; `close` and the like come a little after the answer. */
async function observeRun(sent: MatrixCase, send: (sent: Sent) => Promise<Parameters<typeof observe>[0]>): Promise<Observation> {
  runs += 1;
  const run = String(runs);
  const got = await send({ ...sent, headers: [...sent.headers, ['X-Run', run]] });
  await new Promise((resolve) => setTimeout(resolve, 10));
  const observation = observe(got);
  return { ...observation, trace: (traces.get(run) ?? []).join('; ') };
}

function describeError(error: unknown): Observation {
  return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

function formatDifference({ name, method }: MatrixCase, gateway: Gateway, { key, local, lambda }: Difference): string {
  const shorten = (text: string | undefined) => (text ?? 'nothing').slice(0, 120);
  return `${gateway}, ${method} ${name}: ${key} is ${shorten(local)} locally and ${shorten(lambda)} on Lambda`;
}
