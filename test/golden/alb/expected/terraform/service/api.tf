# The load balancer, its listener, firewall, certificates and logs are somebody else's: the stage adds a rule to it.

data "aws_lb_listener" "this" {
  arn = var.listener.arn

  lifecycle {
    precondition {
      condition     = join(":", slice(split(":", var.listener.arn), 3, 5)) == "${local.region}:${local.account}"
      error_message = "listener.arn must be that of a listener in ${local.region} of the account ${local.account}, where the function is."
    }
  }
}

data "aws_lb" "this" {
  arn = data.aws_lb_listener.this.load_balancer_arn
}

resource "aws_lb_target_group" "this" {
  # 32 characters are allowed: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
  name                               = length(local.full_name) <= 32 ? local.full_name : "${substr(local.full_name, 0, 23)}-${substr(sha1(local.full_name), 0, 8)}"
  target_type                        = "lambda"
  lambda_multi_value_headers_enabled = true # without it, of two cookies or parameters of one name only the last arrives or is sent
  tags                               = var.tags

  health_check {
    enabled             = var.health_check_interval_s != null
    path                = "/healthz"
    matcher             = "200"
    interval            = coalesce(var.health_check_interval_s, 300)
    timeout             = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }

  # A rule that is to use the next one still uses this.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.this.arn
}

resource "aws_lb_target_group_attachment" "this" {
  target_group_arn = aws_lb_target_group.this.arn
  target_id        = aws_lambda_alias.live.arn

  depends_on = [aws_lambda_permission.api] # a function that it may not invoke is no target
}

# Every method, and by default every path: the service itself routes, so a new route touches no Terraform.
resource "aws_lb_listener_rule" "this" {
  listener_arn = var.listener.arn
  priority     = var.listener.priority
  tags         = var.tags

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }

  condition {
    path_pattern {
      values = var.listener.path_patterns
    }
  }

  dynamic "condition" {
    for_each = length(local.host_names) > 0 ? [local.host_names] : []

    content {
      host_header {
        values = condition.value
      }
    }
  }

  depends_on = [aws_lb_target_group_attachment.this] # no request before there is who answers

  lifecycle {
    precondition {
      condition     = data.aws_lb_listener.this.protocol != "HTTPS" || length(local.plain_host_names) > 0
      error_message = "listener.host_names must have one without a wildcard: the listener speaks HTTPS, and its certificate is not for the host name that AWS generates."
    }

    # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    precondition {
      condition     = length(local.host_names) + length(var.listener.path_patterns) <= 5
      error_message = "listener.host_names and listener.path_patterns are more than the 5 values that a rule may have."
    }
  }
}

check "idle_timeout" {
  assert {
    condition     = var.timeout_s < data.aws_lb.this.idle_timeout
    error_message = "timeout_s is ${var.timeout_s}, but the load balancer closes a connection on which nothing was sent for ${data.aws_lb.this.idle_timeout} seconds, its idle_timeout."
  }
}

locals {
  host_names = var.listener.host_names
}

locals {
  plain_host_names = [for name in local.host_names : name if !can(regex("[*?]", name))]

  scheme = lower(data.aws_lb_listener.this.protocol)
  host   = concat(local.plain_host_names, [data.aws_lb.this.dns_name])[0]
  port   = data.aws_lb_listener.this.port == (local.scheme == "https" ? 443 : 80) ? "" : ":${data.aws_lb_listener.this.port}"
  url    = "${local.scheme}://${local.host}${local.port}"

  api_metrics = { for name, metric in { requests = "RequestCount", server_errors = "HTTPCode_Target_5XX_Count", latency = "TargetResponseTime" } : name => {
    namespace  = "AWS/ApplicationELB"
    metric     = metric
    dimensions = { TargetGroup = aws_lb_target_group.this.arn_suffix, LoadBalancer = data.aws_lb.this.arn_suffix }
  } }
}

output "target_group_arn" {
  description = "ARN of the target group, for rules and listeners beside this one."
  value       = aws_lb_target_group.this.arn
}
