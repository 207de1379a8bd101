# A second function of the same bundle and role, with time, memory and concurrency of its own: jobs do not take those of callers.

resource "aws_lambda_function" "jobs" {
  #checkov:skip=CKV_AWS_115:The queue's own limit, jobs.concurrency, keeps messages waiting where reserved concurrency would throttle
  #checkov:skip=CKV_AWS_116:Who calls it is told of a failure, so there is no event to keep
  #checkov:skip=CKV_AWS_117:Nothing it reaches lies in a VPC until vpc is set
  #checkov:skip=CKV_AWS_272:Who may deploy is told by IAM and by the review of a plan; signing profiles are an account's choice
  function_name    = "${local.full_name}-jobs"
  role             = aws_iam_role.this.arn
  filename         = local.package_path
  source_code_hash = filebase64sha256(local.package_path)
  handler          = "jobs.handler"
  runtime          = var.runtime
  architectures    = aws_lambda_function.this.architectures
  memory_size      = var.jobs.memory_mb
  timeout          = var.jobs.timeout_s
  kms_key_arn      = var.kms_key_arn
  layers           = var.layers
  publish          = true
  tags             = var.tags

  environment {
    variables = aws_lambda_function.this.environment[0].variables
  }

  logging_config {
    log_group             = aws_cloudwatch_log_group.jobs.name
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "WARN"
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy.jobs, aws_iam_role_policy.vpc]

  lifecycle {
    precondition {
      condition     = length("${local.full_name}-jobs") <= 64
      error_message = "The function of the jobs would be named ${local.full_name}-jobs; Lambda allows 64 characters. Shorten name or stage."
    }
  }
}

# What the queue calls; `make release` and `make rollback` move it to the code that answers callers.
resource "aws_lambda_alias" "jobs" {
  name             = aws_lambda_alias.live.name
  function_name    = aws_lambda_function.jobs.function_name
  function_version = aws_lambda_function.jobs.version

  lifecycle {
    ignore_changes = [description, function_version, routing_config]
  }
}

resource "aws_cloudwatch_log_group" "jobs" {
  #checkov:skip=CKV_AWS_338:Log lines of requests are for finding faults; log_retention_days keeps them for an audit
  name              = "/${var.name}/${var.stage}/jobs"
  log_group_class   = var.log_class
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn        = aws_sqs_queue.jobs.arn
  function_name           = aws_lambda_alias.jobs.arn
  batch_size              = var.jobs.batch_size
  function_response_types = ["ReportBatchItemFailures"] # what failed of a batch is tried again, and not the rest
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = var.jobs.concurrency
  }

  depends_on = [aws_iam_role_policy.jobs] # Lambda asks the queue as the function's role
}

data "aws_iam_policy_document" "jobs" {
  statement {
    sid = "UseQueue"
    actions = [
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ]
    resources = [aws_sqs_queue.jobs.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "EncryptMessages"
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }

  statement {
    sid       = "WriteLogsOfJobs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.jobs.arn}:*"]
  }
}

resource "aws_iam_role_policy" "jobs" {
  name   = "${local.full_name}-jobs"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.jobs.json
}

check "jobs_released" {
  assert {
    condition     = aws_lambda_alias.jobs.function_version == aws_lambda_function.jobs.version
    error_message = "Version ${aws_lambda_function.jobs.version} of the jobs is published, but ${aws_lambda_alias.jobs.function_version} does them: make release."
  }
}

output "jobs_function_name" {
  description = "Name of the function that does jobs."
  value       = aws_lambda_function.jobs.function_name
}

output "jobs_log_group_name" {
  description = "Log group of the jobs."
  value       = aws_cloudwatch_log_group.jobs.name
}
