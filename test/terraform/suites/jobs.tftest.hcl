# Jobs: their function, their queue and their schedules.

override_resource {
  target = aws_sqs_queue.dead
  values = { arn = "arn:aws-cn:sqs:cn-north-1:123456789012:demo-dev-jobs-dead", url = "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/demo-dev-jobs-dead" }
}

run "defaults" {
  assert {
    condition = (
      aws_lambda_function.jobs.function_name == "demo-dev-jobs" &&
      aws_lambda_function.jobs.handler == "jobs.handler" &&
      aws_lambda_function.jobs.role == aws_iam_role.this.arn &&
      aws_lambda_function.jobs.source_code_hash == aws_lambda_function.this.source_code_hash &&
      aws_lambda_function.jobs.publish
    )
    error_message = "A second function has the same bundle and the same role, and a deploy publishes a version of it."
  }

  assert {
    condition     = aws_lambda_function.jobs.logging_config[0].log_group == "/demo/dev/jobs" && aws_cloudwatch_log_group.jobs.retention_in_days == 30
    error_message = "It writes into a log of its own, which forgets."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.jobs.function_name == aws_lambda_alias.jobs.arn &&
      aws_lambda_event_source_mapping.jobs.event_source_arn == aws_sqs_queue.jobs.arn &&
      aws_lambda_event_source_mapping.jobs.function_response_types == toset(["ReportBatchItemFailures"]) &&
      aws_lambda_event_source_mapping.jobs.scaling_config[0].maximum_concurrency == 5
    )
    error_message = "The queue calls the alias, which says what of a batch failed, as often at once as was asked."
  }

  assert {
    condition     = aws_sqs_queue.jobs.visibility_timeout_seconds == 6 * aws_lambda_function.jobs.timeout
    error_message = "No message is given out twice while it is worked on."
  }

  assert {
    condition = (
      jsondecode(aws_sqs_queue.jobs.redrive_policy).maxReceiveCount == 5 &&
      jsondecode(aws_sqs_queue.jobs.redrive_policy).deadLetterTargetArn == aws_sqs_queue.dead.arn &&
      aws_sqs_queue.dead.message_retention_seconds == 1209600
    )
    error_message = "What failed five times is kept for 14 days."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_allow_policy.dead.redrive_allow_policy).sourceQueueArns == [aws_sqs_queue.jobs.arn]
    error_message = "No other queue puts its dead letters there."
  }

  assert {
    condition     = aws_sqs_queue.jobs.sqs_managed_sse_enabled && aws_sqs_queue.dead.sqs_managed_sse_enabled
    error_message = "Messages are encrypted."
  }

  assert {
    condition = alltrue([for document in data.aws_iam_policy_document.queue : jsonencode([
      for s in document.statement : [s.effect, s.actions, s.principals, s.condition]
      ]) == jsonencode([[
        "Deny",
        ["sqs:*"],
        [{ identifiers = ["*"], type = "*" }],
        [{ test = "Bool", values = ["false"], variable = "aws:SecureTransport" }],
    ]])])
    error_message = "Nobody uses the queues without TLS."
  }

  assert {
    condition     = length(aws_sqs_queue_policy.this) == 2
    error_message = "Each queue has its policy."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.jobs.statement : [s.actions, s.resources]]) == jsonencode([
      [["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage"], [aws_sqs_queue.jobs.arn]],
      [["logs:CreateLogStream", "logs:PutLogEvents"], ["${aws_cloudwatch_log_group.jobs.arn}:*"]],
    ])
    error_message = "The function's role uses this queue and writes this log, and no other."
  }

  assert {
    condition     = jsonencode([for s in data.aws_iam_policy_document.scheduler.statement : [s.actions, s.resources]]) == jsonencode([[["sqs:SendMessage"], [aws_sqs_queue.jobs.arn]]])
    error_message = "Schedules may send to the queue, and nothing else."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables.QUEUE_URL == aws_sqs_queue.jobs.url && aws_lambda_function.jobs.environment[0].variables.QUEUE_URL == aws_sqs_queue.jobs.url
    error_message = "Routes and jobs know where to send jobs."
  }

  assert {
    condition     = length(setsubtract(["dead-letters", "jobs-errors", "jobs-late"], keys(aws_cloudwatch_metric_alarm.this))) == 0
    error_message = "Alarms tell of jobs that fail, that failed each time, and that wait."
  }

  assert {
    condition = (
      length(aws_scheduler_schedule.this) + length(aws_scheduler_schedule_group.this) + length(aws_iam_role.scheduler) == 0 &&
      !contains(keys(aws_cloudwatch_metric_alarm.this), "schedules")
    )
    error_message = "Nothing is scheduled unasked."
  }
}

