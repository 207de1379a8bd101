# Workflows sign in with a token that GitHub signs for each job, so there is no key to keep.
# https://docs.github.com/en/actions/reference/security/oidc

locals {
  stage_folder = "${path.module}/../stages"

  # No stage of another account: whoever may deploy dev there could otherwise come by way of dev into the account of prod.
  stages = coalesce(var.stages, toset([
    for path in fileset(local.stage_folder, "*/backend.tf") : dirname(path)
    if strcontains(file("${local.stage_folder}/${path}"), "\"${data.aws_caller_identity.current.account_id}\"")
  ]))

  # Each role, with the stages that it is for and what a token has to say of its job.
  github_roles = {
    for name, role in merge(
      { plan = { stages = local.stages, subjects = ["pull_request", "ref:refs/heads/main"], refs = ["refs/pull/*/merge", "refs/heads/main"] } },
      { for stage in local.stages : "deploy-${stage}" => { stages = toset([stage]), subjects = ["environment:${stage}"], refs = ["refs/heads/main"] } },
    ) : name => role if var.github != null && length(role.stages) > 0
  }
  deploy_roles = { for name, role in local.github_roles : name => one(role.stages) if name != "plan" }

  # What Terraform tags everything of a stage with, so that its role knows its own.
  owner_tags = { for stage in local.stages : stage => { Project = var.name, Stage = stage } }

  oidc_issuer       = "token.actions.githubusercontent.com"
  oidc_provider_arn = one(concat(var.oidc_provider_arn[*], aws_iam_openid_connect_provider.github[*].arn))
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.github != null && var.oidc_provider_arn == null ? 1 : 0

  url            = "https://${local.oidc_issuer}"
  client_id_list = ["sts.amazonaws.com"]

  lifecycle {
    prevent_destroy = true # other services of the account may sign in by it
  }
}

data "aws_iam_policy_document" "github_trust" {
  for_each = local.github_roles

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.oidc_issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    # The first in repositories made, renamed or transferred since 15 July 2026, the second in older ones.
    condition {
      test     = "StringEquals"
      variable = "${local.oidc_issuer}:sub"
      values = flatten([for subject in each.value.subjects : [
        "repo:${var.github.owner}@${var.github.owner_id}/${var.github.name}@${var.github.id}:${subject}",
        "repo:${var.github.owner}/${var.github.name}:${subject}",
      ]])
    }

    # A name can pass to somebody else, this number cannot.
    condition {
      test     = "StringEquals"
      variable = "${local.oidc_issuer}:repository_id"
      values   = [tostring(var.github.id)]
    }

    # Also where nobody has told an environment which branches it is for.
    condition {
      test     = "StringLike"
      variable = "${local.oidc_issuer}:ref"
      values   = each.value.refs
    }
  }
}

resource "aws_iam_role" "github" {
  for_each = local.github_roles

  name               = "${var.name}-${each.key}"
  path               = "/github/" # where no deploy role may change a role, its own included
  assume_role_policy = data.aws_iam_policy_document.github_trust[each.key].json

  lifecycle {
    precondition {
      condition     = length("${var.name}-${each.key}") <= 64
      error_message = "The role would be named ${var.name}-${each.key}, ${length("${var.name}-${each.key}")} characters long; IAM allows 64. Shorten name or stage."
    }
  }
}

# Not inline as the third: together they would leave no room in the 10,240 characters that a role's inline policies may have.
resource "aws_iam_policy" "github_read" {
  for_each = local.github_roles

  name   = "${var.name}-${each.key}-read"
  path   = "/github/"
  policy = data.aws_iam_policy_document.github_read[each.key].json
}

resource "aws_iam_role_policy_attachment" "github_read" {
  for_each = local.github_roles

  role       = aws_iam_role.github[each.key].name
  policy_arn = aws_iam_policy.github_read[each.key].arn
}

resource "aws_iam_policy" "github_api" {
  for_each = data.aws_iam_policy_document.github_api_write

  name   = "${var.name}-${each.key}-api"
  path   = "/github/"
  policy = each.value.json
}

resource "aws_iam_role_policy_attachment" "github_api" {
  for_each = local.deploy_roles

  role       = aws_iam_role.github[each.key].name
  policy_arn = aws_iam_policy.github_api[each.key].arn
}

resource "aws_iam_role_policy" "github_write" {
  for_each = data.aws_iam_policy_document.github_write

  name   = "write"
  role   = aws_iam_role.github[each.key].name
  policy = each.value.json
}

output "github_variables" {
  description = "Variables of the GitHub repository: gh variable set --env-file -"
  value = join("\n", distinct(flatten([for name, stage in local.deploy_roles : [
    "AWS_REGION=${var.region}",
    "AWS_PLAN_ROLE_${upper(stage)}=${aws_iam_role.github["plan"].arn}",
    "AWS_DEPLOY_ROLE_${upper(stage)}=${aws_iam_role.github[name].arn}",
  ]])))
}
