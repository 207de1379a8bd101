# The host name, its certificate and its records.

run "domain" {
  assert {
    condition     = aws_acm_certificate.this.domain_name == "demo.shop.cn" && aws_acm_certificate.this.validation_method == "DNS"
    error_message = "The certificate is the host name's and renews itself by DNS."
  }

  assert {
    condition     = aws_route53_record.validation.name == "_x.demo.shop.cn" && aws_route53_record.validation.zone_id == "Z1"
    error_message = "The record that proves the name lies in its zone."
  }

  assert {
    condition = (
      aws_lb_listener_certificate.this.listener_arn == var.listener.arn &&
      aws_lb_listener_certificate.this.certificate_arn == aws_acm_certificate.this.arn
    )
    error_message = "The listener shows that certificate, once it is valid."
  }

  assert {
    condition = (
      jsonencode(keys(aws_route53_record.this)) == jsonencode(["A", "AAAA"]) &&
      alltrue([for record in aws_route53_record.this : record.alias[0].name == data.aws_lb.this.dns_name && record.alias[0].zone_id == "Z2"])
    )
    error_message = "The load balancer is reached by IPv4 and by IPv6."
  }

  assert {
    condition     = local.host_names[0] == "demo.shop.cn" && output.url == "https://demo.shop.cn"
    error_message = "The rule takes the host name, and the URL is its."
  }
}

run "name_outside_the_zone" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.com" }
  }

  expect_failures = [var.domain]
}

run "without_tls" {
  command = plan

  override_data {
    target = data.aws_lb_listener.this
    values = { protocol = "HTTP", port = 80 }
  }

  expect_failures = [check.https]
}
