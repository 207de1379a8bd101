# Where jobs wait, and where those end that failed each time.

resource "aws_sqs_queue" "jobs" {
  name                       = "${local.full_name}-jobs"
  visibility_timeout_seconds = 6 * var.jobs.timeout_s # as AWS advises, so that none is given out twice while it is worked on
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null
  kms_master_key_id          = var.kms_key_arn
  tags                       = var.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = var.jobs.attempts
  })
}

resource "aws_sqs_queue" "dead" {
  name                      = "${local.full_name}-jobs-dead"
  message_retention_seconds = 1209600 # 14 days, the most there is
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url = aws_sqs_queue.dead.url

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.jobs.arn]
  })
}

data "aws_iam_policy_document" "queue" {
  for_each = { jobs = aws_sqs_queue.jobs.arn, dead = aws_sqs_queue.dead.arn }

  statement {
    sid       = "DenyPlainHttp"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "this" {
  for_each = { jobs = aws_sqs_queue.jobs.url, dead = aws_sqs_queue.dead.url }

  queue_url = each.value
  policy    = data.aws_iam_policy_document.queue[each.key].json
}

# A group of its own: by its name roles reach these schedules and no others, and its metrics are theirs alone.
resource "aws_scheduler_schedule_group" "this" {
  count = length(var.schedules) > 0 ? 1 : 0

  name = local.full_name
  tags = var.tags
}

# A schedule sends a message: what it starts is tried again, and kept when it fails, as all jobs are.
resource "aws_scheduler_schedule" "this" {
  #checkov:skip=CKV_AWS_297:Names and input of jobs are no secrets; secrets are read at run time
  for_each = var.schedules

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.this[0].name
  schedule_expression          = each.value.at
  schedule_expression_timezone = each.value.time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.scheduler[0].arn
    input    = jsonencode({ job = each.value.job, input = jsondecode(each.value.input) })
  }

  depends_on = [aws_iam_role_policy.scheduler] # a schedule may be due at once
}

data "aws_iam_policy_document" "assume_scheduler" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    # https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = aws_scheduler_schedule_group.this[*].arn
    }
  }
}

resource "aws_iam_role" "scheduler" {
  count = length(var.schedules) > 0 ? 1 : 0

  name                 = "${local.full_name}-scheduler"
  assume_role_policy   = data.aws_iam_policy_document.assume_scheduler.json
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length("${local.full_name}-scheduler") <= 64
      error_message = "The role of schedules would be named ${local.full_name}-scheduler; IAM allows 64 characters. Shorten name or stage."
    }
  }
}

data "aws_iam_policy_document" "scheduler" {
  statement {
    sid       = "SendMessages"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.jobs.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "EncryptMessages"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "scheduler" {
  count = length(aws_iam_role.scheduler)

  name   = "${local.full_name}-scheduler"
  role   = aws_iam_role.scheduler[0].name
  policy = data.aws_iam_policy_document.scheduler.json
}

output "queue_url" {
  description = "Queue that takes jobs, as messages {\"job\": \"…\", \"input\": {…}}."
  value       = aws_sqs_queue.jobs.url
}

output "queue_arn" {
  description = "ARN of that queue, for who else may send to it."
  value       = aws_sqs_queue.jobs.arn
}

output "dead_letter_queue_url" {
  description = "Queue of the messages that failed each time; sqs start-message-move-task sends them back."
  value       = aws_sqs_queue.dead.url
}
