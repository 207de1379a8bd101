import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gatewayAnswers } from '../gateway-answers.ts';
import { createQueue } from '../queue.ts';
import { emitProject } from './emitted.ts';
import { describeTerraform, run } from './engines.ts';
import { mutations } from './mutations.ts';
import type { Mutation } from './mutation.ts';
import { gatewaySuites, layBootstrapSuites, layServiceSuites, sharedSuites } from './suites.ts';

/** Not just any failure: a copy that is no longer valid would prove nothing. */
const noticed = /(?:Test|Check block) assertion failed|Missing expected failure/;

/** Projects that mutations are made in: made, and initialised, once each. */
class Nursery {
  readonly #folder: string;
  readonly #projects = new Map<string, Promise<string>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The project that a mutation is made in, ready to be tested. */
  find({ gateway, extras }: Mutation): Promise<string> {
    const key = `${gateway}-${extras ?? 'alone'}`;
    const project = this.#projects.get(key) ?? this.#make(key, gateway, extras);
    this.#projects.set(key, project);
    return project;
  }

  async #make(key: string, gateway: string, extras?: string): Promise<string> {
    const project = join(this.#folder, key);
    await emitProject(project, { ...gatewayAnswers(gateway), ...(extras ? { with: [extras], domain: 'shop.org' } : {}) });
    const choices = { gateway, ...(extras && { [extras]: true }) };
    layServiceSuites(project, [...sharedSuites(choices), ...gatewaySuites(choices)]);
    layBootstrapSuites(project, gateway === 'rest' ? ['state', 'api-logs'] : ['state']);
    for (const root of ['terraform/service', 'terraform/bootstrap']) {
      const { code, output } = await run(['terraform', 'init', '-backend=false', '-input=false'], join(project, root));
      assert.equal(code, 0, output);
    }
    return project;
  }
}

describeTerraform('the tests of the emitted terraform', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-mutations-')));
  const nursery = new Nursery(folder);
  const verdicts = new Map<Mutation, Promise<string>>();

  /** @returns what `terraform test` says of a copy with the change */
  async function tryOut(mutation: Mutation, index: number): Promise<string> {
    const origin = await nursery.find(mutation);
    const copy = join(folder, `mutant-${index}`);
    const root = join('terraform', dirname(mutation.file));
    cpSync(join(origin, root), join(copy, root), { recursive: true, filter: (path) => basename(path) !== '.terraform' });
    cpSync(join(origin, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(origin, root, '.terraform'), join(copy, root, '.terraform'));
    const file = join(copy, 'terraform', mutation.file);
    const text = readFileSync(file, 'utf8');
    assert.equal(text.split(mutation.from).length, 2, `${mutation.file} must hold once: ${mutation.from}`);
    writeFileSync(
      file,
      text.replace(mutation.from, () => mutation.to),
    );
    const suite = join(copy, root, `tests/${mutation.suite}.tftest.hcl`);
    // Its first run notices most, in a third of the time.
    const whole = readFileSync(suite, 'utf8');
    const [setup = '', first = ''] = whole.split(/^(?=run ")/m);
    let output = '';
    for (const runs of [setup + first, whole]) {
      writeFileSync(suite, runs);
      ({ output } = await run(['terraform', 'test', `-filter=tests/${mutation.suite}.tftest.hcl`], join(copy, root)));
      if (noticed.test(output)) break;
    }
    rmSync(copy, { recursive: true });
    return output;
  }

  before(() => {
    const queue = createQueue();
    for (const [index, mutation] of mutations.entries()) {
      const verdict = queue(() => tryOut(mutation, index));
      verdict.catch(() => undefined); // told by the test that awaits it
      verdicts.set(mutation, verdict);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const mutation of mutations) {
    it(`notice when ${mutation.title}`, async () => {
      assert.match((await verdicts.get(mutation)) ?? '', noticed);
    });
  }
});
