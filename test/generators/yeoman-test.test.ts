import assert from 'node:assert/strict';
import helpers from 'yeoman-test';
import { generatorFile } from './run-generator.ts';

describe('yo tsflask under yeoman-test', () => {
  it('fails with the code of what is wrong', async () => {
    const options = { yes: true, region: 'mars', skipInstall: true, git: false, quiet: true };
    await assert.rejects(
      async () => helpers.run(generatorFile, { namespace: 'tsflask:app' }).withArguments(['demo']).withOptions(options),
      { code: 'REGION_INVALID' },
    );
  });
});
