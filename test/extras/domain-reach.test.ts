import assert from 'node:assert/strict';
import { useTempFolder } from '../temp-folder.ts';
import { emitProject } from '../terraform/emitted.ts';
import { describeTerraform } from '../terraform/engines.ts';
import { isAllowed, type Policy, type Request } from './policy.ts';
import { ask, askRecords } from './reach-cases.ts';
import { listRequests, others, own, requestTags } from './reach.ts';
import { applyBootstrap, connect, nameDomain, policiesOf } from './roles.ts';

/** Whose host name is shared: reach.ts names it after the two. */
const owner = { title: "the host name's owner", project: 'platform', stage: 'core', tagged: true };
const ofApi = (path: string): string => `arn:aws:apigateway:us-east-1::${path}`;

describeTerraform('a deploy role for a domain', function () {
  this.timeout(120_000);
  const folder = useTempFolder();

  /** Applies terraform/bootstrap with one entry of `domains`. @returns what the deploy role of dev then may do */
  async function loadPolicies(gateway: string, domain: string): Promise<Policy[]> {
    await emitProject(folder(), { gateway, with: ['github', 'domain'], domain: 'shop.org' });
    connect(folder(), gateway);
    nameDomain(folder(), domain);
    return policiesOf(await applyBootstrap('terraform', folder()), 'deploy-dev');
  }

  const reached = (policies: readonly Policy[], requests: readonly Request[]): Request[] =>
    requests.filter((request) => isAllowed(policies, request));

  for (const gateway of ['http', 'rest']) {
    it(`that another root owns reaches its paths and no more, with ${gateway}`, async () => {
      const policies = await loadPolicies(gateway, '{ name = "platform-core.shop.org", shared = true }');
      const mappings = '/domainnames/platform-core.shop.org/apimappings';
      for (const request of [
        ask('apigateway:POST', ofApi(mappings)),
        ask('apigateway:PATCH', ofApi(`${mappings}/a1`)),
        ask('apigateway:DELETE', ofApi(`${mappings}/a1`)),
      ])
        assert.ok(isAllowed(policies, request), JSON.stringify(request));

      const changed = reached(policies, await listRequests(owner)).filter(
        ({ resource }) => !/::\/(apis|restapis)$/.test(resource) && !resource.includes(mappings),
      );
      assert.deepEqual(changed, []);
      assert.ok(!isAllowed(policies, ask('apigateway:POST', ofApi('/domainnames'), requestTags(own))));
      for (const other of others) {
        const names = (await listRequests(other)).filter(({ resource }) => resource.includes(':/domainnames'));
        assert.ok(names.length > 100);
        assert.deepEqual(reached(policies, names), []);
      }
    });

    it(`that asks for certificates reads their file and no other, with ${gateway}`, async () => {
      const policies = await loadPolicies(
        gateway,
        '{ name = "demo-dev.shop.org", zone = "shop.org", truststore_uri = "s3://shop-trust/clients/a.pem" }',
      );
      for (const action of ['s3:GetObject', 's3:GetObjectVersion']) {
        assert.ok(isAllowed(policies, ask(action, 'arn:aws:s3:::shop-trust/clients/a.pem')), action);
        assert.ok(!isAllowed(policies, ask(action, 'arn:aws:s3:::shop-trust/clients/b.pem')), action);
      }
      assert.ok(!isAllowed(policies, ask('s3:PutObject', 'arn:aws:s3:::shop-trust/clients/a.pem')));
      for (const action of ['apigateway:AddCertificateToDomain', 'apigateway:RemoveCertificateFromDomain']) {
        assert.ok(isAllowed(policies, ask(action, ofApi('/domainnames/demo-dev.shop.org'))), action);
        assert.ok(!isAllowed(policies, ask(action, ofApi('/domainnames/demo-prod.shop.org'))), action);
      }
    });
  }

  for (const [title, domain, message] of [
    ['a wildcard for its name', '{ name = "*.shop.org" }', 'domains must have plain host names'],
    [
      'many files',
      '{ name = "demo-dev.shop.org", truststore_uri = "s3://shop-trust/*" }',
      'domains must have the address of one file',
    ],
  ] as const)
    it(`is not made of ${title}`, () => assert.rejects(loadPolicies('http', domain), new RegExp(message)));

  for (const gateway of ['http', 'url'])
    it(`whose records somebody else makes changes none, with ${gateway}`, async () => {
      const policies = await loadPolicies(gateway, '{ name = "demo-dev.shop.org" }');
      const request = askRecords('arn:aws:route53:::hostedzone/Z1', 'demo-dev.shop.org', 'A');
      assert.ok(!isAllowed(policies, request));
      assert.ok(!isAllowed(policies, ask('s3:GetObject', 'arn:aws:s3:::shop-trust/clients/a.pem')));
      assert.ok(!isAllowed(policies, ask('apigateway:AddCertificateToDomain', ofApi('/domainnames/demo-dev.shop.org'))));
    });
});
