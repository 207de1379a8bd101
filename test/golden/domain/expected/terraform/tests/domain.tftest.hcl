# The host name, its certificate and its records.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws-cn" } }
  mock_data "aws_region" { defaults = { region = "cn-north-1" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:x" } }
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws-cn:iam::123456789012:role/x" } }
  mock_resource "aws_lambda_function" { defaults = { version = "7" } }
  mock_resource "aws_apigatewayv2_api" { defaults = { id = "a1b2c3", execution_arn = "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3" } }
  mock_data "aws_route53_zone" { defaults = { zone_id = "Z1" } }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn                       = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/x"
      domain_validation_options = [{ domain_name = "demo.shop.cn", resource_record_name = "_x.demo.shop.cn", resource_record_type = "CNAME", resource_record_value = "_y.acm-validations.aws" }]
    }
  }
}

variables {
  name         = "demo"
  stage        = "dev"
  region       = "cn-north-1"
  package_path = "./versions.tf" # any file does
  domain       = { name = "demo.shop.cn", zone = "shop.cn" }
}

run "domain" {
  assert {
    condition     = aws_acm_certificate.this.domain_name == "demo.shop.cn" && aws_acm_certificate.this.validation_method == "DNS"
    error_message = "The certificate is the host name's and renews itself by DNS."
  }

  assert {
    condition     = aws_route53_record.validation.name == "_x.demo.shop.cn" && aws_route53_record.validation.zone_id == "Z1"
    error_message = "The record that proves the name lies in its zone."
  }

  assert {
    condition = (
      aws_apigatewayv2_domain_name.this.domain_name == "demo.shop.cn" &&
      aws_apigatewayv2_domain_name.this.domain_name_configuration[0].certificate_arn == aws_acm_certificate.this.arn &&
      aws_apigatewayv2_domain_name.this.domain_name_configuration[0].security_policy == "TLS_1_2"
    )
    error_message = "Nothing older than TLS 1.2 is spoken, under that certificate."
  }

  assert {
    condition     = aws_apigatewayv2_api_mapping.this.domain_name == "demo.shop.cn" && aws_apigatewayv2_api_mapping.this.api_id == output.api_id
    error_message = "The name leads to this API."
  }

  assert {
    condition     = jsonencode(keys(aws_route53_record.this)) == jsonencode(["A", "AAAA"])
    error_message = "It is reached by IPv4 and by IPv6."
  }

  assert {
    condition     = output.url == "https://demo.shop.cn" && !local.generated_endpoint
    error_message = "The generated host name does not answer any more."
  }
}

run "name_outside_the_zone" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.com" }
  }

  expect_failures = [var.domain]
}
