import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { FileStep } from '../project/apply.ts';

/** A file in Yeoman's memory, with the marks that its editor sets: https://github.com/SBoudrias/mem-fs-editor, src/state.ts */
export interface MemoryFile {
  contents: Buffer | null;
  state?: 'modified' | 'deleted';
  stateCleared?: string;
  committed?: boolean;
  /** What Yeoman's own conflict menu knows of it. */
  conflicter?: string;
}

/** The memory that generators share, as far as it is used. Paths are absolute. */
export interface Memory {
  readonly write: (path: string, content: string | Buffer, options: { stat: Stats }) => void;
  readonly delete: (path: string) => void;
  readonly get: (path: string) => MemoryFile;
}

/** Puts what was decided into the memory, where generators that compose ours see it and may edit it. */
export function layFiles(steps: readonly FileStep[], folder: string, memory: Memory): void {
  for (const step of steps) {
    const full = join(folder, step.path);
    if (step.kind === 'remove') memory.delete(full);
    else {
      const { content, executable, mode = executable ? 0o755 : undefined } = step;
      const stat = { mode } as Stats; // the mode is all that is read of it
      memory.write(full, typeof content === 'string' ? content : Buffer.from(content), { stat });
    }
    // Yeoman neither asks about the file again nor lists it.
    memory.get(full).conflicter = 'decided';
  }
}

/**
 * Takes the files out of the memory again, as they are by now, so that they are written all at once instead of one by one.
 * @param steps - as they were laid
 * @returns the same steps, with what other generators made of them
 */
export function takeFiles(steps: readonly FileStep[], folder: string, memory: Memory): FileStep[] {
  return steps.flatMap((step) => {
    const file = memory.get(join(folder, step.path));
    const { state, contents } = file;
    if (state === undefined) return [];
    delete file.state;
    Object.assign(file, { committed: true, stateCleared: state });
    return state === 'deleted' ? removal(step) : [{ ...step, kind: 'write', content: contents ?? '' } as const];
  });
}

/** Of a file that is not there yet, nothing is left to do. */
function removal({ path, expected = 'absent' }: FileStep): FileStep[] {
  return expected === 'absent' ? [] : [{ kind: 'remove', path, expected }];
}
