# When there are roles for workflows, and for which repository.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
  mock_resource "aws_iam_policy" { defaults = { arn = "arn:aws:iam::123456789012:policy/github/demo" } }
}

variables {
  name   = "demo"
  region = "eu-west-1"
  stages = ["dev", "prod"]
  github = {
    owner    = "acme"
    owner_id = 1234567890
    name     = "orders"
    id       = 987654321
  }
}

run "boundary" {
  command = plan # a bucket that must not be destroyed could not be made only to test it

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
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

run "provider_of_another_service" {
  command = plan

  variables {
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  }

  assert {
    condition = (
      length(aws_iam_openid_connect_provider.github) == 0 &&
      strcontains(jsonencode(data.aws_iam_policy_document.github_trust["deploy-dev"].statement), "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com")
    )
    error_message = "An account has one provider for GitHub: one that is there is trusted, and not made again."
  }
}

run "keys" {
  command = plan

  variables {
    kms_key_arns = ["arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = (
      jsonencode([for s in data.aws_iam_policy_document.github_read["plan"].statement : [s.actions, s.resources] if s.sid == "ReadEnvironment"]) ==
      jsonencode([[["kms:Decrypt"], ["arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]]])
    )
    error_message = "A plan reads an environment that the key encrypted."
  }

  assert {
    condition = (
      jsonencode([for s in data.aws_iam_policy_document.github_write["deploy-dev"].statement : [s.actions, s.resources] if s.sid == "UseKeys"]) ==
      jsonencode([[["kms:CreateGrant", "kms:Encrypt"], ["arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]]])
    )
    error_message = "A deploy lets the function use the key."
  }
}

run "wrong_key" {
  command = plan

  variables {
    kms_key_arns = ["alias/orders"]
  }

  expect_failures = [var.kms_key_arns]
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
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/example.com"
  }

  expect_failures = [var.oidc_provider_arn]
}

run "wrong_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
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
