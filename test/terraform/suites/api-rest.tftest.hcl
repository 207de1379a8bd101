# The REST API in front of the function.

run "defaults" {
  assert {
    condition = alltrue([for integration in aws_api_gateway_integration.this : (
      integration.type == "AWS_PROXY" &&
      integration.integration_http_method == "POST"
    )])
    error_message = "The API hands whole requests to the function."
  }

  assert {
    condition     = alltrue([for integration in aws_api_gateway_integration.this : integration.timeout_milliseconds > aws_lambda_function.this.timeout * 1000])
    error_message = "The API waits longer than the function may take."
  }

  assert {
    condition = jsonencode({ for name, method in aws_api_gateway_method.this : name => [method.http_method, method.resource_id] }) == jsonencode({
      proxy = ["ANY", aws_api_gateway_resource.proxy.id]
      root  = ["ANY", aws_api_gateway_rest_api.this.root_resource_id]
    })
    error_message = "Every method reaches the function, at the root as well as below it."
  }

  assert {
    condition     = aws_api_gateway_resource.proxy.path_part == "{proxy+}" && jsonencode(aws_api_gateway_rest_api.this.binary_media_types) == jsonencode(["*/*"])
    error_message = "Every path reaches the function, and every body as it was sent."
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.endpoint_configuration[0].types[0] == "REGIONAL"
    error_message = "The API is entered in its region."
  }

  assert {
    condition     = length(aws_api_gateway_rest_api_policy.this) == 0 && length(aws_wafv2_web_acl_association.this) == 0
    error_message = "No policy and no firewall stand before it unasked."
  }

  assert {
    condition     = aws_api_gateway_stage.this.deployment_id == aws_api_gateway_deployment.this.id && aws_api_gateway_stage.this.stage_name == "demo-dev"
    error_message = "The stage serves the last deployment."
  }

  assert {
    condition = aws_api_gateway_deployment.this.triggers.parts == sha1(jsonencode([
      aws_api_gateway_rest_api.this.binary_media_types,
      aws_api_gateway_rest_api.this.disable_execute_api_endpoint,
      aws_api_gateway_rest_api.this.endpoint_configuration,
      aws_api_gateway_rest_api_policy.this[*].policy,
      aws_api_gateway_resource.proxy,
      aws_api_gateway_method.this,
      aws_api_gateway_integration.this,
    ]))
    error_message = "A change to any part makes another deployment."
  }

  assert {
    condition = (
      aws_lambda_permission.api.source_arn == "arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3/demo-dev/*" &&
      aws_lambda_permission.api.principal == "apigateway.amazonaws.com" &&
      aws_lambda_permission.api.action == "lambda:InvokeFunction"
    )
    error_message = "This API's stage may invoke the function, and nothing else."
  }

  assert {
    condition     = aws_lambda_permission.api.function_name == "demo-dev" && aws_lambda_permission.api.qualifier == "live"
    error_message = "It may invoke the alias, and no other version."
  }

  assert {
    condition = (
      aws_api_gateway_stage.this.access_log_settings[0].destination_arn == aws_cloudwatch_log_group.access.arn &&
      aws_cloudwatch_log_group.access.name == "/aws/vendedlogs/demo/dev/access" &&
      aws_cloudwatch_log_group.access.retention_in_days == 30
    )
    error_message = "Each request leaves a line, kept for 30 days."
  }

  assert {
    condition = alltrue([
      for field in ["requestId", "route", "status", "latency", "integrationError"] :
      startswith(jsondecode(aws_api_gateway_stage.this.access_log_settings[0].format)[field], "$context.")
    ])
    error_message = "The line tells the request's id, route, status and time, and what went wrong in the integration."
  }

  assert {
    condition = (
      aws_cloudwatch_log_group.execution.name == "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.this.id}/demo-dev" &&
      aws_cloudwatch_log_group.execution.retention_in_days == 30
    )
    error_message = "API Gateway's own errors are kept for 30 days too."
  }

  assert {
    condition = (
      aws_api_gateway_method_settings.this.method_path == "*/*" &&
      aws_api_gateway_method_settings.this.settings[0].logging_level == "ERROR" &&
      !aws_api_gateway_method_settings.this.settings[0].data_trace_enabled
    )
    error_message = "Errors are logged, but no bodies."
  }

  assert {
    condition     = aws_api_gateway_stage.this.xray_tracing_enabled
    error_message = "Requests are traced."
  }
}

run "options" {
  variables {
    throttling            = { rate = 5, burst = 10 }
    endpoint_type         = "EDGE"
    integration_timeout_s = 60
    timeout_s             = 59
    log_retention_days    = 365
    kms_key_arn           = "arn:aws-cn:kms:cn-north-1:123456789012:key/demo"
    tags                  = { Team = "demo" }
  }

  assert {
    condition = (
      aws_api_gateway_method_settings.this.settings[0].throttling_rate_limit == 5 &&
      aws_api_gateway_method_settings.this.settings[0].throttling_burst_limit == 10
    )
    error_message = "The API throttles as asked."
  }

  assert {
    condition     = aws_api_gateway_integration.this["proxy"].timeout_milliseconds == 60000 && aws_api_gateway_rest_api.this.endpoint_configuration[0].types[0] == "EDGE"
    error_message = "The API waits as long, and is entered where, it was asked to."
  }

  assert {
    condition = alltrue([for group in [aws_cloudwatch_log_group.access, aws_cloudwatch_log_group.execution] : (
      group.retention_in_days == 365 && group.kms_key_id == var.kms_key_arn && group.tags.Team == "demo"
    )])
    error_message = "The API's logs are kept, encrypted and tagged as the function's."
  }

  assert {
    condition     = aws_api_gateway_rest_api.this.tags.Team == "demo" && aws_api_gateway_stage.this.tags.Team == "demo"
    error_message = "Everything carries the tags."
  }
}

run "firewall" {
  variables {
    web_acl_arn = "arn:aws-cn:wafv2:cn-north-1:123456789012:regional/webacl/demo/a1"
  }

  assert {
    condition     = jsonencode([for a in aws_wafv2_web_acl_association.this : [a.web_acl_arn, a.resource_arn]]) == jsonencode([[var.web_acl_arn, aws_api_gateway_stage.this.arn]])
    error_message = "The web ACL stands before the stage."
  }
}

run "wrong" {
  command = plan

  variables {
    throttling    = { burst = 0 }
    endpoint_type = "GLOBAL"
    web_acl_arn   = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/demo/a1"
  }

  expect_failures = [var.throttling, var.endpoint_type, var.web_acl_arn]
}

run "endpoint_without_use" {
  command = plan

  variables {
    vpc_endpoint_ids = ["vpce-0a"]
  }

  expect_failures = [var.vpc_endpoint_ids]
}
