# What the workflows' roles may see and change of the gateway.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
}

variables {
  name   = "demo"
  region = "eu-west-1"
  stages = ["dev", "prod"]
  github = { owner = "acme", owner_id = 1234567890, name = "orders", id = 987654321 }
}

run "api" {
  command = plan # a bucket that must not be destroyed could not be made only to test it

  assert {
    condition = jsonencode([
      for s in data.aws_iam_policy_document.github_api_read["pull-request"].statement : [s.sid, s.effect, s.actions, s.resources, s.condition]
      ]) == jsonencode([
      ["ReadApi", null, ["apigateway:GET"], ["arn:aws:apigateway:*::/apis", "arn:aws:apigateway:*::/apis/*", "arn:aws:apigateway:*::/tags/*"], []],
    ])
    error_message = "A pull request sees APIs, and changes nothing."
  }

  assert {
    condition = jsonencode([
      for s in data.aws_iam_policy_document.github_api_write["deploy-dev"].statement : [s.sid, s.effect, s.actions, s.resources, { for c in s.condition : c.variable => [c.test, c.values] }]
      ]) == jsonencode([
      ["ChangeApi", null, ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource", "apigateway:UntagResource"], ["arn:aws:apigateway:*::/apis", "arn:aws:apigateway:*::/apis/*", "arn:aws:apigateway:*::/tags/*"], {
        "aws:ResourceTag/Project" = ["StringEqualsIfExists", ["demo"]]
        "aws:ResourceTag/Stage"   = ["StringEqualsIfExists", ["dev"]]
      }],
      ["DeliverLogs", null, [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ], ["*"], {}],
      ["MakeGatewaysRole", null, ["iam:CreateServiceLinkedRole"], ["arn:aws:iam::123456789012:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway"], {}],
    ])
    error_message = "A stage's role changes what is that stage's, as far as the gateway tells."
  }
}
