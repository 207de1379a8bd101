import { createLogger, type Logger } from '../src/log.ts';

/** A logger that keeps its lines, as the objects that they are, for a test to look at. */
export function captureLog(): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  return { log: createLogger('trace', (line) => lines.push(JSON.parse(line))), lines };
}
