# The bucket that keeps the states: they hold every value that Terraform knows, secret ones too.

mock_provider "aws" {
  mock_data "aws_partition" { defaults = { partition = "aws" } }
  mock_data "aws_caller_identity" { defaults = { account_id = "123456789012" } }
  mock_data "aws_iam_policy_document" { defaults = { json = "{}" } }
}

variables {
  name   = "demo"
  region = "eu-west-1"
}

run "defaults" {
  command = plan # a bucket that must not be destroyed could not be made only to test it

  assert {
    condition     = aws_s3_bucket.state[0].bucket == "demo-tfstate-123456789012" && output.bucket == "demo-tfstate-123456789012"
    error_message = "The bucket is the service's own, in each account."
  }

  assert {
    condition     = aws_s3_bucket_versioning.state[0].versioning_configuration[0].status == "Enabled"
    error_message = "Every state can be had back."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.state[0].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "States are encrypted at rest."
  }

  assert {
    condition = (
      aws_s3_bucket_public_access_block.state[0].block_public_acls &&
      aws_s3_bucket_public_access_block.state[0].block_public_policy &&
      aws_s3_bucket_public_access_block.state[0].ignore_public_acls &&
      aws_s3_bucket_public_access_block.state[0].restrict_public_buckets
    )
    error_message = "No state is public, whatever else is set."
  }

  assert {
    condition     = aws_s3_bucket_ownership_controls.state[0].rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "Access is told by policies alone, not by ACLs."
  }

  assert {
    condition = (
      aws_s3_bucket_lifecycle_configuration.state[0].rule[0].status == "Enabled" &&
      aws_s3_bucket_lifecycle_configuration.state[0].rule[0].noncurrent_version_expiration[0].noncurrent_days == 90 &&
      aws_s3_bucket_lifecycle_configuration.state[0].rule[0].noncurrent_version_expiration[0].newer_noncurrent_versions == 10
    )
    error_message = "Ten old versions stay for good, the others for 90 days."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.state.statement : [s.sid, s.effect, s.actions, s.resources, s.principals, s.condition]]) == jsonencode([
      for sid, condition in {
        DenyOldTls    = { test = "NumericLessThan", values = ["1.2"], variable = "s3:TlsVersion" }
        DenyPlainHttp = { test = "Bool", values = ["false"], variable = "aws:SecureTransport" }
        } : [
        sid, "Deny", ["s3:*"],
        ["arn:aws:s3:::demo-tfstate-123456789012", "arn:aws:s3:::demo-tfstate-123456789012/*"],
        [{ identifiers = ["*"], type = "*" }],
        [condition],
      ]
    ])
    error_message = "Nobody reads or writes a state without TLS 1.2."
  }

  assert {
    condition     = aws_s3_bucket_policy.state[0].bucket == aws_s3_bucket.state[0].bucket
    error_message = "The policy is the bucket's."
  }
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-service-whose-name-leaves-no-room-for-an-accounts-id"
  }

  expect_failures = [aws_s3_bucket.state]
}

run "wrong" {
  command = plan

  variables {
    name   = "Demo"
    region = "europe"
  }

  expect_failures = [var.name, var.region]
}

run "bucket_of_the_platform" {
  command = plan

  variables {
    state_bucket = "acme-states"
  }

  assert {
    condition     = output.bucket == "acme-states" && length(aws_s3_bucket.state) == 0 && length(aws_s3_bucket_policy.state) == 0
    error_message = "A bucket that is named is used, and nothing of it is changed."
  }
}
