/** Stands for the load balancer's listener that the gateway alb asks for. */
export const listenerArn =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef';

/** The answers to the question of the gateway and to those that it brings. */
export function gatewayAnswers(gateway: string): Readonly<Record<string, string>> {
  return gateway === 'alb' ? { gateway, listenerArn } : { gateway };
}
