locals {
  package_path = coalesce(var.package_path, "${path.module}/../../dist/lambda.zip")
}

resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116:Who calls it is told of a failure, so there is no event to keep
  #checkov:skip=CKV_AWS_117:Nothing it reaches lies in a VPC until vpc is set
  #checkov:skip=CKV_AWS_272:Who may deploy is told by IAM and by the review of a plan; signing profiles are an account's choice
  function_name                  = local.full_name
  role                           = aws_iam_role.this.arn
  filename                       = local.package_path
  source_code_hash               = filebase64sha256(local.package_path)
  handler                        = "lambda.handler"
  runtime                        = var.runtime
  architectures                  = [try(jsondecode(file("${path.module}/../../package.json")).lambda.architecture, "arm64")] # which the bundle is made for
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_s
  reserved_concurrent_executions = var.reserved_concurrency
  kms_key_arn                    = var.kms_key_arn
  layers                         = var.layers
  publish                        = true
  tags                           = var.tags

  environment {
    variables = merge({
      NODE_ENV     = "production"
      NODE_OPTIONS = "--enable-source-maps" # stacks name the lines of src/, at no cost until there is one
      STAGE        = var.stage
    }, var.environment, local.base_environment)
  }

  logging_config {
    log_group             = aws_cloudwatch_log_group.function.name
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "WARN" # without Lambda's own two lines a request, which cost as much as the service's one
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # Lambda checks the role when it creates the function, and gives network interfaces back with it when it deletes it.
  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy.vpc]
}

# What the gateway calls. Terraform makes it; `make release` moves it to a version that was tried, `make rollback` back.
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  lifecycle {
    ignore_changes = [description, function_version, routing_config]
  }
}

check "released" {
  assert {
    condition     = aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "Version ${aws_lambda_function.this.version} is published, but ${aws_lambda_alias.live.function_version} answers: make release."
  }
}

# Made before the function: one that Lambda makes keeps its lines forever, and is left behind by a destroy.
# Its name is none of Lambda's own, and the role may make no log group, so it does not come back after one either.
resource "aws_cloudwatch_log_group" "function" {
  #checkov:skip=CKV_AWS_338:Log lines of requests are for finding faults; log_retention_days keeps them for an audit
  name              = "/${var.name}/${var.stage}/function"
  log_group_class   = var.log_class
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}
