# `make check-terraform` copies the folder, without providers.tf and backend.tf, to ./service.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws-cn" } }
  mock_data "aws_region" { defaults = { region = "cn-north-1" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:x" } }
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws-cn:iam::123456789012:role/x" } }
  mock_resource "aws_lambda_function" { defaults = { version = "7" } }
  mock_resource "aws_api_gateway_rest_api" { defaults = { execution_arn = "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3" } }
  mock_data "aws_route53_zone" { defaults = { zone_id = "Z1" } }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn                       = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/x"
      domain_validation_options = [{ domain_name = "demo.shop.cn", resource_record_name = "_x.demo.shop.cn", resource_record_type = "CNAME", resource_record_value = "_y.acm-validations.aws" }]
    }
  }
  mock_data "aws_subnets" { defaults = { ids = ["subnet-1"] } }
}

run "module" {
  assert {
    condition     = output.orders.function_name == "orders-prod" && output.orders.role_name == "orders-prod"
    error_message = "A larger root calls the folder as a module, more than once if it wants, and reads its outputs."
  }
}
