/**
 * Writes src/answers/regions.ts: every region that the AWS CDK knows, with the place name that the AWS SDK gives it.
 * Run `npm run regions` after raising @aws-cdk/region-info or @aws-sdk/core.
 */
import { writeFile } from 'node:fs/promises';
import { RegionInfo } from '@aws-cdk/region-info';
import { partition } from '@aws-sdk/core/client';

const rows = RegionInfo.regions.flatMap(({ name }) => {
  // The SDK answers an unknown region with its partition's description-less defaults.
  const place = (partition(name) as { description?: string }).description;
  return place === undefined ? [] : [`  ['${name}', '${place.replaceAll("'", "\\'")}'],\n`];
});
rows.sort();

await writeFile(
  new URL('../src/answers/regions.ts', import.meta.url),
  `/** Region name and place, of every partition; written by scripts/regions.ts. */
export const regions: readonly (readonly [name: string, place: string])[] = [
${rows.join('')}];
`,
);
