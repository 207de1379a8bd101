# The function URL without CloudFront, for trials.

run "open" {
  variables {
    access = "open"
  }

  assert {
    condition     = aws_lambda_function_url.this.authorization_type == "NONE" && output.url == "https://a1b2c3.lambda-url.cn-north-1.on.aws"
    error_message = "The function URL itself is what callers use."
  }

  assert {
    condition = alltrue([for permission in [aws_lambda_permission.url, aws_lambda_permission.invoke] : (
      permission.principal == "*" && permission.source_arn == null
    )])
    error_message = "Anyone may call it."
  }

  assert {
    condition = (
      aws_lambda_permission.url.function_url_auth_type == "NONE" &&
      aws_lambda_permission.invoke.invoked_via_function_url &&
      length(aws_cloudfront_distribution.this) == 0
    )
    error_message = "Anyone may, but by the URL only, and without CloudFront."
  }
}
