# The function, its role and its log, with everything optional left out.

run "defaults" {
  assert {
    condition     = aws_lambda_function.this.function_name == "demo-dev" && aws_lambda_function.this.handler == "lambda.handler"
    error_message = "The function is named after service and stage, and starts in lambda.js."
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == filebase64sha256("./versions.tf")
    error_message = "A package of other bytes is a new version, one of the same bytes is none."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs24.x" && aws_lambda_function.this.architectures[0] == "arm64"
    error_message = "The function runs on the runtime named, on arm64."
  }

  assert {
    condition     = aws_lambda_function.this.role == aws_iam_role.this.arn
    error_message = "The function acts as its own role."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 512 && aws_lambda_function.this.timeout == 28
    error_message = "512 MB, and 28 seconds: less than any gateway waits."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1 && length(aws_lambda_function.this.vpc_config) == 0
    error_message = "No concurrency is reserved and no VPC joined unasked."
  }

  assert {
    condition = jsonencode({ for name, value in aws_lambda_function.this.environment[0].variables : name => value if name != "QUEUE_URL" }) == jsonencode({
      NODE_ENV     = "production"
      NODE_OPTIONS = "--enable-source-maps"
      STAGE        = "dev"
    })
    error_message = "The environment holds nothing more than the service needs."
  }

  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "Active"
    error_message = "Requests are traced."
  }

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.function_version == "7" && output.function_version == "7"
    error_message = "A deploy publishes a version, and the alias points to it."
  }

  assert {
    condition     = aws_cloudwatch_log_group.function.name == "/demo/dev/function" && aws_cloudwatch_log_group.function.retention_in_days == 30
    error_message = "The function's log group is ours, not one that Lambda makes, and forgets after 30 days."
  }

  assert {
    condition     = aws_cloudwatch_log_group.function.log_group_class == "STANDARD" && length(aws_lambda_function.this.layers) == 0
    error_message = "The log can be read by all that reads logs, and no layer lies over the function unasked."
  }

  assert {
    condition = jsonencode(aws_lambda_function.this.logging_config[0]) == jsonencode({
      log_group             = "/demo/dev/function"
      log_format            = "JSON"
      application_log_level = "INFO"
      system_log_level      = "WARN"
    })
    error_message = "The function writes JSON, from INFO up, into that group."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.assume.statement : [s.effect, s.actions, s.principals, s.condition]]) == jsonencode([
      [null, ["sts:AssumeRole"], [{ identifiers = ["lambda.amazonaws.com"], type = "Service" }], []],
    ])
    error_message = "Lambda, and nothing else, may assume the role."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.this.statement : [s.sid, s.effect, s.actions, s.resources]]) == jsonencode([
      ["WriteLogs", null, ["logs:CreateLogStream", "logs:PutLogEvents"], ["${aws_cloudwatch_log_group.function.arn}:*"]],
      ["WriteTraces", null, ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]],
    ])
    error_message = "The role may write to its own log group and send traces, and nothing else."
  }

  assert {
    condition     = aws_iam_role.this.name == "demo-dev" && aws_iam_role_policy.this.role == "demo-dev"
    error_message = "The role is named as the function, and the policy is its own."
  }

  assert {
    condition     = length(aws_iam_role_policy.vpc) == 0 && length(aws_iam_role_policy_attachment.this) == 0
    error_message = "No other policy is attached unasked."
  }

  assert {
    condition = jsonencode({ for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.threshold if !contains(["dead-letters", "jobs-errors", "jobs-late"], name) }) == jsonencode({
      duration-p95  = 3000
      errors        = 1
      server-errors = 5
      throttles     = 1
    })
    error_message = "There are four alarms, with these thresholds; none on a concurrency whose limit nobody knows."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["duration-p95"].extended_statistic == "p95" && aws_cloudwatch_metric_alarm.this["errors"].statistic == "Sum"
    error_message = "Durations are judged by their 95th percentile, errors by their number."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.treat_missing_data == "notBreaching" && alarm.comparison_operator == "GreaterThanOrEqualToThreshold"])
    error_message = "A service that nobody calls raises no alarm; reaching a threshold does."
  }
}
