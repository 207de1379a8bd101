import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';

/** As IAM reads it. */
export interface Policy {
  readonly Statement: readonly { readonly Action: string | readonly string[] }[];
}

/** What a role asks of AWS; tags as the condition keys that AWS compares policies with. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/**
 * Whether IAM would let a role with these policies do it. Of actions the simulator's own checks know too few: AWS asks for
 * some, such as apigateway:TagResource, that its reference does not list.
 */
export function isAllowed(policies: readonly Policy[], { action, resource, context = {} }: Request): boolean {
  const simulation = {
    request: {
      principal: 'arn:aws:iam::123456789012:role/github/demo-deploy-dev',
      action,
      resource: { resource, accountId: '123456789012' },
      contextVariables: { ...context },
    },
    identityPolicies: policies.map((policy, index) => ({ name: String(index), policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  return runUnsafeSimulation(simulation, {}) === 'Allowed';
}
