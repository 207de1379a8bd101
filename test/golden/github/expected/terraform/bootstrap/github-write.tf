# What a deploy may change besides: its own stage, by the names that terraform/service gives.

data "aws_iam_policy_document" "github_write" {
  for_each = local.deploy_roles

  statement {
    sid       = "WriteState"
    actions   = ["s3:PutObject"]
    resources = [local.stage_arns[each.value].state, local.stage_arns[each.value].lock]
  }

  statement {
    sid       = "ReleaseState"
    actions   = ["s3:DeleteObject", "s3:GetObject"]
    resources = [local.stage_arns[each.value].lock]
  }

  statement {
    sid = "ChangeFunction"
    actions = [
      "lambda:AddPermission",
      "lambda:CreateAlias",
      "lambda:CreateFunction",
      "lambda:DeleteAlias",
      "lambda:DeleteFunction",
      "lambda:DeleteFunctionConcurrency",
      "lambda:InvokeFunction",
      "lambda:PublishVersion",
      "lambda:PutFunctionConcurrency",
      "lambda:RemovePermission",
      "lambda:TagResource",
      "lambda:UntagResource",
      "lambda:UpdateAlias",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ]
    resources = local.stage_arns[each.value].function
  }

  # Lambda looks at a layer as the one who configures the function; another account's has to be shared with this one.
  statement {
    sid       = "UseLayers"
    actions   = ["lambda:GetLayerVersion"]
    resources = ["${local.arn}:lambda:*:*:layer:*"]
  }

  # Lambda looks at a VPC's subnets and security groups as the one who configures the function.
  statement {
    sid       = "FindNetwork"
    actions   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
    resources = ["*"] # EC2 knows no smaller resource for these three
  }

  statement {
    sid       = "ReadNetwork"
    actions   = ["ec2:GetSecurityGroupsForVpc"]
    resources = ["${local.arn}:ec2:*:${local.account}:vpc/*"]
  }

  statement {
    sid = "ChangeRole"
    actions = [
      "iam:DeleteRole",
      "iam:ListInstanceProfilesForRole",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
    ]
    resources = values(local.stage_arns[each.value].roles)
  }

  # Without a boundary this amounts to everything: what the function's role is given, its code may do.
  statement {
    sid = "GiveToRole"
    actions = [
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
    ]
    resources = values(local.stage_arns[each.value].roles)

    dynamic "condition" {
      for_each = var.permissions_boundary_arn[*]

      content {
        test     = "StringEquals"
        variable = "iam:PermissionsBoundary"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "PassRole"
    actions   = ["iam:PassRole"]
    resources = [local.stage_arns[each.value].roles.lambda]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["lambda.amazonaws.com"]
    }
  }

  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
  dynamic "statement" {
    for_each = length(var.kms_key_arns) > 0 ? ["UseKeys"] : []

    content {
      sid       = statement.value
      actions   = ["kms:CreateGrant", "kms:Encrypt"]
      resources = var.kms_key_arns

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["lambda.*.amazonaws.com"]
      }
    }
  }

  statement {
    sid = "ChangeLogs"
    actions = [
      "logs:AssociateKmsKey",
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:DeleteRetentionPolicy",
      "logs:DisassociateKmsKey",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ]
    resources = local.stage_arns[each.value].log_groups
  }

  statement {
    sid = "ChangeAlarms"
    actions = [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:DeleteDashboards",
      "cloudwatch:PutDashboard",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ]
    resources = [local.stage_arns[each.value].alarms, local.stage_arns[each.value].dashboard]
  }
}
