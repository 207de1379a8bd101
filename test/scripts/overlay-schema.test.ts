import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatOverlaySchema, overlaySchemaFile } from '../../scripts/overlay-schema.ts';

describe('overlay.schema.json', () => {
  it('is what the validation says; `npm run overlay-schema` writes it', () => {
    assert.equal(readFileSync(overlaySchemaFile, 'utf8'), formatOverlaySchema());
  });
});
