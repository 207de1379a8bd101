import assert from 'node:assert/strict';
import { parseTokens } from '../../src/plan/template.ts';
import { loadBuiltInOverlays } from '../../src/project/built-in-overlays.ts';
import { packOverlays } from '../../src/project/packed-overlays.ts';

describe('packOverlays', () => {
  const overlays = loadBuiltInOverlays();
  const packed = Object.entries(packOverlays(overlays)).map(([name, text]) => [name, JSON.parse(text)] as const);
  const files = Object.fromEntries(packed) as Readonly<Record<string, unknown>>;

  it('keeps every overlay as it is, and the order', () => {
    assert.deepEqual(
      files['manifests.json'],
      overlays.map(({ manifest }) => manifest),
    );
    for (const { manifest, ...contents } of overlays) {
      const { tokens: _, ...kept } = files[`${manifest.name}.json`] as { tokens: unknown };
      assert.deepEqual(kept, JSON.parse(JSON.stringify(contents)));
    }
  });

  it('keeps every template as mustache parses it', () => {
    const bodies = packed.flatMap(([name, body]) => (name === 'manifests.json' ? [] : [body as { tokens: [string, unknown][] }]));
    const tokens = bodies.flatMap((body) => body.tokens);
    for (const [template, parsed] of tokens) assert.deepEqual(parsed, JSON.parse(JSON.stringify(parseTokens(template, ''))));
    assert.ok(tokens.some(([template]) => template.includes('{{name}}')));
  });
});
