# What the workflows may see and change of the gateway. An ARN has an id here, not a name: the tags that Terraform gives
# tell whose it is. A role makes what it gives its own stage's tags, and changes what has them.

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

  # What is made has no id yet, so its tags are asked for under a real asterisk.
  statement {
    sid     = "MakeApi"
    actions = ["apigateway:POST", "apigateway:TagResource"]
    resources = [
      "${local.arn}:apigateway:*::/apis",
      "${local.arn}:apigateway:*::/tags/arn%3A*%2Fapis%2F&{*}",
    ]

    dynamic "condition" {
      for_each = local.owner_tags[each.value]

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "TagApiStage"
    actions   = ["apigateway:TagResource"]
    resources = ["${local.arn}:apigateway:*::/apis/*/stages"]

    dynamic "condition" {
      for_each = local.owner_tags[each.value]

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  # Each part of an API counts as tagged like it.
  # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
  statement {
    sid       = "ChangeApi"
    actions   = ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource", "apigateway:UntagResource"]
    resources = ["${local.arn}:apigateway:*::/apis/*"]

    dynamic "condition" {
      for_each = local.owner_tags[each.value]

      content {
        test     = "StringEquals"
        variable = "aws:ResourceTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  # All tags but those that tell whose an API is: for these requests API Gateway knows no condition that could.
  # https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
  statement {
    sid       = "ChangeTags"
    actions   = ["apigateway:DELETE", "apigateway:POST", "apigateway:PUT"]
    resources = ["${local.arn}:apigateway:*::/tags/*"]

    condition {
      test     = "ForAllValues:StringNotEquals"
      variable = "aws:TagKeys"
      values   = ["Project", "Stage"]
    }

    condition {
      test     = "Null"
      variable = "aws:TagKeys"
      values   = ["false"]
    }
  }

  # API Gateway makes its own role with an account's first API.
  statement {
    sid       = "MakeGatewaysRole"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["${local.arn}:iam::${local.account}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway"]
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
}
