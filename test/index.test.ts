import assert from 'node:assert/strict';
import * as api from '../src/index.ts';
import * as kit from '../src/testing.ts';

describe('the public API', () => {
  it('is what it was', () => {
    assert.deepEqual(Object.keys(api).toSorted(), [
      'TsflaskError',
      'collectAnswers',
      'lintOverlay',
      'loadBuiltInOverlays',
      'loadOverlay',
      'plan',
      'questions',
      'questionsOf',
      'render',
      'update',
    ]);
    assert.deepEqual(Object.keys(kit).toSorted(), ['defineOverlay', 'renderProject']);
  });

  it('renders a project in memory, with the answers that are given', async () => {
    const { files, answers } = await api.render({ answers: { name: 'demo', gateway: 'rest' } });
    assert.ok(files.some(({ path }) => path === 'src/app.ts'));
    assert.deepEqual([answers['gateway'], answers['framework']], ['rest', 'koa']);
  });

  it('refuses answers as the command line does', async () => {
    await assert.rejects(api.render({ answers: { name: 'demo', gatway: 'rest' } }), {
      code: 'ANSWER_UNKNOWN',
      message: /Did you mean gateway\?/,
    });
    await assert.rejects(api.render({ answers: {} }), { code: 'ANSWER_MISSING' });
  });

  it('plans the same bytes every time, and shares nothing between plans', async () => {
    const [first, second] = [await api.render({ answers: { name: 'demo' } }), await api.render({ answers: { name: 'demo' } })];
    assert.deepEqual(first, second);
  });
});

describe('the kit for overlay tests', () => {
  const overlay = kit.defineOverlay({
    manifest: { when: { iac: 'opentofu' } },
    files: { 'NOTICE.mustache': '{{name}} {{iac}}' },
  });

  it('renders a project with an overlay over ours', async () => {
    const files = await kit.renderProject([overlay], { iac: 'opentofu' });
    assert.equal(files['NOTICE'], 'demo opentofu');
    assert.ok('package.json' in files);
    assert.equal('NOTICE' in (await kit.renderProject([overlay])), false);
  });

  it('refuses what a person would be refused', async () => {
    assert.throws(() => kit.defineOverlay({ manifest: { remove: ['../x'] } }), { code: 'OVERLAY_INVALID' });
    await assert.rejects(kit.renderProject([kit.defineOverlay({ slots: { readme: '{{x}}' } })]), { code: 'VARIABLE_UNKNOWN' });
    await assert.rejects(kit.renderProject(['/nothing']), { code: 'OVERLAY_NOT_FOUND' });
  });
});
