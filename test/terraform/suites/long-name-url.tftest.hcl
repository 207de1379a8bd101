# With jobs, their function's name is too long before the log's is.

run "name_that_fits" {
  variables {
    name = "${join("", [for _ in range(48) : "a"])}-service"
  }

  assert {
    condition     = length(aws_cloudwatch_log_delivery_source.access[0].name) == 60
    error_message = "A name of 60 characters is as long as the log's source may have."
  }
}

run "name_that_is_too_long" {
  command = plan

  variables {
    name = "${join("", [for _ in range(52) : "a"])}-service"
  }

  expect_failures = [aws_cloudwatch_log_delivery_source.access]
}
