# The host name, its certificate and its records.

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
    condition = (
      aws_acm_certificate.this.domain_name == "demo.shop.cn" &&
      aws_acm_certificate.this.validation_method == "DNS" &&
      aws_acm_certificate.this.region == "us-east-1"
    )
    error_message = "The certificate is the host name's, renews itself by DNS, and lies where CloudFront looks for it."
  }

  assert {
    condition     = aws_route53_record.validation.name == "_x.demo.shop.cn" && aws_route53_record.validation.zone_id == "Z1"
    error_message = "The record that proves the name lies in its zone."
  }

  assert {
    condition = (
      jsonencode(aws_cloudfront_distribution.this[0].aliases) == jsonencode(["demo.shop.cn"]) &&
      aws_cloudfront_distribution.this[0].viewer_certificate[0].acm_certificate_arn == aws_acm_certificate.this.arn &&
      aws_cloudfront_distribution.this[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    )
    error_message = "Nothing older than TLS 1.2 is spoken, under that certificate."
  }

  assert {
    condition     = jsonencode(keys(aws_route53_record.this)) == jsonencode(["A", "AAAA"])
    error_message = "It is reached by IPv4 and by IPv6."
  }

  assert {
    condition     = output.url == "https://demo.shop.cn"
    error_message = "The URL is the host name's."
  }
}

run "name_outside_the_zone" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.com" }
  }

  expect_failures = [var.domain]
}

run "open_under_a_domain" {
  command = plan

  variables {
    access = "open"
  }

  expect_failures = [var.domain]
}
