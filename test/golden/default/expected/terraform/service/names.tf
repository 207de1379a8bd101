data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.region

  # Name of the function, its role, its API and its dashboard; an alarm's begins with it.
  full_name = "${var.name}-${var.stage}"
}
