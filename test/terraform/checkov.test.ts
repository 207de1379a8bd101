import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayAnswers } from '../gateway-answers.ts';
import { emitProject } from './emitted.ts';
import { run } from './engines.ts';

interface Finding {
  readonly check_id: string;
  readonly resource: string;
  readonly file_path: string;
  readonly check_result: { readonly suppress_comment?: string };
}

interface Report {
  readonly results: { readonly failed_checks: readonly Finding[]; readonly skipped_checks: readonly Finding[] };
}

/** Reasons for skips, by check, as docs/security.md lists them. */
function loadDocumented(): Map<string, string> {
  const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const rows = text.matchAll(/^\| (CKV2?_AWS_\d+) +\| .*? \| (.*?) +\|$/gm);
  return new Map([...rows].map(([, id = '', reason = '']) => [id, reason]));
}

/** As they stand in the templates: `#checkov:skip=ID:reason`. */
function loadSkips(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tf'));
  const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  const skips = lines.map((line) => /^ *#checkov:skip=(\w+):(.+)$/.exec(line)).filter((match) => match !== null);
  return new Map(skips.map(([, id = '', reason = '']) => [id, reason]));
}

const isInstalled = spawnSync('checkov', ['--version']).status === 0;
const describeCheckov = isInstalled || process.env['CI'] !== undefined ? describe : describe.skip;

describeCheckov(`checkov of every gateway${isInstalled ? '' : ' (checkov is not installed)'}`, function () {
  this.timeout(120_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-checkov-')));
  let report: Report;

  before(async () => {
    for (const gateway of ['http', 'rest', 'url', 'alb']) {
      const extra = { http: 'provisioned', rest: 'streaming', url: 'streaming', alb: 'jobs' }[gateway] ?? '';
      for (const extras of ['', 'domain', 'github', extra]) {
        const project = join(folder, 'projects', `${gateway}-${extras}`);
        await emitProject(project, { ...gatewayAnswers(gateway), ...(extras ? { with: [extras], domain: 'shop.org' } : {}) });
        cpSync(join(project, 'terraform'), join(folder, 'scanned', `${gateway}-${extras}`), { recursive: true });
        rmSync(join(folder, 'scanned', `${gateway}-${extras}`, 'service/tests'), { recursive: true });
      }
    }
    const { output } = await run(
      ['checkov', '-d', 'scanned', '--framework', 'terraform', '--skip-download', '-o', 'json', '--soft-fail'],
      folder,
      { env: { LOG_LEVEL: 'ERROR' } },
    );
    report = JSON.parse(output) as Report;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds nothing that is not skipped for a reason', () => {
    const found = report.results.failed_checks.map(
      ({ check_id, resource, file_path }) => `${check_id} ${resource} in ${file_path}`,
    );
    assert.deepEqual(found, []);
  });

  it('needs every skip that there is', () => {
    const used = new Set(report.results.skipped_checks.map(({ check_id }) => check_id));
    const unused = [...loadSkips(join(folder, 'scanned')).keys()].filter((id) => !used.has(id));
    assert.deepEqual(unused, []);
  });

  it('skips for the reasons that docs/security.md lists, and for no other', () => {
    assert.deepEqual(sorted(loadSkips(join(folder, 'scanned'))), sorted(loadDocumented()));
  });
});

function sorted(reasons: ReadonlyMap<string, string>): [string, string][] {
  return [...reasons].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
