# What each optional variable adds, and that it adds no more.

run "everything" {
  variables {
    vpc                  = { subnet_ids = ["subnet-1", "subnet-2"], security_group_ids = ["sg-1"] }
    kms_key_arn          = "arn:aws-cn:kms:cn-north-1:123456789012:key/demo"
    log_retention_days   = 365
    log_level            = "DEBUG"
    log_class            = "INFREQUENT_ACCESS"
    layers               = ["arn:aws-cn:lambda:cn-north-1:123456789012:layer:insights:12", "arn:aws-cn:lambda:cn-north-1:123456789012:layer:otel:3"]
    memory_mb            = 1769
    timeout_s            = 10
    reserved_concurrency = 50
    environment          = { TABLE = "demo" }
    tags                 = { Team = "demo" }
    alarms               = { topic_arns = ["arn:aws-cn:sns:cn-north-1:123456789012:demo"], errors = 3 }

    secret_arns = [
      "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/demo/*",
      "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:demo-AbCdEf",
    ]

    policies = {
      ReadTable = {
        actions    = ["dynamodb:GetItem"]
        resources  = ["arn:aws-cn:dynamodb:cn-north-1:123456789012:table/demo"]
        conditions = [{ test = "StringEquals", variable = "aws:ResourceAccount", values = ["123456789012"] }]
      }
    }

    managed_policy_arns      = { insights = "arn:aws-cn:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy" }
    permissions_boundary_arn = "arn:aws-cn:iam::123456789012:policy/boundary"
  }

  assert {
    condition = (
      jsonencode(aws_lambda_function.this.vpc_config[0].subnet_ids) == jsonencode(["subnet-1", "subnet-2"]) &&
      jsonencode(aws_lambda_function.this.vpc_config[0].security_group_ids) == jsonencode(["sg-1"])
    )
    error_message = "The function runs in these subnets and security groups."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.vpc.statement : [s.sid, s.effect, s.actions, s.resources]]) == jsonencode([
      ["FindNetworkInterfaces", null, ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], ["*"]],
      ["KeepNetworkInterfaces", null, [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:UnassignPrivateIpAddresses",
      ], ["arn:aws-cn:ec2:cn-north-1:123456789012:*/*"]],
      ["DenyNetworkInterfacesToCode", "Deny", ["ec2:*NetworkInterface*", "ec2:*PrivateIpAddresses"], ["*"]],
    ])
    error_message = "Lambda may keep network interfaces for the function."
  }

  assert {
    condition = jsonencode(data.aws_iam_policy_document.vpc.statement[2].condition) == jsonencode([{
      test     = "ArnEquals"
      values   = ["arn:aws-cn:lambda:cn-north-1:123456789012:function:*"]
      variable = "lambda:SourceFunctionArn"
    }])
    error_message = "The function's own code may not touch them."
  }

  assert {
    condition     = aws_iam_role_policy.vpc[0].role == "demo-dev"
    error_message = "The policy is the role's."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.this.statement : [s.sid, s.actions, s.resources]]) == jsonencode([
      ["WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], ["${aws_cloudwatch_log_group.function.arn}:*"]],
      ["WriteTraces", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]],
      ["ReadEnvironment", ["kms:Decrypt"], [var.kms_key_arn]],
      ["ReadSecretsSecretsmanager", ["secretsmanager:GetSecretValue"], ["arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:demo-AbCdEf"]],
      ["ReadSecretsSsm", ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"], ["arn:aws-cn:ssm:cn-north-1:123456789012:parameter/demo/*"]],
      ["ReadTable", ["dynamodb:GetItem"], ["arn:aws-cn:dynamodb:cn-north-1:123456789012:table/demo"]],
    ])
    error_message = "The key decrypts, each secret is read by its own service's action, and a statement is taken as it is."
  }

  assert {
    condition = jsonencode(data.aws_iam_policy_document.this.statement[5].condition) == jsonencode([
      { test = "StringEquals", values = ["123456789012"], variable = "aws:ResourceAccount" },
    ])
    error_message = "A statement keeps its conditions."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws-cn:iam::123456789012:policy/boundary"
    error_message = "The boundary bounds the role."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["insights"].policy_arn == "arn:aws-cn:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy"
    error_message = "The managed policy is attached."
  }

  assert {
    condition = (
      aws_lambda_function.this.kms_key_arn == var.kms_key_arn &&
      aws_cloudwatch_log_group.function.kms_key_id == var.kms_key_arn
    )
    error_message = "The key encrypts the environment and the log."
  }

  assert {
    condition     = aws_cloudwatch_log_group.function.retention_in_days == 365 && aws_cloudwatch_log_group.function.log_group_class == "INFREQUENT_ACCESS"
    error_message = "The log is kept as long, and as cheap, as was asked."
  }

  assert {
    condition     = jsonencode(aws_lambda_function.this.layers) == jsonencode(var.layers)
    error_message = "The layers lie over the function, in their order."
  }

  assert {
    condition = alltrue([for resource in concat(
      [aws_lambda_function.this, aws_iam_role.this, aws_cloudwatch_log_group.function], values(aws_cloudwatch_metric_alarm.this),
    ) : resource.tags.Team == "demo"])
    error_message = "Everything carries the tags."
  }

  assert {
    condition = (
      aws_lambda_function.this.memory_size == 1769 &&
      aws_lambda_function.this.timeout == 10 &&
      aws_lambda_function.this.reserved_concurrent_executions == 50 &&
      aws_lambda_function.this.logging_config[0].application_log_level == "DEBUG" &&
      aws_lambda_function.this.environment[0].variables.TABLE == "demo"
    )
    error_message = "The function is as asked."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["errors"].threshold == 3 &&
      aws_cloudwatch_metric_alarm.this["concurrency"].threshold == 40 &&
      alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == alarm.ok_actions && length(alarm.alarm_actions) == 1])
    )
    error_message = "Thresholds follow what was asked and reserved, and the topic hears of an alarm's beginning and end."
  }
}

run "little_concurrency" {
  command = plan

  variables {
    reserved_concurrency = 4
  }

  assert {
    condition     = !contains(keys(aws_cloudwatch_metric_alarm.this), "concurrency")
    error_message = "Four fifths of so few would be all of them, or nothing."
  }
}

run "given_concurrency" {
  command = plan

  variables {
    alarms = { concurrency = 700, topic_arns = ["arn:aws-cn:sns:cn-north-1:123456789012:demo", "arn:aws:sns:us-east-1:123456789012:demo"] }
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["concurrency"].threshold == 700 &&
      jsonencode(aws_cloudwatch_metric_alarm.this["concurrency"].alarm_actions) == jsonencode(["arn:aws-cn:sns:cn-north-1:123456789012:demo"])
    )
    error_message = "A limit that is given counts, and a topic of another region is told nothing."
  }
}

run "nothing" {
  variables {
    alarms  = null
    tracing = false
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 0
    error_message = "null makes no alarms."
  }

  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "PassThrough" && length(data.aws_iam_policy_document.this.statement) == 1
    error_message = "Without tracing there are no traces."
  }
}
