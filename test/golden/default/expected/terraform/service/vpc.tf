# Lambda keeps the function's network interfaces with these rights of its role; the Deny withholds them from its code.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions

data "aws_iam_policy_document" "vpc" {
  statement {
    sid       = "FindNetworkInterfaces"
    actions   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
    resources = ["*"] # EC2 knows no smaller resource for these two
  }

  statement {
    sid = "KeepNetworkInterfaces"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:UnassignPrivateIpAddresses",
    ]
    resources = ["arn:${local.partition}:ec2:${local.region}:${local.account}:*/*"] # Lambda refuses a narrower one
  }

  statement {
    sid       = "DenyNetworkInterfacesToCode"
    effect    = "Deny"
    actions   = ["ec2:*NetworkInterface*", "ec2:*PrivateIpAddresses"]
    resources = ["*"]

    condition {
      test     = "ArnEquals"
      variable = "lambda:SourceFunctionArn"
      values   = ["arn:${local.partition}:lambda:${local.region}:${local.account}:function:*"] # whichever acts as this role
    }
  }
}

resource "aws_iam_role_policy" "vpc" {
  count = var.vpc == null ? 0 : 1

  name   = "${local.full_name}-vpc"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.vpc.json
}
