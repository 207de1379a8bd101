# A function URL that passes an answer on as it comes.

run "longest" {
  variables {
    timeout_s = 900
  }

  assert {
    condition     = aws_lambda_function_url.this.invoke_mode == "RESPONSE_STREAM" && aws_lambda_function.this.timeout == 900
    error_message = "The URL passes on what comes, for as long as a function may run: CloudFront waits for each piece anew."
  }
}
