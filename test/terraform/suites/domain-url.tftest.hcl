# The host name, its certificate and its records.

run "domain" {
  assert {
    condition = (
      aws_acm_certificate.this.domain_name == "demo.shop.cn" &&
      aws_acm_certificate.this.validation_method == "DNS" &&
      aws_acm_certificate.this.region == "us-east-1"
    )
    error_message = "The certificate is the host name's, renews itself by DNS, and lies where CloudFront looks for it."
  }

  assert {
    condition     = aws_route53_record.validation.name == "_x.demo.shop.cn" && aws_route53_record.validation.zone_id == "Z1"
    error_message = "The record that proves the name lies in its zone."
  }

  assert {
    condition = (
      jsonencode(aws_cloudfront_distribution.this[0].aliases) == jsonencode(["demo.shop.cn"]) &&
      aws_cloudfront_distribution.this[0].viewer_certificate[0].acm_certificate_arn == aws_acm_certificate.this.arn &&
      aws_cloudfront_distribution.this[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    )
    error_message = "Nothing older than TLS 1.2 is spoken, under that certificate."
  }

  assert {
    condition     = jsonencode(keys(aws_route53_record.this)) == jsonencode(["A", "AAAA"])
    error_message = "It is reached by IPv4 and by IPv6."
  }

  assert {
    condition     = output.url == "https://demo.shop.cn"
    error_message = "The URL is the host name's."
  }
}

run "name_outside_the_zone" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.com" }
  }

  expect_failures = [var.domain]
}

run "open_under_a_domain" {
  command = plan

  variables {
    access = "open"
  }

  expect_failures = [var.domain]
}
