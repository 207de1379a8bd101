# What deploys rely on, and that a setting adds what it says and no more. No account is needed: AWS is mocked.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws-cn" } }
  mock_data "aws_region" { defaults = { region = "cn-north-1" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
  mock_resource "aws_cloudwatch_log_group" { defaults = { arn = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/demo/dev/function" } }
  mock_resource "aws_iam_role" { defaults = { arn = "arn:aws-cn:iam::123456789012:role/demo-dev" } }
  mock_resource "aws_lambda_function" { defaults = { version = "7" } }
  mock_resource "aws_api_gateway_rest_api" { defaults = { execution_arn = "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3" } }
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
  package_path = "versions.tf" # any file does
  domain       = { name = "demo.shop.cn", zone = "shop.cn" }
}

run "defaults" {
  assert {
    condition     = aws_lambda_function.this.function_name == "demo-dev" && aws_iam_role.this.name == "demo-dev"
    error_message = "The function and its role are named after service and stage."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256(var.package_path)
    error_message = "A bundle of other bytes is a new version, one of the same bytes is none."
  }

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "A deploy publishes a version, and the alias points to it."
  }

  assert {
    condition = alltrue(flatten([for statement in data.aws_iam_policy_document.this.statement : [
      for resource in statement.resources : startswith(resource, aws_cloudwatch_log_group.function.arn) || statement.sid == "WriteTraces"
    ]]))
    error_message = "No statement of the role reaches beyond the function's own log, except to send traces."
  }

  assert {
    condition     = alltrue([for action in flatten(data.aws_iam_policy_document.this.statement[*].actions) : !strcontains(action, "*")])
    error_message = "Each action of the role is named."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_group == aws_cloudwatch_log_group.function.name
    error_message = "The function writes into the log group made for it, which forgets."
  }
}

run "settings" {
  variables {
    memory_mb   = 1769
    environment = { TABLE = "demo" }
    alarms      = { errors = 3 }
    tags        = { Team = "demo" }
    vpc         = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    secret_arns = ["arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:demo-AbCdEf"]

    policies = {
      ReadTable = {
        actions   = ["dynamodb:GetItem"]
        resources = ["arn:aws-cn:dynamodb:cn-north-1:123456789012:table/demo"]
      }
    }
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 1769 && aws_lambda_function.this.environment[0].variables.TABLE == "demo"
    error_message = "The function has the memory and the environment that were set."
  }

  assert {
    condition     = aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-1"]) && length(aws_iam_role_policy.vpc) == 1
    error_message = "The function joins the VPC, and its role may keep network interfaces there."
  }

  assert {
    condition = toset([
      for statement in data.aws_iam_policy_document.this.statement : one(statement.resources) if !startswith(statement.sid, "Write")
    ]) == setunion(var.secret_arns, var.policies.ReadTable.resources)
    error_message = "The role reaches the secret and the table that were set, and nothing else."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["errors"].threshold == 3 && aws_lambda_function.this.tags.Team == "demo"
    error_message = "The alarm has the threshold, and the function the tags, that were set."
  }
}

run "secret_in_the_environment" {
  command = plan

  variables {
    environment = { DB_PASSWORD = "demo" }
  }

  expect_failures = [var.environment]
}

run "gateway" {
  assert {
    condition     = alltrue([for integration in aws_api_gateway_integration.this : integration.uri == aws_lambda_alias.live.invoke_arn])
    error_message = "The API calls the alias, so that a rollback reaches callers at once."
  }

  assert {
    condition     = aws_lambda_permission.api.source_arn == "${aws_api_gateway_rest_api.this.execution_arn}/demo-dev/*" && aws_lambda_permission.api.qualifier == aws_lambda_alias.live.name
    error_message = "This API's stage may invoke the alias, and nothing else may."
  }
}

run "domain" {
  assert {
    condition     = aws_acm_certificate.this[0].domain_name == var.domain.name && output.url == "https://${var.domain.name}"
    error_message = "Callers use the host name, under its own certificate."
  }
}
