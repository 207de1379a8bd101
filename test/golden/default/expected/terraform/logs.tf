# Made before the function: one that Lambda makes keeps its lines forever, and is left behind by a destroy.
# The name is none that Lambda would use by itself, so it does not come back after one either.
resource "aws_cloudwatch_log_group" "function" {
  #checkov:skip=CKV_AWS_338:Log lines of requests are for finding faults; log_retention_days keeps them for an audit
  name              = "/${var.name}/${var.stage}/function"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}
