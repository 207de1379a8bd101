import { at, type Mutation } from './mutation.ts';
import { albMutations } from './mutations-alb.ts';
import { domainMutations } from './mutations-domain.ts';
import { jobMutations } from './mutations-jobs.ts';

const shared = { gateway: 'http' } as const;

/** What all gateways share is tried with the default one. */
export const mutations: readonly Mutation[] = [
  ...domainMutations,
  ...jobMutations,
  ...at(
    { ...shared, file: 'service/iam.tf', suite: 'service' },
    {
      'the role may write every log, in the project as well': ['["${aws_cloudwatch_log_group.function.arn}:*"]', '["*"]'],
      'the role may do all with traces, in the project as well': [
        '["xray:PutTraceSegments", "xray:PutTelemetryRecords"]',
        '["xray:*"]',
      ],
      'a statement is widened, in the project as well': ['resources = statement.value.resources', 'resources = ["*"]'],
    },
  ),
  ...at(
    { ...shared, file: 'service/api.tf', suite: 'service' },
    {
      'every API may invoke the function, in the project as well': [
        '"${aws_apigatewayv2_api.this.execution_arn}/*/$default"',
        '"arn:aws:execute-api:eu-west-1:123456789012:*"',
      ],
      'the API passes the alias by, in the project as well': [
        'aws_lambda_alias.live.invoke_arn',
        'aws_lambda_function.this.invoke_arn',
      ],
    },
  ),
  ...at(
    { ...shared, file: 'service/iam.tf', suite: 'function' },
    {
      'another service may assume the role': ['["lambda.amazonaws.com"]', '["lambda.amazonaws.com", "ec2.amazonaws.com"]'],
      'accounts may assume the role': ['type        = "Service"', 'type        = "AWS"'],
      'the role may make log groups': ['["logs:CreateLogStream", ', '["logs:CreateLogGroup", "logs:CreateLogStream", '],
      'the role may write every log': ['["${aws_cloudwatch_log_group.function.arn}:*"]', '["*"]'],
      'the role may do all with traces': ['["xray:PutTraceSegments", "xray:PutTelemetryRecords"]', '["xray:*"]'],
    },
  ),
  ...at(
    { ...shared, file: 'service/iam.tf', suite: 'options' },
    {
      'nothing bounds the role': ['  permissions_boundary = var.permissions_boundary_arn\n', ''],
      'traces are allowed unasked': ['for_each = var.tracing ? ["WriteTraces"] : []', 'for_each = ["WriteTraces"]'],
      'every key decrypts': ['resources = [statement.value]', 'resources = ["*"]'],
      'the key encrypts as well': ['actions   = ["kms:Decrypt"]', 'actions   = ["kms:*"]'],
      'every secret may be read': ['      resources = statement.value\n', '      resources = ["*"]\n'],
      'secrets may be written': ['["secretsmanager:GetSecretValue"]', '["secretsmanager:*"]'],
      'a statement loses its conditions': ['for_each = statement.value.conditions', 'for_each = []'],
      'a statement is widened': ['resources = statement.value.resources', 'resources = ["*"]'],
    },
  ),
  ...at(
    { ...shared, file: 'service/iam.tf', suite: 'variables' },
    {
      'a name is longer than IAM allows': ['length(local.full_name) <= 64', 'length(local.full_name) <= 640'],
    },
  ),
  ...at(
    { ...shared, file: 'service/vpc.tf', suite: 'options' },
    {
      'network interfaces of any account may be kept': [':${local.account}:*/*"]', ':*:*/*"]'],
      'all may be done in EC2': ['"ec2:AssignPrivateIpAddresses",', '"ec2:*",'],
      'code may keep network interfaces': ['effect    = "Deny"', 'effect    = "Allow"'],
      'code may make network interfaces': ['"ec2:*NetworkInterface*", ', ''],
    },
  ),
  ...at(
    { ...shared, file: 'service/vpc.tf', suite: 'function' },
    {
      'network interfaces may be kept unasked': ['count = var.vpc == null ? 0 : 1', 'count = 1'],
    },
  ),
  ...at(
    { ...shared, file: 'service/variables-lambda.tf', suite: 'function' },
    { 'the line that is tested is not the default': ['default     = "nodejs24.x"', 'default     = "nodejs22.x"'] },
  ),
  ...at(
    { ...shared, file: 'service/lambda.tf', suite: 'function' },
    {
      'the function runs on another line': ['= var.runtime', '= "nodejs22.x"'],
      'the function acts as another role': ['= aws_iam_role.this.arn', '= "arn:aws:iam::123456789012:role/admin"'],
      'no version is published': ['publish                        = true', 'publish                        = false'],
      'the alias begins with what is not published': [
        'function_version = aws_lambda_function.this.version',
        'function_version = "$LATEST"',
      ],
      'requests are not traced': ['var.tracing ? "Active" : "PassThrough"', '"PassThrough"'],
      'the log group is left to Lambda': ['    log_group             = aws_cloudwatch_log_group.function.name\n', ''],
    },
  ),
  ...at(
    { ...shared, file: 'service/lambda.tf', suite: 'options' },
    {
      'the environment has no key': ['  kms_key_arn                    = var.kms_key_arn\n', ''],
      'concurrency has no limit': ['  reserved_concurrent_executions = var.reserved_concurrency\n', ''],
      'other security groups are used': ['vpc_config.value.security_group_ids', '["sg-other"]'],
    },
  ),
  ...at(
    { ...shared, file: 'service/lambda.tf', suite: 'options' },
    {
      'logs have no key': ['  kms_key_id        = var.kms_key_arn\n', ''],
    },
  ),
  ...at(
    { ...shared, file: 'service/variables-lambda.tf', suite: 'variables' },
    {
      'a retired runtime is taken': ['contains(["nodejs22.x", "nodejs24.x"], var.runtime)', 'startswith(var.runtime, "nodejs")'],
      'a password is put into the environment': ['(?i)(PASSWORD|SECRET', '(?i)(SECRET'],
      'a layer has no version': [':layer:[A-Za-z0-9_-]+:[0-9]+$', ':layer:'],
      'a VPC has no security groups': [' && length(var.vpc.security_group_ids) > 0', ''],
    },
  ),
  ...at(
    { ...shared, file: 'service/variables-iam.tf', suite: 'variables' },
    {
      'every action of a service is allowed': [':[A-Za-z]", action)', ':", action)'],
      'every secret of an account is allowed': ['[A-Za-z0-9/_+=.@-]", arn))', '", arn))'],
      'what is no policy is a boundary': [
        'var.permissions_boundary_arn == null || can(',
        'var.permissions_boundary_arn != "" || can(',
      ],
    },
  ),
  ...at(
    { ...shared, file: 'service/api.tf', suite: 'api-http' },
    {
      'every API may invoke the function': [
        '"${aws_apigatewayv2_api.this.execution_arn}/*/$default"',
        '"arn:aws:execute-api:eu-west-1:123456789012:*"',
      ],
      'every route may invoke the function': ['execution_arn}/*/$default"', 'execution_arn}/*"'],
      'everyone may invoke the function': ['principal     = "apigateway.amazonaws.com"', 'principal     = "*"'],
      'the API may do all with the function': ['action        = "lambda:InvokeFunction"', 'action        = "lambda:*"'],
      'every version may be invoked': ['  qualifier     = aws_lambda_alias.live.name\n', ''],
      'the API passes the alias by': ['aws_lambda_alias.live.invoke_arn', 'aws_lambda_function.this.invoke_arn'],
      'nothing limits the rate': ['    throttling_rate_limit  = var.throttling.rate\n', ''],
      'access logs are kept forever': ['  retention_in_days = var.log_retention_days\n', ''],
    },
  ),
  ...at(
    { ...shared, file: 'bootstrap/state.tf', suite: 'state' },
    {
      'states are read without TLS': ['"aws:SecureTransport", "false"', '"aws:SecureTransport", "true"'],
      'states are read with old TLS': ['"s3:TlsVersion", "1.2"', '"s3:TlsVersion", "1.0"'],
      'states are had by who does as the policy says': ['effect    = "Deny"', 'effect    = "Allow"'],
      'states have no versions': ['    status = "Enabled"\n  }\n}', '    status = "Suspended"\n  }\n}'],
      'states are public by ACL': ['block_public_acls       = true', 'block_public_acls       = false'],
      'states are public by policy': ['block_public_policy     = true', 'block_public_policy     = false'],
      'ACLs count at all': ['"BucketOwnerEnforced"', '"ObjectWriter"'],
      'old states vanish in a day': ['noncurrent_days           = 90', 'noncurrent_days           = 1'],
    },
  ),
  ...at(
    { gateway: 'rest', file: 'service/api.tf', suite: 'api-rest' },
    {
      'every stage of a REST API may invoke the function': ['execution_arn}/${local.full_name}/*"', 'execution_arn}/*/*"'],
      'a REST API may invoke every version': ['  qualifier     = aws_lambda_alias.live.name\n', ''],
    },
  ),
  ...at(
    { gateway: 'rest', file: 'service/api.tf', suite: 'private-rest' },
    {
      'a private API is entered from every VPC': ['variable = "aws:SourceVpce"', 'variable = "aws:SourceVpc"'],
      'a private API has no policy': [
        'count = var.endpoint_type == "PRIVATE" ? 1 : 0\n\n  rest_api_id',
        'count = 0\n\n  rest_api_id',
      ],
      'a private API may be managed by who calls it': ['["execute-api:Invoke"]', '["execute-api:*"]'],
    },
  ),
  ...at(
    { gateway: 'rest', file: 'service/api.tf', suite: 'buffered-rest' },
    { 'a REST API passes the alias by': ['aws_lambda_alias.live.invoke_arn', 'aws_lambda_function.this.invoke_arn'] },
  ),
  ...at(
    { gateway: 'rest', extras: 'streaming', file: 'service/api.tf', suite: 'streaming-rest' },
    {
      'a REST API passes the alias by for a stream': ['${aws_lambda_alias.live.arn}', '${aws_lambda_function.this.arn}'],
      'a REST API waits for the end of a stream': ['response_transfer_mode  = "STREAM"', 'response_transfer_mode  = "BUFFERED"'],
      'a REST API may give up before the function': ['var.timeout_s < var.integration_timeout_s', 'var.timeout_s < 901'],
    },
  ),
  ...at(
    { gateway: 'rest', extras: 'streaming', file: 'service/api.tf', suite: 'service' },
    {
      'a REST API passes the alias by for a stream, in the project as well': [
        '${aws_lambda_alias.live.arn}',
        '${aws_lambda_function.this.arn}',
      ],
    },
  ),
  ...at(
    { gateway: 'url', extras: 'streaming', file: 'service/api.tf', suite: 'streaming-url' },
    { 'the URL waits for the end of a stream': ['"RESPONSE_STREAM"', '"BUFFERED"'] },
  ),
  ...at(
    { gateway: 'rest', file: 'service/api-stage.tf', suite: 'api-rest' },
    {
      'a REST API logs bodies': ['data_trace_enabled     = false', 'data_trace_enabled     = true'],
      'a REST API does not log its errors': ['logging_level          = "ERROR"', 'logging_level          = "OFF"'],
      'a changed integration is not deployed': ['      aws_api_gateway_integration.this,\n', ''],
      'a changed policy is not deployed': ['      aws_api_gateway_rest_api_policy.this[*].policy,\n', ''],
      'no firewall stands before the stage': ['count = var.web_acl_arn == null ? 0 : 1', 'count = 0'],
    },
  ),
  ...at(
    { gateway: 'rest', file: 'bootstrap/api-logs.tf', suite: 'api-logs' },
    {
      'another service may log as API Gateway': [
        '["apigateway.amazonaws.com"]',
        '["apigateway.amazonaws.com", "lambda.amazonaws.com"]',
      ],
    },
  ),
  ...at(
    { gateway: 'url', file: 'service/api.tf', suite: 'api-url' },
    {
      'anyone may call the URL': ['var.access == "cloudfront" ? "AWS_IAM" : "NONE"', '"NONE"'],
      'every distribution may call the URL': ['source_arn = one(aws_cloudfront_distribution.this[*].arn)', 'source_arn = null'],
      'the function is invoked past its URL': ['invoked_via_function_url = true', 'invoked_via_function_url = false'],
      'the URL is not that of the alias': ['  qualifier          = aws_lambda_alias.live.name\n', ''],
    },
  ),
  ...at(
    { gateway: 'url', file: 'service/cloudfront.tf', suite: 'api-url' },
    {
      'requests are not signed': ['signing_behavior                  = "always"', 'signing_behavior                  = "never"'],
      'the signature is not used': ['    origin_access_control_id = aws_cloudfront_origin_access_control.this[0].id\n', ''],
      'the function is called without TLS': ['origin_protocol_policy = "https-only"', 'origin_protocol_policy = "match-viewer"'],
      'the function is called with old TLS': ['["TLSv1.2"]', '["TLSv1", "TLSv1.2"]'],
      'callers do without TLS': ['viewer_protocol_policy   = "https-only"', 'viewer_protocol_policy   = "allow-all"'],
      'no firewall stands before CloudFront': ['  web_acl_id      = var.web_acl_arn\n', ''],
      'an answer is kept for other callers': ['"Managed-CachingDisabled"', '"Managed-CachingOptimized"'],
    },
  ),
  ...at(
    { ...shared, extras: 'provisioned', file: 'service/provisioned.tf', suite: 'provisioned' },
    {
      'instances are kept of what nobody calls': [
        '= aws_lambda_alias.live.name\n  provisioned',
        '= aws_lambda_function.this.version\n  provisioned',
      ],
      'what a schedule did is undone': [
        'count = try(var.provisioned_concurrency.instances, null) == null ? 0 : 1',
        'count = var.provisioned_concurrency == null ? 0 : 1',
      ],
    },
  ),
  ...albMutations,
];
