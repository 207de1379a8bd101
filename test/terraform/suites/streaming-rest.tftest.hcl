# A REST API that passes an answer on as it comes.

run "streamed" {
  assert {
    condition = alltrue([for integration in aws_api_gateway_integration.this : (
      integration.uri == "arn:aws-cn:apigateway:cn-north-1:lambda:path/2021-11-15/functions/${aws_lambda_alias.live.arn}/response-streaming-invocations" &&
      integration.response_transfer_mode == "STREAM"
    )])
    error_message = "The API asks the alias for a stream, so that a rollback reaches callers at once, and passes it on."
  }

  assert {
    condition     = alltrue([for integration in aws_api_gateway_integration.this : integration.timeout_milliseconds == 300000])
    error_message = "An answer may take five minutes, unless it is said otherwise."
  }
}

run "longest" {
  command = plan

  variables {
    timeout_s             = 299
    integration_timeout_s = 300
  }
}

run "wrong_timeout" {
  command = plan

  variables {
    integration_timeout_s = 901
  }

  expect_failures = [var.integration_timeout_s]
}

run "timeout_beyond_the_api" {
  command = plan

  variables {
    timeout_s = 300
  }

  expect_failures = [aws_api_gateway_integration.this]
}
