# A REST API that sends an answer when it has all of it.

run "whole" {
  assert {
    condition     = alltrue([for integration in aws_api_gateway_integration.this : integration.uri == aws_lambda_alias.live.invoke_arn])
    error_message = "The API calls the alias, so that a rollback reaches callers at once."
  }
}

run "wrong_timeout" {
  command = plan

  variables {
    integration_timeout_s = 301
  }

  expect_failures = [var.integration_timeout_s]
}

run "timeout_beyond_the_api" {
  command = plan

  variables {
    timeout_s = 29
  }

  expect_failures = [aws_api_gateway_integration.this]
}
