resource "aws_apigatewayv2_api" "this" {
  name                         = local.full_name
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = !local.generated_endpoint
  tags                         = var.tags
}

resource "aws_apigatewayv2_integration" "this" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000 # the most that HTTP APIs allow

  lifecycle {
    precondition {
      condition     = var.timeout_s < 30
      error_message = "timeout_s is ${var.timeout_s}; HTTP APIs give up after 30 seconds, so the function must after at most 29."
    }
  }
}

# Every method and path: the service itself routes, so a new route touches no Terraform.
resource "aws_apigatewayv2_route" "this" {
  #checkov:skip=CKV_AWS_309:The service decides who may call what, so that it does so on a laptop as well
  api_id    = aws_apigatewayv2_api.this.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.this.id}"
}

# $default, since any other stage's name would become the first part of every path.
resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags

  default_route_settings {
    throttling_rate_limit  = var.throttling.rate
    throttling_burst_limit = var.throttling.burst
  }

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
      route              = "$context.routeKey"
      protocol           = "$context.protocol"
      status             = "$context.status"
      bytes              = "$context.responseLength"
      latency            = "$context.responseLatency"
      integrationLatency = "$context.integrationLatency"
      integrationStatus  = "$context.integration.status"
      integrationError   = "$context.integrationErrorMessage"
      error              = "$context.error.message"
    })
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

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/$default" # any stage, but only that route
}

resource "aws_apigatewayv2_api_mapping" "this" {
  api_id          = aws_apigatewayv2_api.this.id
  stage           = aws_apigatewayv2_stage.this.name
  domain_name     = local.domain_name
  api_mapping_key = var.domain.base_path
}

locals {
  url = "https://${var.domain.name}${local.base_path}"
}

locals {
  api_metrics = { for name, metric in { requests = "Count", server_errors = "5xx", latency = "Latency" } : name => {
    namespace  = "AWS/ApiGateway"
    metric     = metric
    dimensions = { ApiId = aws_apigatewayv2_api.this.id, Stage = aws_apigatewayv2_stage.this.name }
  } }
}

output "api_id" {
  description = "Id of the API, for mappings of a custom domain."
  value       = aws_apigatewayv2_api.this.id
}

output "access_log_group_name" {
  description = "Log group of the API's access log."
  value       = aws_cloudwatch_log_group.access.name
}
