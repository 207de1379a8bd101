import { at, type Mutation } from './mutation.ts';

/** What brings a load balancer's requests to the function. */
export const albMutations: readonly Mutation[] = [
  ...at(
    { gateway: 'alb', file: 'service/api.tf', suite: 'api-alb' },
    {
      'every target group may invoke the function': ['source_arn    = aws_lb_target_group.this.arn', 'source_arn    = null'],
      'everyone may invoke the function behind a load balancer': [
        'principal     = "elasticloadbalancing.amazonaws.com"',
        'principal     = "*"',
      ],
      'a load balancer may do all with the function': ['action        = "lambda:InvokeFunction"', 'action        = "lambda:*"'],
      'a load balancer may invoke every version': ['  qualifier     = aws_lambda_alias.live.name\n', ''],
      'a load balancer passes the alias by': [
        'target_id        = aws_lambda_alias.live.arn',
        'target_id        = aws_lambda_function.this.arn',
      ],
      'a load balancer drops repeated headers': [
        'lambda_multi_value_headers_enabled = true',
        'lambda_multi_value_headers_enabled = false',
      ],
      'the rule takes what is sent to any host': ['length(local.host_names) > 0 ? [local.host_names] : []', '[]'],
      'the rule takes any path': ['values = var.listener.path_patterns', 'values = ["/*"]'],
      'the listener may lie elsewhere': [
        'slice(split(":", var.listener.arn), 3, 5)) ==',
        'slice(split(":", var.listener.arn), 3, 5)) !=  "x" || "x" ==',
      ],
      'a rule has more values than it may': [
        'length(var.listener.path_patterns) <= 5',
        'length(var.listener.path_patterns) <= 50',
      ],
      'the function is waited for no longer than a minute': [
        'var.timeout_s < data.aws_lb.this.idle_timeout',
        'var.timeout_s < 60',
      ],
      'an alarm counts what other services answer': [', LoadBalancer = data.aws_lb.this.arn_suffix', ''],
    },
  ),
  ...at(
    { gateway: 'alb', file: 'service/api.tf', suite: 'named-alb' },
    {
      'the certificate is for no name of the stage': [
        'length(local.plain_host_names) > 0',
        'length(local.plain_host_names) >= 0',
      ],
    },
  ),
  ...at(
    { gateway: 'alb', file: 'service/api.tf', suite: 'service' },
    {
      'every target group may invoke the function, in the project as well': [
        'source_arn    = aws_lb_target_group.this.arn',
        'source_arn    = null',
      ],
    },
  ),
  ...at(
    { gateway: 'alb', extras: 'domain', file: 'service/domain.tf', suite: 'domain-alb' },
    {
      'a listener shows another certificate': [
        'certificate_arn = local.certificate_arn',
        'certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/other"',
      ],
      'a load balancer speaks without TLS under a host name': ['protocol == "HTTPS"', 'protocol != ""'],
    },
  ),
];
