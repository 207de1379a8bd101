import assert from 'node:assert/strict';
import { expandRenames } from '../../src/update/renames.ts';

describe('expandRenames', () => {
  it('writes one out for each value of a list, and leaves others', () => {
    const renamed = { 'stages/[stages].tfvars': 'stages/[stages]/main.tf', a: 'b' };
    assert.deepEqual(expandRenames(renamed, { stages: ['dev', 'prod'] }), {
      'stages/dev.tfvars': 'stages/dev/main.tf',
      'stages/prod.tfvars': 'stages/prod/main.tf',
      a: 'b',
    });
  });

  it('has none for a question that is not answered, or by no list', () => {
    for (const answers of [{}, { name: 'demo' }]) assert.deepEqual(expandRenames({ '[name]': 'a' }, answers), {});
  });
});
