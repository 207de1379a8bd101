# What the workflows may see and change of the gateway. ARNs have ids here, not names: the tags that Terraform gives tell
# whose an API is, and what is not tagged by itself is let pass.

locals {
  api_arns = ["${local.arn}:apigateway:*::/apis", "${local.arn}:apigateway:*::/apis/*", "${local.arn}:apigateway:*::/tags/*"]
}

data "aws_iam_policy_document" "github_api_read" {
  for_each = local.github_roles

  statement {
    sid       = "ReadApi"
    actions   = ["apigateway:GET"]
    resources = local.api_arns
  }
}

data "aws_iam_policy_document" "github_api_write" {
  for_each = local.deploy_roles

  statement {
    sid       = "ChangeApi"
    actions   = ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource", "apigateway:UntagResource"]
    resources = local.api_arns

    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:ResourceTag/Project"
      values   = [var.name]
    }

    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:ResourceTag/Stage"
      values   = [each.value]
    }
  }

  # https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html#http-api-logging.permissions
  statement {
    sid = "DeliverLogs"
    actions = [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ]
    resources = ["*"] # CloudWatch Logs knows no smaller resource for these
  }

  # API Gateway makes its own role with an account's first API.
  statement {
    sid       = "MakeGatewaysRole"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["${local.arn}:iam::${local.account}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway"]
  }
}
