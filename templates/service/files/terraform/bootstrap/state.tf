# A bucket in each account that the service is deployed to, for the states of its stages there and of this folder.

variable "state_bucket" {
  description = "Bucket that exists already and keeps states, below the service's name; null makes one for the service."
  type        = string
  default     = null
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  bucket     = coalesce(var.state_bucket, "${var.name}-tfstate-${data.aws_caller_identity.current.account_id}")
  bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${local.bucket}"
  own_bucket = var.state_bucket == null ? 1 : 0
}

resource "aws_s3_bucket" "state" {
  #checkov:skip=CKV_AWS_18:CloudTrail's data events tell who read a state; a log bucket would need one itself
  #checkov:skip=CKV_AWS_144:Versions keep states from being lost, and what they describe lies in one region too
  #checkov:skip=CKV_AWS_145:They are encrypted with S3's own key; a key of the account's would repeat the bucket's policy
  #checkov:skip=CKV2_AWS_62:Nothing waits for a state to change
  count = local.own_bucket

  bucket = local.bucket

  lifecycle {
    prevent_destroy = true # what it describes would go on, and cost, without anyone knowing it

    precondition {
      condition     = length(local.bucket) <= 63
      error_message = "The bucket would be named ${local.bucket}, ${length(local.bucket)} characters long; S3 allows 63. Shorten name."
    }
  }
}

resource "aws_s3_bucket_versioning" "state" {
  count  = local.own_bucket
  bucket = aws_s3_bucket.state[0].bucket

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  count  = local.own_bucket
  bucket = aws_s3_bucket.state[0].bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  count  = local.own_bucket
  bucket = aws_s3_bucket.state[0].bucket

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "state" {
  count  = local.own_bucket
  bucket = aws_s3_bucket.state[0].bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  count  = local.own_bucket
  bucket = aws_s3_bucket.state[0].bucket

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days           = 90
      newer_noncurrent_versions = 10
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

data "aws_iam_policy_document" "state" {
  dynamic "statement" {
    for_each = {
      DenyOldTls    = ["NumericLessThan", "s3:TlsVersion", "1.2"]
      DenyPlainHttp = ["Bool", "aws:SecureTransport", "false"]
    }

    content {
      sid       = statement.key
      effect    = "Deny"
      actions   = ["s3:*"]
      resources = [local.bucket_arn, "${local.bucket_arn}/*"]

      principals {
        type        = "*"
        identifiers = ["*"]
      }

      condition {
        test     = statement.value[0]
        variable = statement.value[1]
        values   = [statement.value[2]]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "state" {
  count  = local.own_bucket
  bucket = aws_s3_bucket.state[0].bucket
  policy = data.aws_iam_policy_document.state.json

  depends_on = [aws_s3_bucket_public_access_block.state]
}

output "bucket" {
  description = "Name of the bucket that keeps the states of this account's stages."
  value       = local.bucket
}
