resource "aws_api_gateway_rest_api" "this" {
  name                         = local.full_name
  binary_media_types           = ["*/*"] # whatever is sent arrives as it was, and so does the answer
  disable_execute_api_endpoint = !local.generated_endpoint
  tags                         = var.tags

  endpoint_configuration {
    types            = [var.endpoint_type]
    vpc_endpoint_ids = var.endpoint_type == "PRIVATE" ? var.vpc_endpoint_ids : null
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Without a policy a private API answers nobody.
data "aws_iam_policy_document" "api" {
  count = var.endpoint_type == "PRIVATE" ? 1 : 0

  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.this.execution_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = var.vpc_endpoint_ids
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "this" {
  count = var.endpoint_type == "PRIVATE" ? 1 : 0

  rest_api_id = aws_api_gateway_rest_api.this.id
  policy      = data.aws_iam_policy_document.api[0].json
}

resource "aws_api_gateway_resource" "proxy" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "{proxy+}"
}

# Every method and path: the service itself routes, so a new route touches no Terraform. {proxy+} does not match /.
resource "aws_api_gateway_method" "this" {
  #checkov:skip=CKV_AWS_59:The service decides who may call what, so that it does so on a laptop as well
  #checkov:skip=CKV2_AWS_53:The service checks its requests itself, and tells callers what is wrong
  for_each = {
    root  = aws_api_gateway_rest_api.this.root_resource_id
    proxy = aws_api_gateway_resource.proxy.id
  }

  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = each.value
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "this" {
  for_each = aws_api_gateway_method.this

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST" # how Lambda is called, whatever the caller's method
  uri                     = aws_lambda_alias.live.invoke_arn
  timeout_milliseconds    = var.integration_timeout_s * 1000

  lifecycle {
    precondition {
      condition     = var.timeout_s < var.integration_timeout_s
      error_message = "timeout_s is ${var.timeout_s}, but the API gives up after integration_timeout_s, ${var.integration_timeout_s}: the function must sooner."
    }
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${local.full_name}/*" # any method and path, but only that stage
}

locals {
  # A private API is found by way of an endpoint even where that lends its names to no VPC.
  private_host       = "${aws_api_gateway_rest_api.this.id}-${try(var.vpc_endpoint_ids[0], "")}.execute-api.${local.region}.${data.aws_partition.current.dns_suffix}"
  url                = var.endpoint_type == "PRIVATE" ? "https://${local.private_host}/${local.full_name}" : aws_api_gateway_stage.this.invoke_url
  generated_endpoint = true # callers use the host name that API Gateway generates
}
