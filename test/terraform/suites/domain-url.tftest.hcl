# The host name, its certificate and its records.

run "domain" {
  assert {
    condition = (
      aws_acm_certificate.this[0].domain_name == "demo.shop.cn" &&
      aws_acm_certificate.this[0].validation_method == "DNS" &&
      aws_acm_certificate.this[0].region == "us-east-1"
    )
    error_message = "The certificate is the host name's, renews itself by DNS, and lies where CloudFront looks for it."
  }

  assert {
    condition     = aws_route53_record.validation[0].name == "_x.demo.shop.cn" && aws_route53_record.validation[0].zone_id == "Z1"
    error_message = "The record that proves the name lies in its zone."
  }

  assert {
    condition = (
      jsonencode(aws_cloudfront_distribution.this[0].aliases) == jsonencode(["demo.shop.cn"]) &&
      aws_cloudfront_distribution.this[0].viewer_certificate[0].acm_certificate_arn == aws_acm_certificate.this[0].arn &&
      aws_cloudfront_distribution.this[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    )
    error_message = "Nothing older than TLS 1.2 is spoken, under that certificate."
  }

  assert {
    condition     = jsonencode(keys(aws_route53_record.this)) == jsonencode(["A", "AAAA"])
    error_message = "It is reached by IPv4 and by IPv6."
  }

  assert {
    condition     = output.url == "https://demo.shop.cn" && length(output.domain_records) == 0 && !output.client_certificates
    error_message = "The URL is the host name's, nothing is left to others, and nothing asked of callers."
  }

  assert {
    condition     = length(aws_cloudfront_distribution.this[0].viewer_mtls_config) == 0 && aws_cloudfront_distribution.this[0].http_version == "http2and3"
    error_message = "HTTP/3 is spoken where no certificate is asked for."
  }
}

run "certificate_of_its_own" {
  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/own" }
  }

  assert {
    condition = (
      aws_cloudfront_distribution.this[0].viewer_certificate[0].acm_certificate_arn == var.domain.certificate_arn &&
      length(aws_acm_certificate.this) == 0 && length(aws_acm_certificate_validation.this) == 0 && length(aws_route53_record.validation) == 0
    )
    error_message = "The certificate that is there is shown, and none is made."
  }

  assert {
    condition     = length(aws_route53_record.this) == 2 && length(output.domain_records) == 0
    error_message = "The records are made all the same."
  }
}

run "records_elsewhere" {
  variables {
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/own" }
  }

  assert {
    condition     = length(data.aws_route53_zone.this) == 0 && length(aws_route53_record.this) == 0 && length(aws_acm_certificate.this) == 0
    error_message = "Nothing is looked for or made in a zone."
  }

  assert {
    condition = jsonencode(output.domain_records) == jsonencode([for type in ["A", "AAAA"] : {
      name    = "demo.shop.cn"
      target  = "d1.cloudfront.net"
      type    = type
      zone_id = aws_cloudfront_distribution.this[0].hosted_zone_id
    }])
    error_message = "The records are told that somebody else has to make."
  }
}

run "mutual_tls" {
  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", client_certificates = { trust_store_id = "ts_1" } }
  }

  assert {
    condition = jsonencode([for config in aws_cloudfront_distribution.this[0].viewer_mtls_config : [
      config.mode, config.trust_store_config[*].trust_store_id
    ]]) == jsonencode([["required", ["ts_1"]]])
    error_message = "Every caller is asked for a certificate."
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].http_version == "http2" && output.client_certificates
    error_message = "Over HTTP/3 nobody could be asked, and releases know of it."
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

run "wildcard" {
  command = plan

  variables {
    domain = { name = "*.shop.cn", zone = "shop.cn" }
  }

  expect_failures = [var.domain]
}

run "neither_zone_nor_certificate" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn" }
  }

  expect_failures = [var.domain]
}

run "certificate_of_another_region" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own" }
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

run "shared" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", shared = true }
  }

  expect_failures = [var.domain]
}
