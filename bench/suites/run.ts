import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Gateway } from '../../test/doors/gateways.ts';
import { type Checkout, prepareCheckout } from './checkout.ts';
import { findReason } from './inherent.ts';
import type { Outcome } from './outcome.ts';
import { buildPreload } from './preload.ts';
import { type Run, runSuite } from './runners.ts';
import { type Suite, suites } from './suites.ts';

const gateways = ['http', 'rest'] as const satisfies readonly Gateway[];

/** A test that passes plain, but not through the door. */
interface Lost extends Outcome {
  readonly gateway: Gateway;
  readonly reason: string | undefined;
}

const { positionals: names } = parseArgs({ allowPositionals: true });
const parent = process.env['SUITES'] ?? 'suites';
const work = mkdtempSync(join(tmpdir(), 'bench-suites-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const lost: (Lost & { readonly suite: string })[] = [];
const preloads = { http: await buildPreload('http', work), rest: await buildPreload('rest', work) };
console.log('| suite | requests | plain | HTTP API | inherent | REST API | inherent | not explained |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const suite of suites.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const checkout = prepareCheckout(suite, parent);
  if (checkout !== undefined) report(suite, checkout);
  else
    console.error(
      `Missing: git clone --depth 1 --branch ${suite.tag} https://github.com/${suite.repository} ${join(parent, suite.name)}`,
    );
}

const reasons = Map.groupBy(lost, ({ reason }) => reason);
for (const [reason, tests] of reasons) {
  if (reason === undefined) continue;
  const count = (wanted: Gateway) => tests.filter(({ gateway }) => gateway === wanted).length;
  console.log(
    `\n${reason}: ${count('http')} HTTP, ${count('rest')} REST\n  ${[...new Set(tests.map(formatTitle))].join('\n  ')}`,
  );
}
for (const test of reasons.get(undefined) ?? []) {
  console.log(`\nNot explained, ${test.gateway}: ${formatTitle(test)}\n  ${test.message.split('\n').join('\n  ')}`);
  process.exitCode = 1;
}

function report(suite: Suite, { folder, version }: Checkout): void {
  const plain = runSuite(suite, folder);
  const passed = plain.outcomes.filter((outcome) => outcome.passed);
  const all = gateways.map((gateway) => ({ gateway, ...runDoor(suite, folder, { gateway, passed }) }));
  const columns = all.flatMap(({ tests }) => [
    passed.length - tests.length,
    tests.filter(({ reason }) => reason !== undefined).length,
  ]);
  const unexplained = all.flatMap(({ tests }) => tests.filter(({ reason }) => reason === undefined)).length;
  const requests = all[0]?.run.requests;
  console.log(
    `| ${suite.name}@${version} | ${requests} | ${passed.length}/${plain.outcomes.length} | ${columns.join(' | ')} | ${unexplained} |`,
  );
  lost.push(...all.flatMap(({ tests }) => tests.map((test) => ({ ...test, suite: suite.name }))));
}

/** Twice where something is lost for no reason: a busy machine is slow, a defect stays. */
function runDoor(
  suite: Suite,
  folder: string,
  { gateway, passed }: { readonly gateway: (typeof gateways)[number]; readonly passed: readonly Outcome[] },
): { readonly run: Run; readonly tests: readonly Lost[] } {
  const run = runSuite(suite, folder, preloads[gateway]);
  const tests = findLost(gateway, passed, run);
  if (tests.every(({ reason }) => reason !== undefined)) return { run, tests };
  const again = findLost(gateway, passed, runSuite(suite, folder, preloads[gateway]));
  return { run, tests: tests.filter(({ title }) => again.some((test) => test.title === title)) };
}

function findLost(gateway: Gateway, passed: readonly Outcome[], { outcomes }: Run): Lost[] {
  const byTitle = new Map(outcomes.map((outcome) => [outcome.title, outcome]));
  return passed
    .map(({ title }) => byTitle.get(title) ?? { title, passed: false, message: 'It did not run.' })
    .filter((outcome) => !outcome.passed)
    .map((outcome) => ({ ...outcome, gateway, reason: findReason(gateway, outcome) }));
}

function formatTitle({ suite, title }: { readonly suite: string; readonly title: string }): string {
  return `${suite}: ${title}`;
}
