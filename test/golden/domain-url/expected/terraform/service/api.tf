resource "aws_lambda_function_url" "this" {
  function_name      = aws_lambda_function.this.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = var.access == "cloudfront" ? "AWS_IAM" : "NONE"
  invoke_mode        = "BUFFERED"
}

locals {
  # Who may call the function by its URL: one distribution, or anyone. Lambda asks for both permissions below.
  caller = var.access == "cloudfront" ? {
    principal  = "cloudfront.amazonaws.com"
    source_arn = one(aws_cloudfront_distribution.this[*].arn)
    } : {
    principal  = "*"
    source_arn = null
  }

  api_metrics = { for name, metric in { requests = "UrlRequestCount", server_errors = "Url5xxCount", latency = "UrlRequestLatency" } : name => {
    namespace  = "AWS/Lambda"
    metric     = metric
    dimensions = local.function_dimensions
  } }
}

resource "aws_lambda_permission" "url" {
  statement_id           = "url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this.function_name
  qualifier              = aws_lambda_alias.live.name
  principal              = local.caller.principal
  source_arn             = local.caller.source_arn
  function_url_auth_type = aws_lambda_function_url.this.authorization_type
}

resource "aws_lambda_permission" "invoke" {
  statement_id             = "invoke"
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.this.function_name
  qualifier                = aws_lambda_alias.live.name
  principal                = local.caller.principal
  source_arn               = local.caller.source_arn
  invoked_via_function_url = true # and in no other way
}

locals {
  url        = "https://${var.domain.name}"
  host_names = [var.domain.name]
}

output "function_url" {
  description = "The function's own URL: with access cloudfront it answers CloudFront alone."
  value       = aws_lambda_function_url.this.function_url
}
