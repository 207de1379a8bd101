/**
 * Writes overlay.schema.json, by which editors complete and check an `overlay.json`, from the schema that checks it here.
 * Run `npm run overlay-schema` after changing src/plan/parse-overlay.ts.
 */
import { writeFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import { formatJson, type Json } from '../src/plan/merge-json.ts';
import { overlaySchema } from '../src/plan/parse-overlay.ts';

export const overlaySchemaFile = new URL('../overlay.schema.json', import.meta.url);

/** The text of overlay.schema.json. What JSON Schema cannot say, such as a safe path, is left to `tsflask lint`. */
export function formatOverlaySchema(): string {
  const { $schema, ...schema } = toJsonSchema(overlaySchema, { typeMode: 'input', errorMode: 'ignore' });
  return formatJson('overlay.schema.json', { $schema, ...schema } as unknown as Json);
}

if (import.meta.main) await writeFile(overlaySchemaFile, formatOverlaySchema());
