# A REST API serves the copy last deployed: any change to its parts must make another.
resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    parts = sha1(jsonencode([
      aws_api_gateway_rest_api.this.binary_media_types,
      aws_api_gateway_rest_api.this.disable_execute_api_endpoint,
      aws_api_gateway_rest_api.this.endpoint_configuration,
      aws_api_gateway_rest_api_policy.this[*].policy,
      aws_api_gateway_resource.proxy,
      aws_api_gateway_method.this,
      aws_api_gateway_integration.this,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  #checkov:skip=CKV_AWS_120:A cache costs by the hour, and answers of a service are rarely the same for all
  #checkov:skip=CKV2_AWS_4:Errors are logged; metrics by method are paid for one by one, and there are but two methods
  #checkov:skip=CKV2_AWS_29:A firewall costs by the month and is an account's choice, by web_acl_arn
  #checkov:skip=CKV2_AWS_77:A firewall's rules are its owner's, and the service runs no Java
  #checkov:skip=CKV2_AWS_51:Lambda is called within AWS, so there is no server to show a client certificate to
  rest_api_id          = aws_api_gateway_rest_api.this.id
  deployment_id        = aws_api_gateway_deployment.this.id
  stage_name           = local.full_name # by it roles tell its logs, which are named after it, from those of other services
  xray_tracing_enabled = var.tracing
  tags                 = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      time               = "$context.requestTime"
      requestId          = "$context.requestId"
      functionRequestId  = "$context.integration.requestId"
      ip                 = "$context.identity.sourceIp"
      userAgent          = "$context.identity.userAgent"
      host               = "$context.domainName"
      method             = "$context.httpMethod"
      path               = "$context.path"
      route              = "$context.resourcePath"
      protocol           = "$context.protocol"
      status             = "$context.status"
      bytes              = "$context.responseLength"
      latency            = "$context.responseLatency"
      integrationLatency = "$context.integration.latency"
      integrationStatus  = "$context.integration.status"
      integrationError   = "$context.integrationErrorMessage"
      error              = "$context.error.message"
      traceId            = "$context.xrayTraceId"
    })
  }

  depends_on = [aws_cloudwatch_log_group.execution]
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.web_acl_arn == null ? 0 : 1

  resource_arn = aws_api_gateway_stage.this.arn
  web_acl_arn  = var.web_acl_arn
}

resource "aws_api_gateway_method_settings" "this" {
  #checkov:skip=CKV_AWS_225:A cache costs by the hour, and answers of a service are rarely the same for all
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    logging_level          = "ERROR"
    data_trace_enabled     = false # it would log whole requests, with what is secret in them
    throttling_rate_limit  = var.throttling.rate
    throttling_burst_limit = var.throttling.burst
  }
}

# Names that begin with /aws/vendedlogs/ share one line of the account's log policy, which has room for few.
resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_338:Log lines of requests are for finding faults; log_retention_days keeps them for an audit
  name              = "/aws/vendedlogs/${var.name}/${var.stage}/access"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

# The name is API Gateway's own: made here, before it writes its first error, so that its lines do not stay forever.
resource "aws_cloudwatch_log_group" "execution" {
  #checkov:skip=CKV_AWS_338:Log lines of requests are for finding faults; log_retention_days keeps them for an audit
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.this.id}/${local.full_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

locals {
  api_metrics = { for name, metric in { requests = "Count", server_errors = "5XXError", latency = "Latency" } : name => {
    namespace  = "AWS/ApiGateway"
    metric     = metric
    dimensions = { ApiName = aws_api_gateway_rest_api.this.name, Stage = aws_api_gateway_stage.this.stage_name }
  } }
}

output "api_id" {
  description = "Id of the API, for usage plans and authorizers."
  value       = aws_api_gateway_rest_api.this.id
}

output "access_log_group_name" {
  description = "Log group of the API's access log."
  value       = aws_cloudwatch_log_group.access.name
}
