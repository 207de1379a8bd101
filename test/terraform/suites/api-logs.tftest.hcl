# The role that API Gateway writes logs as.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws-cn" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
}

variables {
  name   = "demo"
  region = "cn-north-1"
}

run "role" {
  command = plan # see state.tftest.hcl

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.api_logs.statement : [s.effect, s.actions, s.principals]]) == jsonencode([
      [null, ["sts:AssumeRole"], [{ identifiers = ["apigateway.amazonaws.com"], type = "Service" }]],
    ])
    error_message = "API Gateway, and nothing else, may assume the role."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.api_logs.policy_arn == "arn:aws-cn:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    error_message = "The role may write logs."
  }
}

run "regions" {
  command = plan

  assert {
    condition     = jsonencode(keys(aws_api_gateway_account.this)) == jsonencode(["cn-north-1"])
    error_message = "Without other regions the role is set in the bucket's."
  }
}

run "other_regions" {
  command = plan

  variables {
    api_log_regions = ["cn-northwest-1"]
  }

  assert {
    condition     = aws_api_gateway_account.this["cn-northwest-1"].region == "cn-northwest-1" && length(aws_api_gateway_account.this) == 1
    error_message = "It is set where stages are, and where no other is."
  }
}
