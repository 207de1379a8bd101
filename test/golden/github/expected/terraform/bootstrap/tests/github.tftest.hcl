# Who may take the workflows' roles, and what these may see and change of the service itself.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
}

variables {
  name   = "demo"
  region = "eu-west-1"
  stages = ["dev", "prod"]
  github = {
    owner             = "acme"
    owner_id          = 1234567890
    name              = "orders"
    id                = 987654321
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  }
}

run "trust" {
  command = plan # a bucket that must not be destroyed could not be made only to test it

  assert {
    condition = jsonencode({
      for role, document in data.aws_iam_policy_document.github_trust : role => [
        for s in document.statement : [s.effect, s.actions, s.principals, { for c in s.condition : c.variable => [c.test, c.values] }]
      ]
      }) == jsonencode({
      for role, job in {
        deploy-dev   = { subject = "environment:dev", ref = "refs/heads/main" }
        deploy-prod  = { subject = "environment:prod", ref = "refs/heads/main" }
        pull-request = { subject = "pull_request", ref = "refs/pull/*/merge" }
        } : role => [[
          null, ["sts:AssumeRoleWithWebIdentity"], [{ identifiers = [var.github.oidc_provider_arn], type = "Federated" }], {
            "token.actions.githubusercontent.com:aud"           = ["StringEquals", ["sts.amazonaws.com"]]
            "token.actions.githubusercontent.com:ref"           = ["StringLike", [job.ref]]
            "token.actions.githubusercontent.com:repository_id" = ["StringEquals", ["987654321"]]
            "token.actions.githubusercontent.com:sub" = ["StringEquals", [
              "repo:acme@1234567890/orders@987654321:${job.subject}", "repo:acme/orders:${job.subject}",
            ]]
          },
      ]]
    })
    error_message = "A role is taken by a job of this repository alone: a stage's in its environment from main, the other by a pull request."
  }

  assert {
    condition = jsonencode({ for key, role in aws_iam_role.github : key => [role.path, role.name] }) == jsonencode({
      deploy-dev   = ["/github/", "demo-deploy-dev"]
      deploy-prod  = ["/github/", "demo-deploy-prod"]
      pull-request = ["/github/", "demo-pull-request"]
    })
    error_message = "No deploy role can change one of these: they are not among the roles of a stage."
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "An account has one provider for GitHub; the one given is used."
  }

  assert {
    condition = (
      jsonencode({ for key, policy in aws_iam_role_policy.github_read : key => policy.role }) == jsonencode({ for key, role in aws_iam_role.github : key => role.name }) &&
      jsonencode({ for key, policy in aws_iam_role_policy.github_write : key => policy.role }) == jsonencode({ deploy-dev = "demo-deploy-dev", deploy-prod = "demo-deploy-prod" })
    )
    error_message = "Every role reads, and none but those of stages writes."
  }
}

run "read" {
  command = plan

  assert {
    condition = jsonencode([
      for s in data.aws_iam_policy_document.github_read["pull-request"].statement : [s.sid, s.effect, s.actions, s.resources, s.condition]
      ]) == jsonencode([
      ["FindState", null, ["s3:ListBucket"], ["arn:aws:s3:::demo-tfstate-123456789012"], []],
      ["ReadState", null, ["s3:GetObject"], [
        "arn:aws:s3:::demo-tfstate-123456789012/dev.tfstate",
        "arn:aws:s3:::demo-tfstate-123456789012/prod.tfstate",
      ], []],
      ["ReadFunction", null, ["lambda:Get*", "lambda:List*"], [
        "arn:aws:lambda:*:123456789012:function:demo-dev",
        "arn:aws:lambda:*:123456789012:function:demo-dev:*",
        "arn:aws:lambda:*:123456789012:function:demo-prod",
        "arn:aws:lambda:*:123456789012:function:demo-prod:*",
      ], []],
      ["ReadRole", null, ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"], [
        "arn:aws:iam::123456789012:role/demo-dev",
        "arn:aws:iam::123456789012:role/demo-prod",
      ], []],
      ["ReadLogs", null, ["logs:ListTagsForResource"], [
        "arn:aws:logs:*:123456789012:log-group:/aws/vendedlogs/demo/dev/*",
        "arn:aws:logs:*:123456789012:log-group:/aws/vendedlogs/demo/prod/*",
        "arn:aws:logs:*:123456789012:log-group:/demo/dev/*",
        "arn:aws:logs:*:123456789012:log-group:/demo/prod/*",
      ], []],
      ["ReadAlarms", null, ["cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource"], [
        "arn:aws:cloudwatch:*:123456789012:alarm:demo-dev-*",
        "arn:aws:cloudwatch:*:123456789012:alarm:demo-prod-*",
        "arn:aws:cloudwatch::123456789012:dashboard/demo-dev",
        "arn:aws:cloudwatch::123456789012:dashboard/demo-prod",
      ], []],
      ["FindLogsAndAlarms", null, ["cloudwatch:DescribeAlarms", "logs:DescribeLogGroups"], [
        "arn:aws:cloudwatch:*:123456789012:alarm:*",
        "arn:aws:logs:*:123456789012:log-group:*",
      ], []],
    ])
    error_message = "A pull request sees the stages of this account, and changes nothing."
  }

  assert {
    condition     = jsonencode(data.aws_iam_policy_document.github_read["deploy-dev"].statement[1].resources) == jsonencode(["arn:aws:s3:::demo-tfstate-123456789012/dev.tfstate"])
    error_message = "A stage's role does not see another stage's state."
  }
}

