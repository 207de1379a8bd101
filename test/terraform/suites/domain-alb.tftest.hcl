# The host name, its certificate and its records.

run "domain" {
  assert {
    condition     = aws_acm_certificate.this[0].domain_name == "demo.shop.cn" && aws_acm_certificate.this[0].validation_method == "DNS"
    error_message = "The certificate is the host name's and renews itself by DNS."
  }

  assert {
    condition     = aws_route53_record.validation[0].name == "_x.demo.shop.cn" && aws_route53_record.validation[0].zone_id == "Z1"
    error_message = "The record that proves the name lies in its zone."
  }

  assert {
    condition = (
      aws_lb_listener_certificate.this.listener_arn == var.listener.arn &&
      aws_lb_listener_certificate.this.certificate_arn == aws_acm_certificate.this[0].arn
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

run "certificate_of_its_own" {
  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own" }
  }

  assert {
    condition     = aws_lb_listener_certificate.this.certificate_arn == var.domain.certificate_arn && length(aws_acm_certificate.this) == 0
    error_message = "The certificate that is there is added to the listener, and none is made."
  }
}

run "records_elsewhere" {
  variables {
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own" }
  }

  assert {
    condition     = length(data.aws_route53_zone.this) == 0 && length(aws_route53_record.this) == 0
    error_message = "Nothing is looked for or made in a zone."
  }

  assert {
    condition     = jsonencode(output.domain_records[*].target) == jsonencode(["shared-1.cn-north-1.elb.amazonaws.com.cn", "shared-1.cn-north-1.elb.amazonaws.com.cn"])
    error_message = "The records are told that somebody else has to make."
  }
}

run "neither_zone_nor_certificate" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn" }
  }

  expect_failures = [var.domain]
}

run "path" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", base_path = "orders" }
  }

  expect_failures = [var.domain]
}
