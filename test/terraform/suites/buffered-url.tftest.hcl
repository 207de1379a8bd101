# A function URL that sends an answer when it has all of it.

run "whole" {
  assert {
    condition     = aws_lambda_function_url.this.invoke_mode == "BUFFERED"
    error_message = "The function returns its answer, which the URL sends on."
  }
}

run "timeout_beyond_cloudfront" {
  command = plan

  variables {
    timeout_s = 60
  }

  expect_failures = [aws_cloudfront_distribution.this]
}
