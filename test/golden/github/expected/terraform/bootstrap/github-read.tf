# What the workflows may see, by the names that terraform/service gives; a deploy, its own stage alone. Whatever else a
# stage comes to own, such as tables and queues, is added here and in github-write.tf.

locals {
  arn     = "arn:${data.aws_partition.current.partition}"
  account = data.aws_caller_identity.current.account_id

  state_prefix = var.state_bucket == null ? "" : "${var.name}/"

  # By stage, in any region, so that a stage can move; exactly the stage, so that dev does not reach what is dev2's.
  stage_arns = { for stage in local.stages : stage => {
    state     = "${local.bucket_arn}/${local.state_prefix}${stage}.tfstate"
    lock      = "${local.bucket_arn}/${local.state_prefix}${stage}.tfstate.tflock"
    dashboard = "${local.arn}:cloudwatch::${local.account}:dashboard/${var.name}-${stage}"
    alarms    = "${local.arn}:cloudwatch:*:${local.account}:alarm:${var.name}-${stage}/*"

    function = [
      "${local.arn}:lambda:*:${local.account}:function:${var.name}-${stage}",
      "${local.arn}:lambda:*:${local.account}:function:${var.name}-${stage}:*",
    ]

    # By the service that each is passed to.
    roles = {
      lambda = "${local.arn}:iam::${local.account}:role/${var.name}-${stage}"
    }
    log_groups = [
      "${local.arn}:logs:*:${local.account}:log-group:/${var.name}/${stage}/*",
      "${local.arn}:logs:*:${local.account}:log-group:/aws/vendedlogs/${var.name}/${stage}/*",
    ]
  } }
}

data "aws_iam_policy_document" "github_read" {
  for_each = local.github_roles

  source_policy_documents = [data.aws_iam_policy_document.github_api_read[each.key].json]

  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [local.bucket_arn] # without it S3 calls a state that was never written forbidden
  }

  statement {
    sid       = "ReadState"
    actions   = ["s3:GetObject"]
    resources = [for stage in each.value.stages : local.stage_arns[stage].state]
  }

  statement {
    sid       = "ReadFunction"
    actions   = ["lambda:Get*", "lambda:List*"]
    resources = flatten([for stage in each.value.stages : local.stage_arns[stage].function])
  }

  statement {
    sid       = "ReadRole"
    actions   = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"]
    resources = flatten([for stage in each.value.stages : values(local.stage_arns[stage].roles)])
  }

  # Lambda shows a function's environment only to who may decrypt it.
  dynamic "statement" {
    for_each = length(var.kms_key_arns) > 0 ? ["ReadEnvironment"] : []

    content {
      sid       = statement.value
      actions   = ["kms:Decrypt"]
      resources = var.kms_key_arns

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["lambda.*.amazonaws.com"]
      }
    }
  }

  statement {
    sid       = "ReadLogs"
    actions   = ["logs:ListTagsForResource"]
    resources = flatten([for stage in each.value.stages : local.stage_arns[stage].log_groups])
  }

  statement {
    sid       = "ReadAlarms"
    actions   = ["cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource"]
    resources = flatten([for stage in each.value.stages : [local.stage_arns[stage].alarms, local.stage_arns[stage].dashboard]])
  }

  statement {
    sid     = "FindLogsAndAlarms"
    actions = ["cloudwatch:DescribeAlarms", "logs:DescribeLogGroups"]
    resources = [ # both look through all there are
      "${local.arn}:cloudwatch:*:${local.account}:alarm:*",
      "${local.arn}:logs:*:${local.account}:log-group:*",
    ]
  }
}
