# A listener without a host name that its certificate could be for.

run "nameless_without_tls" {
  override_data {
    target = data.aws_lb_listener.this
    values = { protocol = "HTTP", port = 80 }
  }

  override_data {
    target = data.aws_lb.this
    values = { dns_name = "shared-1.cn-north-1.elb.amazonaws.com.cn", arn_suffix = "app/shared/0123456789abcdef", idle_timeout = 60 }
  }

  variables {
    listener = {
      arn = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
    }
  }

  assert {
    condition     = output.url == "http://shared-1.cn-north-1.elb.amazonaws.com.cn" && length(aws_lb_listener_rule.this.condition) == 1
    error_message = "Without TLS the load balancer's own host name will do, and the rule takes any."
  }
}

run "nameless" {
  command = plan

  variables {
    listener = {
      arn        = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
      host_names = ["*.example.cn"]
    }
  }

  expect_failures = [aws_lb_listener_rule.this]
}
