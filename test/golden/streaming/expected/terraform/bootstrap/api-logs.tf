# API Gateway writes the logs of all REST APIs of an account and region as one role. It is set here, since no stage
# could: each would take it from the others, and be without it once the last to set it is destroyed. `make bootstrap`
# leaves out regions in which another role is set already.

variable "api_log_regions" {
  description = "Regions in which API Gateway logs as the role made here; null takes that of the bucket."
  type        = set(string)
  default     = null
}

data "aws_iam_policy_document" "api_logs" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "api_logs" {
  name               = "${var.name}-api-logs"
  assume_role_policy = data.aws_iam_policy_document.api_logs.json
}

resource "aws_iam_role_policy_attachment" "api_logs" {
  role       = aws_iam_role.api_logs.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  for_each = coalesce(var.api_log_regions, [var.region])

  region              = each.value
  cloudwatch_role_arn = aws_iam_role.api_logs.arn

  depends_on = [aws_iam_role_policy_attachment.api_logs]
}