run "options" {
  variables {
    jobs                     = { memory_mb = 1024, timeout_s = 60, batch_size = 1, concurrency = 2, attempts = 3, max_age_s = 60 }
    environment              = { TABLE = "demo" }
    kms_key_arn              = "arn:aws-cn:kms:cn-north-1:123456789012:key/demo"
    permissions_boundary_arn = "arn:aws-cn:iam::123456789012:policy/boundary"
    tags                     = { Team = "demo" }
    vpc                      = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    schedules = {
      breakfast = { job = "deliver-message", at = "cron(0 9 ? * MON-FRI *)", time_zone = "Europe/Berlin", input = "{\"text\":\"Good morning\"}" }
      hourly    = { job = "deliver-message", at = "rate(1 hour)" }
    }
  }

  assert {
    condition = (
      aws_lambda_function.jobs.memory_size == 1024 && aws_lambda_function.jobs.timeout == 60 && aws_sqs_queue.jobs.visibility_timeout_seconds == 360 &&
      aws_lambda_function.jobs.environment[0].variables.TABLE == "demo" && aws_lambda_function.jobs.vpc_config[0].security_group_ids == toset(["sg-1"])
    )
    error_message = "Jobs have their own time and memory, and the environment and network of the service."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.jobs.batch_size == 1 && aws_lambda_event_source_mapping.jobs.scaling_config[0].maximum_concurrency == 2 &&
      jsondecode(aws_sqs_queue.jobs.redrive_policy).maxReceiveCount == 3 && aws_cloudwatch_metric_alarm.this["jobs-late"].threshold == 60
    )
    error_message = "Batches, concurrency, attempts and the longest wait are as asked."
  }

  assert {
    condition = jsonencode({ for name, s in aws_scheduler_schedule.this : s.name => [s.group_name, s.schedule_expression, s.schedule_expression_timezone, s.target[0].arn, s.target[0].input] }) == jsonencode({
      breakfast = ["demo-dev", "cron(0 9 ? * MON-FRI *)", "Europe/Berlin", aws_sqs_queue.jobs.arn, "{\"input\":{\"text\":\"Good morning\"},\"job\":\"deliver-message\"}"]
      hourly    = ["demo-dev", "rate(1 hour)", "UTC", aws_sqs_queue.jobs.arn, "{\"input\":{},\"job\":\"deliver-message\"}"]
    })
    error_message = "Each schedule sends its job to the queue at its time."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.assume_scheduler.statement : [s.principals, s.condition]]) == jsonencode([[
      [{ identifiers = ["scheduler.amazonaws.com"], type = "Service" }],
      [{ test = "StringEquals", values = [aws_scheduler_schedule_group.this[0].arn], variable = "aws:SourceArn" }],
    ]])
    error_message = "Schedules of this group take the role, and nobody else."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["schedules"].dimensions.ScheduleGroup == aws_scheduler_schedule_group.this[0].name
    error_message = "An alarm tells of schedules that cannot send."
  }

  assert {
    condition = (
      aws_lambda_function.jobs.kms_key_arn == var.kms_key_arn && aws_cloudwatch_log_group.jobs.kms_key_id == var.kms_key_arn &&
      aws_sqs_queue.jobs.kms_master_key_id == var.kms_key_arn && aws_sqs_queue.dead.kms_master_key_id == var.kms_key_arn &&
      data.aws_iam_policy_document.jobs.statement[1].resources == toset([var.kms_key_arn]) &&
      data.aws_iam_policy_document.scheduler.statement[1].resources == toset([var.kms_key_arn])
    )
    error_message = "The key encrypts environment, log and messages, and who sends may use it for that."
  }

  assert {
    condition     = aws_iam_role.scheduler[0].permissions_boundary == var.permissions_boundary_arn
    error_message = "The boundary bounds the schedules' role too."
  }

  assert {
    condition     = alltrue([for resource in [aws_lambda_function.jobs, aws_sqs_queue.jobs, aws_sqs_queue.dead, aws_cloudwatch_log_group.jobs, aws_iam_role.scheduler[0], aws_scheduler_schedule_group.this[0], aws_lambda_event_source_mapping.jobs] : resource.tags.Team == "demo"])
    error_message = "Everything carries the tags."
  }
}

run "wrong" {
  command = plan

  variables {
    jobs      = { concurrency = 1 }
    schedules = { Noon = { job = "deliver-message", at = "12:00", input = "{" } }
  }

  expect_failures = [var.jobs, var.schedules]
}

run "name_too_long" {
  command = plan

  variables {
    name      = "a-name-of-fifty-one-characters-which-is-quite-long1"
    schedules = { hourly = { job = "deliver-message", at = "rate(1 hour)" } }
  }

  expect_failures = [aws_iam_role.scheduler]
}

run "name_too_long_for_jobs" {
  command = plan

  variables {
    name = "a-name-of-fifty-six-characters-which-is-as-long-as-it-g1"
  }

  expect_failures = [aws_lambda_function.jobs]
}
