# The function URL and CloudFront in front of it.

run "defaults" {
  assert {
    condition = (
      aws_lambda_function_url.this.function_name == "demo-dev" &&
      aws_lambda_function_url.this.qualifier == "live" &&
      aws_lambda_function_url.this.authorization_type == "AWS_IAM"
    )
    error_message = "The URL is the alias's, and answers signed requests alone."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.cloudfront[0].region == "us-east-1" &&
      aws_cloudwatch_metric_alarm.cloudfront[0].threshold == 5 &&
      jsonencode([for query in aws_cloudwatch_metric_alarm.cloudfront[0].metric_query : query.expression if query.expression != null]) == jsonencode(["requests * rate / 100"])
    )
    error_message = "CloudFront's own failures raise an alarm, where its metrics are."
  }

  assert {
    condition = (
      aws_lambda_permission.url.action == "lambda:InvokeFunctionUrl" &&
      aws_lambda_permission.url.function_url_auth_type == "AWS_IAM" &&
      aws_lambda_permission.invoke.action == "lambda:InvokeFunction" &&
      aws_lambda_permission.invoke.invoked_via_function_url
    )
    error_message = "The function may be invoked by its URL, and in no other way."
  }

  assert {
    condition = alltrue([for permission in [aws_lambda_permission.url, aws_lambda_permission.invoke] : (
      permission.function_name == "demo-dev" &&
      permission.qualifier == "live" &&
      permission.principal == "cloudfront.amazonaws.com" &&
      permission.source_arn == "arn:aws-cn:cloudfront::123456789012:distribution/A1B2C3"
    )])
    error_message = "This distribution may invoke the alias, and nothing else."
  }

  assert {
    condition = (
      aws_cloudfront_origin_access_control.this[0].origin_access_control_origin_type == "lambda" &&
      aws_cloudfront_origin_access_control.this[0].signing_behavior == "always" &&
      aws_cloudfront_origin_access_control.this[0].signing_protocol == "sigv4"
    )
    error_message = "CloudFront signs every request."
  }

  assert {
    condition = (
      one(aws_cloudfront_distribution.this[0].origin).domain_name == "a1b2c3.lambda-url.cn-north-1.on.aws" &&
      one(aws_cloudfront_distribution.this[0].origin).origin_access_control_id == aws_cloudfront_origin_access_control.this[0].id
    )
    error_message = "Requests go to the function URL, signed."
  }

  assert {
    condition = (
      one(aws_cloudfront_distribution.this[0].origin).custom_origin_config[0].origin_protocol_policy == "https-only" &&
      jsonencode(one(aws_cloudfront_distribution.this[0].origin).custom_origin_config[0].origin_ssl_protocols) == jsonencode(["TLSv1.2"]) &&
      one(aws_cloudfront_distribution.this[0].origin).custom_origin_config[0].origin_read_timeout > aws_lambda_function.this.timeout
    )
    error_message = "CloudFront speaks TLS 1.2 to the function, and waits longer than it may take."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.this[0].default_cache_behavior[0].viewer_protocol_policy == "https-only" &&
      length(aws_cloudfront_distribution.this[0].default_cache_behavior[0].allowed_methods) == 7 &&
      aws_cloudfront_distribution.this[0].default_cache_behavior[0].cache_policy_id == data.aws_cloudfront_cache_policy.none.id &&
      data.aws_cloudfront_cache_policy.none.name == "Managed-CachingDisabled"
    )
    error_message = "Every method is let through by HTTPS, and no answer is kept."
  }

  assert {
    condition = (
      toset([for response in aws_cloudfront_distribution.this[0].custom_error_response : response.error_code]) == toset([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]) &&
      alltrue([for response in aws_cloudfront_distribution.this[0].custom_error_response : response.error_caching_min_ttl == 0])
    )
    error_message = "No error that CloudFront would keep is kept."
  }

  assert {
    condition = (
      aws_cloudfront_distribution.this[0].default_cache_behavior[0].origin_request_policy_id == data.aws_cloudfront_origin_request_policy.all.id &&
      data.aws_cloudfront_origin_request_policy.all.name == "Managed-AllViewerExceptHostHeader"
    )
    error_message = "Query, cookies and headers reach the function, but not the host, which the signature needs."
  }

  assert {
    condition = (
      aws_cloudwatch_log_delivery_source.access[0].resource_arn == aws_cloudfront_distribution.this[0].arn &&
      aws_cloudwatch_log_delivery_source.access[0].log_type == "ACCESS_LOGS" &&
      aws_cloudwatch_log_delivery_destination.access[0].output_format == "json" &&
      aws_cloudwatch_log_delivery_destination.access[0].delivery_destination_configuration[0].destination_resource_arn == aws_cloudwatch_log_group.access[0].arn &&
      aws_cloudwatch_log_delivery.access[0].delivery_source_name == aws_cloudwatch_log_delivery_source.access[0].name &&
      aws_cloudwatch_log_delivery.access[0].delivery_destination_arn == aws_cloudwatch_log_delivery_destination.access[0].arn
    )
    error_message = "Each request leaves a line."
  }

  assert {
    condition     = aws_cloudwatch_log_group.access[0].name == "/aws/vendedlogs/demo/dev/access" && aws_cloudwatch_log_group.access[0].retention_in_days == 30
    error_message = "The line is kept for 30 days."
  }
}

run "options" {
  variables {
    price_class        = "PriceClass_All"
    log_retention_days = 365
    tags               = { Team = "demo" }
    web_acl_arn        = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/demo/a1"
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].web_acl_id == var.web_acl_arn
    error_message = "The web ACL stands before the distribution."
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].price_class == "PriceClass_All" && aws_cloudwatch_log_group.access[0].retention_in_days == 365
    error_message = "CloudFront answers from where it was asked to, and its log is kept as long."
  }

  assert {
    condition     = alltrue([for resource in [aws_cloudfront_distribution.this[0], aws_cloudwatch_log_group.access[0], aws_cloudwatch_log_delivery.access[0]] : resource.tags.Team == "demo"])
    error_message = "Everything carries the tags."
  }
}

run "wrong" {
  command = plan

  variables {
    access      = "public"
    price_class = "cheap"
  }

  expect_failures = [var.access, var.price_class]
}

run "firewall_of_a_region" {
  command = plan

  variables {
    web_acl_arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/demo/a1"
  }

  expect_failures = [var.web_acl_arn]
}