run "write" {
  command = plan

  assert {
    condition = jsonencode([
      for s in data.aws_iam_policy_document.github_write["deploy-dev"].statement : [s.sid, s.effect, s.resources, s.condition]
      ]) == jsonencode([
      ["WriteState", null, ["arn:aws:s3:::demo-tfstate-123456789012/dev.tfstate", "arn:aws:s3:::demo-tfstate-123456789012/dev.tfstate.tflock"], []],
      ["ReleaseState", null, ["arn:aws:s3:::demo-tfstate-123456789012/dev.tfstate.tflock"], []],
      ["ChangeFunction", null, ["arn:aws:lambda:*:123456789012:function:demo-dev", "arn:aws:lambda:*:123456789012:function:demo-dev:*"], []],
      ["FindNetwork", null, ["*"], []],
      ["ReadNetwork", null, ["arn:aws:ec2:*:123456789012:vpc/*"], []],
      ["ChangeRole", null, ["arn:aws:iam::123456789012:role/demo-dev"], []],
      ["GiveToRole", null, ["arn:aws:iam::123456789012:role/demo-dev"], []],
      ["PassRole", null, ["arn:aws:iam::123456789012:role/demo-dev"], [
        { test = "StringEquals", values = ["lambda.amazonaws.com"], variable = "iam:PassedToService" },
      ]],
      ["ChangeLogs", null, ["arn:aws:logs:*:123456789012:log-group:/aws/vendedlogs/demo/dev/*", "arn:aws:logs:*:123456789012:log-group:/demo/dev/*"], []],
      ["ChangeAlarms", null, ["arn:aws:cloudwatch:*:123456789012:alarm:demo-dev-*", "arn:aws:cloudwatch::123456789012:dashboard/demo-dev"], []],
    ])
    error_message = "A stage's role changes what is that stage's, and hands its role to Lambda alone."
  }

  assert {
    condition = jsonencode({ for s in data.aws_iam_policy_document.github_write["deploy-dev"].statement : s.sid => s.actions }) == jsonencode({
      ChangeAlarms = [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:DeleteDashboards",
        "cloudwatch:PutDashboard",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ]
      ChangeFunction = [
        "lambda:AddPermission",
        "lambda:CreateAlias",
        "lambda:CreateFunction",
        "lambda:DeleteAlias",
        "lambda:DeleteFunction",
        "lambda:DeleteFunctionConcurrency",
        "lambda:PublishVersion",
        "lambda:PutFunctionConcurrency",
        "lambda:RemovePermission",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ]
      ChangeLogs = [
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:DeleteRetentionPolicy",
        "logs:DisassociateKmsKey",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ]
      ChangeRole   = ["iam:DeleteRole", "iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole"]
      FindNetwork  = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
      GiveToRole   = ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
      PassRole     = ["iam:PassRole"]
      ReadNetwork  = ["ec2:GetSecurityGroupsForVpc"]
      ReleaseState = ["s3:DeleteObject", "s3:GetObject"]
      WriteState   = ["s3:PutObject"]
    })
    error_message = "No state is deleted, no boundary taken off, and nothing of the function's invoked."
  }
}

run "boundary" {
  command = plan

  variables {
    github = {
      owner                    = "acme"
      owner_id                 = 1234567890
      name                     = "orders"
      id                       = 987654321
      permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    }
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.github_write["deploy-dev"].statement : s.condition if s.sid == "GiveToRole"]) == jsonencode([[
      { test = "StringEquals", values = ["arn:aws:iam::123456789012:policy/boundary"], variable = "iam:PermissionsBoundary" },
    ]])
    error_message = "With a boundary the function's role is given nothing beyond it."
  }

  assert {
    condition = (
      aws_iam_openid_connect_provider.github[0].url == "https://token.actions.githubusercontent.com" &&
      jsonencode(aws_iam_openid_connect_provider.github[0].client_id_list) == jsonencode(["sts.amazonaws.com"])
    )
    error_message = "Where no provider is given, one for AWS alone is made."
  }
}

run "not_connected" {
  command = plan

  variables {
    github = null
  }

  assert {
    condition     = length(aws_iam_role.github) == 0 && length(aws_iam_openid_connect_provider.github) == 0 && output.github_variables == ""
    error_message = "Without a repository nobody is trusted."
  }
}

run "no_stages" {
  command = plan

  variables {
    stages = []
  }

  assert {
    condition     = length(aws_iam_role.github) == 0
    error_message = "An account without stages has no role for them."
  }
}

run "wrong_owner" {
  command = plan

  variables {
    github = { owner = "acme/*", owner_id = 1, name = "orders", id = 2 }
  }

  expect_failures = [var.github]
}

run "wrong_name" {
  command = plan

  variables {
    github = { owner = "acme", owner_id = 1, name = "*", id = 2 }
  }

  expect_failures = [var.github]
}

run "wrong_owner_id" {
  command = plan

  variables {
    github = { owner = "acme", owner_id = 0, name = "orders", id = 2 }
  }

  expect_failures = [var.github]
}

run "wrong_id" {
  command = plan

  variables {
    github = { owner = "acme", owner_id = 1, name = "orders", id = 1.5 }
  }

  expect_failures = [var.github]
}

run "wrong_provider" {
  command = plan

  variables {
    github = { owner = "acme", owner_id = 1, name = "orders", id = 2, oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/example.com" }
  }

  expect_failures = [var.github]
}

run "wrong_boundary" {
  command = plan

  variables {
    github = { owner = "acme", owner_id = 1, name = "orders", id = 2, permissions_boundary_arn = "boundary" }
  }

  expect_failures = [var.github]
}

run "wrong_stage" {
  command = plan

  variables {
    stages = ["Dev"]
  }

  expect_failures = [var.stages]
}

run "name_too_long" {
  command = plan

  variables {
    name   = "a-service-whose-name-fills-almost-all-room"
    stages = ["averyverylongstage"]
  }

  expect_failures = [aws_iam_role.github]
}
