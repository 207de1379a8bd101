# `make check-terraform` copies the folder, without providers.tf and backend.tf, to ./service.

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
  mock_data "aws_subnets" { defaults = { ids = ["subnet-1"] } }
}

run "module" {
  assert {
    condition     = output.orders.function_name == "orders-prod" && output.orders.role_name == "orders-prod"
    error_message = "A larger root calls the folder as a module, more than once if it wants, and reads its outputs."
  }
}
