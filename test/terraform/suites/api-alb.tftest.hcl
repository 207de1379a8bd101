# The rule, target group and permission that bring a load balancer's requests to the function.

run "defaults" {
  assert {
    condition = (
      aws_lb_target_group.this.name == "demo-dev" &&
      aws_lb_target_group.this.target_type == "lambda" &&
      aws_lb_target_group.this.lambda_multi_value_headers_enabled
    )
    error_message = "The target group is the function's, and neither drops nor joins a repeated header."
  }

  assert {
    condition     = aws_lb_target_group_attachment.this.target_id == aws_lambda_alias.live.arn && aws_lb_target_group_attachment.this.target_group_arn == aws_lb_target_group.this.arn
    error_message = "The target is the alias, and no version."
  }

  assert {
    condition = (
      aws_lambda_permission.api.source_arn == "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:targetgroup/demo-dev/0123456789abcdef" &&
      aws_lambda_permission.api.principal == "elasticloadbalancing.amazonaws.com" &&
      aws_lambda_permission.api.action == "lambda:InvokeFunction"
    )
    error_message = "This target group may invoke the function, and nothing else."
  }

  assert {
    condition     = aws_lambda_permission.api.function_name == "demo-dev" && aws_lambda_permission.api.qualifier == "live"
    error_message = "It may invoke the alias, and no other version."
  }

  assert {
    condition = (
      aws_lb_listener_rule.this.listener_arn == var.listener.arn &&
      aws_lb_listener_rule.this.action[0].type == "forward" &&
      aws_lb_listener_rule.this.action[0].target_group_arn == aws_lb_target_group.this.arn
    )
    error_message = "The rule is the listener's, and passes requests on to the target group."
  }

  assert {
    condition = (
      jsonencode(flatten([for condition in aws_lb_listener_rule.this.condition : [for part in condition.path_pattern : part.values]])) == jsonencode(["/*"]) &&
      contains(flatten([for condition in aws_lb_listener_rule.this.condition : [for part in condition.host_header : part.values]]), local.host_names[0])
    )
    error_message = "It takes every path of the stage's host names."
  }

  assert {
    condition = (
      aws_lb_target_group.this.health_check[0].enabled &&
      aws_lb_target_group.this.health_check[0].path == "/healthz" &&
      aws_lb_target_group.this.health_check[0].interval == 300
    )
    error_message = "Every five minutes /healthz is asked for."
  }

  assert {
    condition     = output.url == "https://${local.host_names[0]}"
    error_message = "The URL is the first host name's."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["server-errors"].namespace == "AWS/ApplicationELB" &&
      aws_cloudwatch_metric_alarm.this["server-errors"].metric_name == "HTTPCode_Target_5XX_Count" &&
      jsonencode(aws_cloudwatch_metric_alarm.this["server-errors"].dimensions) == jsonencode({
        LoadBalancer = "app/shared/0123456789abcdef"
        TargetGroup  = "targetgroup/demo-dev/0123456789abcdef"
      })
    )
    error_message = "An alarm counts the answers of this target group alone."
  }

  assert {
    condition     = data.aws_lb.this.arn == data.aws_lb_listener.this.load_balancer_arn && data.aws_lb_listener.this.arn == var.listener.arn
    error_message = "The load balancer is the listener's."
  }
}

run "options" {
  variables {
    health_check_interval_s = null
    tags                    = { Team = "demo" }

    listener = {
      arn           = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
      priority      = 7
      host_names    = ["*.example.cn", "orders.example.cn"]
      path_patterns = ["/orders/*", "/health?"]
    }
  }

  assert {
    condition     = aws_lb_listener_rule.this.priority == 7 && !aws_lb_target_group.this.health_check[0].enabled
    error_message = "The rule has the priority that was asked for, and nobody asks for /healthz."
  }

  assert {
    condition = toset(flatten([
      for condition in aws_lb_listener_rule.this.condition : [for part in concat(condition.path_pattern, condition.host_header) : part.values]
    ])) == toset(concat(local.host_names, ["/orders/*", "/health?"]))
    error_message = "The rule takes what was asked for."
  }

  assert {
    condition     = output.url == "https://${[for name in local.host_names : name if !startswith(name, "*")][0]}"
    error_message = "The URL is that of a host name without a wildcard."
  }

  assert {
    condition     = aws_lb_target_group.this.tags.Team == "demo" && aws_lb_listener_rule.this.tags.Team == "demo"
    error_message = "Everything carries the tags."
  }
}

run "another_port" {
  override_data {
    target = data.aws_lb_listener.this
    values = { protocol = "HTTPS", port = 8443 }
  }

  assert {
    condition     = output.url == "https://${local.host_names[0]}:8443"
    error_message = "The URL has the port of the listener."
  }
}

run "long_name" {
  variables {
    name = "orders-of-all-our-customers-in-europe"
  }

  assert {
    condition     = aws_lb_target_group.this.name == "orders-of-all-our-custo-${substr(sha1("orders-of-all-our-customers-in-europe-dev"), 0, 8)}"
    error_message = "A target group's name is cut to the 32 characters that it may have, and stays the stage's own."
  }
}

run "another_region" {
  command = plan

  variables {
    listener = {
      arn        = "arn:aws-cn:elasticloadbalancing:cn-northwest-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
      host_names = ["orders.example.cn"]
    }
  }

  expect_failures = [data.aws_lb_listener.this]
}

run "impatient" {
  command = plan

  override_data {
    target = data.aws_lb.this
    values = { idle_timeout = 20 }
  }

  expect_failures = [check.idle_timeout]
}

run "too_many_conditions" {
  command = plan

  variables {
    listener = {
      arn           = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
      host_names    = ["a.example.cn", "b.example.cn", "c.example.cn"]
      path_patterns = ["/a/*", "/b/*", "/healthz"]
    }
  }

  expect_failures = [aws_lb_listener_rule.this]
}

run "wrong" {
  command = plan

  variables {
    health_check_interval_s = 301

    listener = {
      arn      = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
      priority = 1.5
    }
  }

  expect_failures = [var.health_check_interval_s, var.listener]
}
