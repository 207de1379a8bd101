# What AWS would refuse halfway through a deploy is refused before it.

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

run "wrong" {
  command = plan

  variables {
    name                     = "-demo"
    stage                    = "Dev"
    region                   = "europe"
    allowed_account_ids      = ["1234"]
    tags                     = { "aws:team" = "demo" }
    log_retention_days       = 31
    kms_key_arn              = "alias/demo"
    alarms                   = { topic_arns = ["demo"] }
    runtime                  = "nodejs20.x"
    architecture             = "arm"
    memory_mb                = 127
    timeout_s                = 901
    reserved_concurrency     = -2
    environment              = { "1" = "" }
    log_level                = "info"
    vpc                      = { subnet_ids = [], security_group_ids = ["sg-1"] }
    policies                 = { "read-table" = { actions = ["dynamodb:GetItem"], resources = ["*"] } }
    managed_policy_arns      = { demo = "demo" }
    secret_arns              = ["demo"]
    permissions_boundary_arn = "demo"
  }

  expect_failures = [
    var.name,
    var.stage,
    var.region,
    var.allowed_account_ids,
    var.tags,
    var.log_retention_days,
    var.kms_key_arn,
    var.alarms,
    var.runtime,
    var.architecture,
    var.memory_mb,
    var.timeout_s,
    var.reserved_concurrency,
    var.environment,
    var.log_level,
    var.vpc,
    var.policies,
    var.managed_policy_arns,
    var.secret_arns,
    var.permissions_boundary_arn,
  ]
}

run "wrong_in_another_way" {
  command = plan

  variables {
    alarms       = { errors = 0 }
    memory_mb    = 32769
    timeout_s    = 0.5
    environment  = { AWS_REGION = "eu-west-1" }
    vpc          = { subnet_ids = ["subnet-1"], security_group_ids = [] }
    policies     = { All = { actions = ["*"], resources = ["*"] } }
    secret_arns  = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:*"]
    architecture = null
  }

  expect_failures = [
    var.alarms,
    var.memory_mb,
    var.timeout_s,
    var.environment,
    var.vpc,
    var.policies,
    var.secret_arns,
  ]
}

run "secret_in_the_environment" {
  command = plan

  variables {
    environment = { DB_PASSWORD = "demo" }
    policies    = { Table = { actions = ["dynamodb:*"], resources = ["*"] } }
    secret_arns = ["arn:aws:ssm:eu-west-1:123456789012:parameter/*"]
  }

  expect_failures = [var.environment, var.policies, var.secret_arns]
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-service-whose-name-leaves-no-room-for-the-stage-within-the-64"
  }

  expect_failures = [aws_iam_role.this]
}
