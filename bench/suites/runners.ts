import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Outcome } from './outcome.ts';
import type { RunnerName, Suite } from './suites.ts';

/** One run of a suite. */
export interface Run {
  readonly outcomes: readonly Outcome[];
  /** How many requests took the door. */
  readonly requests: number;
}

interface Runner {
  /** @param report - the file where the outcomes go */
  readonly args: (options: readonly string[], report: string) => readonly string[];
  readonly parse: (report: string) => Outcome[];
}

interface JestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const testTimeoutMs = 15_000;
const suiteTimeoutMs = 10 * 60_000;

const runners: Readonly<Record<RunnerName, Runner>> = {
  mocha: {
    args: (options) => ['node_modules/mocha/bin/mocha', '--reporter', here('mocha-reporter.ts'), '--exit', ...options],
    parse: parseLines,
  },
  node: {
    args: (options, report) => [
      '--test',
      `--test-timeout=${testTimeoutMs}`,
      `--test-reporter=${here('node-reporter.ts')}`,
      `--test-reporter-destination=${report}`,
      ...options,
    ],
    parse: parseLines,
  },
  jest: {
    args: (options, report) => ['node_modules/jest/bin/jest.js', '--forceExit', '--json', `--outputFile=${report}`, ...options],
    parse: parseJest,
  },
  vitest: {
    args: (options, report) => ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`, ...options],
    parse: parseJest,
  },
};

function parseLines(report: string): Outcome[] {
  return report.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Outcome]));
}

/** vitest reports as jest does. */
function parseJest(report: string): Outcome[] {
  return (JSON.parse(report) as JestReport).testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ fullName, status, failureMessages }) => ({
      title: fullName,
      passed: status === 'passed',
      message: failureMessages.join('\n'),
    }));
}

/**
 * Runs a suite as its author does, but for the reporter.
 * @param preload - opens the door that every request is to take; none for a plain run
 */
export function runSuite({ runner, options, env }: Suite, checkout: string, preload?: string): Run {
  const folder = mkdtempSync(join(tmpdir(), 'suite-'));
  const report = join(folder, 'report');
  const requests = join(folder, 'requests');
  writeFileSync(requests, '');
  const door = preload === undefined ? {} : { NODE_OPTIONS: `--require=${preload}`, SUITE_REQUESTS: requests };
  spawnSync(process.execPath, runners[runner].args(options, report), {
    cwd: checkout,
    env: {
      ...process.env,
      // Suites start processes of their own, and node is to be this one there as well.
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      SUITE_REPORT: report,
      ...door,
      ...env,
    },
    stdio: 'ignore',
    timeout: suiteTimeoutMs,
  });
  const outcomes = existsSync(report) ? runners[runner].parse(readFileSync(report, 'utf8')) : [];
  const run = { outcomes: numberTitles(outcomes), requests: readFileSync(requests).length };
  rmSync(folder, { recursive: true });
  return run;
}

/** Tests may share a title: each gets its number, in the order in which they ran. */
function numberTitles(outcomes: readonly Outcome[]): Outcome[] {
  const counts = new Map<string, number>();
  return outcomes.map((outcome) => {
    const count = (counts.get(outcome.title) ?? 0) + 1;
    counts.set(outcome.title, count);
    return count === 1 ? outcome : { ...outcome, title: `${outcome.title} (${count})` };
  });
}
