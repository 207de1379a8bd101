# The HTTP API in front of the function.

run "defaults" {
  assert {
    condition     = aws_apigatewayv2_integration.this.integration_uri == aws_lambda_alias.live.invoke_arn
    error_message = "The API calls the alias, so that a rollback reaches callers at once."
  }

  assert {
    condition     = aws_apigatewayv2_integration.this.integration_type == "AWS_PROXY" && aws_apigatewayv2_integration.this.payload_format_version == "2.0"
    error_message = "The function gets whole requests, as payload 2.0."
  }

  assert {
    condition     = aws_apigatewayv2_integration.this.timeout_milliseconds > aws_lambda_function.this.timeout * 1000
    error_message = "The API waits longer than the function may take."
  }

  assert {
    condition     = aws_apigatewayv2_route.this.route_key == "$default" && aws_apigatewayv2_route.this.target == "integrations/${aws_apigatewayv2_integration.this.id}"
    error_message = "Every method and path reaches the function."
  }

  assert {
    condition     = aws_apigatewayv2_stage.this.name == "$default" && aws_apigatewayv2_stage.this.auto_deploy
    error_message = "No stage's name stands in the path, and changes are deployed."
  }

  assert {
    condition = (
      aws_lambda_permission.api.source_arn == "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3/*/$default" &&
      aws_lambda_permission.api.principal == "apigateway.amazonaws.com" &&
      aws_lambda_permission.api.action == "lambda:InvokeFunction"
    )
    error_message = "This API's one route may invoke the function, and nothing else."
  }

  assert {
    condition     = aws_lambda_permission.api.function_name == "demo-dev" && aws_lambda_permission.api.qualifier == "live"
    error_message = "It may invoke the alias, and no other version."
  }

  assert {
    condition = (
      aws_apigatewayv2_stage.this.access_log_settings[0].destination_arn == aws_cloudwatch_log_group.access.arn &&
      aws_cloudwatch_log_group.access.name == "/aws/vendedlogs/demo/dev/access" &&
      aws_cloudwatch_log_group.access.retention_in_days == 30
    )
    error_message = "Each request leaves a line, kept for 30 days."
  }

  assert {
    condition = alltrue([
      for field in ["requestId", "route", "status", "latency", "integrationError"] :
      startswith(jsondecode(aws_apigatewayv2_stage.this.access_log_settings[0].format)[field], "$context.")
    ])
    error_message = "The line tells the request's id, route, status and time, and what went wrong in the integration."
  }
}

run "options" {
  variables {
    throttling         = { rate = 5, burst = 10 }
    log_retention_days = 365
    kms_key_arn        = "arn:aws-cn:kms:cn-north-1:123456789012:key/demo"
    tags               = { Team = "demo" }
  }

  assert {
    condition = (
      aws_apigatewayv2_stage.this.default_route_settings[0].throttling_rate_limit == 5 &&
      aws_apigatewayv2_stage.this.default_route_settings[0].throttling_burst_limit == 10
    )
    error_message = "The API throttles as asked."
  }

  assert {
    condition     = aws_cloudwatch_log_group.access.retention_in_days == 365 && aws_cloudwatch_log_group.access.kms_key_id == var.kms_key_arn
    error_message = "The access log is kept and encrypted as the function's."
  }

  assert {
    condition     = alltrue([for resource in [aws_apigatewayv2_api.this, aws_apigatewayv2_stage.this, aws_cloudwatch_log_group.access] : resource.tags.Team == "demo"])
    error_message = "Everything carries the tags."
  }
}

run "throttling_of_nothing" {
  command = plan

  variables {
    throttling = { rate = 0 }
  }

  expect_failures = [var.throttling]
}

run "timeout_beyond_the_api" {
  command = plan

  variables {
    timeout_s = 30
  }

  expect_failures = [aws_apigatewayv2_integration.this]
}
