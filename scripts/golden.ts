/** Writes what every case of test/golden expects. Run `npm run golden`, then read the diff. */
import { listCases, renderCase, writeCase } from '../test/golden-case.ts';

for (const name of listCases()) writeCase(name, await renderCase(name));
