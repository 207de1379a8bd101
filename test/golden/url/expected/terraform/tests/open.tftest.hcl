# The function URL without CloudFront, for trials.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws-cn" } }
  mock_data "aws_region" { defaults = { region = "cn-north-1" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:x" } }
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws-cn:iam::123456789012:role/x" } }
  mock_resource "aws_lambda_function" { defaults = { version = "7" } }
  mock_resource "aws_lambda_function_url" { defaults = { function_url = "https://a1b2c3.lambda-url.cn-north-1.on.aws/" } }
  mock_resource "aws_cloudfront_distribution" { defaults = { arn = "arn:aws-cn:cloudfront::123456789012:distribution/A1B2C3", domain_name = "d1.cloudfront.net" } }
  mock_resource "aws_cloudwatch_log_delivery_destination" { defaults = { arn = "arn:aws-cn:logs:cn-north-1:123456789012:delivery-destination:x" } }
}

variables {
  name         = "demo"
  stage        = "dev"
  region       = "cn-north-1"
  package_path = "./versions.tf" # any file does
}

run "open" {
  variables {
    access = "open"
  }

  assert {
    condition     = aws_lambda_function_url.this.authorization_type == "NONE" && output.url == "https://a1b2c3.lambda-url.cn-north-1.on.aws"
    error_message = "The function URL itself is what callers use."
  }

  assert {
    condition = alltrue([for permission in [aws_lambda_permission.url, aws_lambda_permission.invoke] : (
      permission.principal == "*" && permission.source_arn == null
    )])
    error_message = "Anyone may call it."
  }

  assert {
    condition = (
      aws_lambda_permission.url.function_url_auth_type == "NONE" &&
      aws_lambda_permission.invoke.invoked_via_function_url &&
      length(aws_cloudfront_distribution.this) == 0
    )
    error_message = "Anyone may, but by the URL only, and without CloudFront."
  }
}
