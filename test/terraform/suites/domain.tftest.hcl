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
      aws_apigatewayv2_domain_name.this[0].domain_name == "demo.shop.cn" &&
      aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].certificate_arn == aws_acm_certificate.this[0].arn &&
      aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].security_policy == "TLS_1_2"
    )
    error_message = "Nothing older than TLS 1.2 is spoken, under that certificate."
  }

  assert {
    condition     = aws_apigatewayv2_api_mapping.this.domain_name == "demo.shop.cn" && aws_apigatewayv2_api_mapping.this.api_id == output.api_id
    error_message = "The name leads to this API."
  }

  assert {
    condition     = jsonencode(keys(aws_route53_record.this)) == jsonencode(["A", "AAAA"])
    error_message = "It is reached by IPv4 and by IPv6."
  }

  assert {
    condition     = output.url == "https://demo.shop.cn" && !local.generated_endpoint
    error_message = "The generated host name does not answer any more."
  }

  assert {
    condition     = length(output.domain_records) == 0 && !output.client_certificates && !can(aws_lambda_function.this.environment[0].variables.BASE_PATH)
    error_message = "Nothing is left to others, and nothing asked of callers."
  }
}

run "certificate_of_its_own" {
  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own" }
  }

  assert {
    condition = (
      aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].certificate_arn == var.domain.certificate_arn &&
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
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own" }
  }

  assert {
    condition     = length(data.aws_route53_zone.this) == 0 && length(aws_route53_record.this) == 0 && length(aws_acm_certificate.this) == 0
    error_message = "Nothing is looked for or made in a zone."
  }

  assert {
    condition = jsonencode(output.domain_records) == jsonencode([for type in ["A", "AAAA"] : {
      name    = "demo.shop.cn"
      target  = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].target_domain_name
      type    = type
      zone_id = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].hosted_zone_id
    }])
    error_message = "The records are told that somebody else has to make."
  }

  assert {
    condition     = !local.generated_endpoint && output.url == "https://demo.shop.cn"
    error_message = "The generated host name does not answer, also where nothing is known of records."
  }
}

run "generated_endpoint_until_records_are_made" {
  variables {
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own", generated_endpoint = true }
  }

  assert {
    condition     = local.generated_endpoint
    error_message = "It answers for as long as it is asked to."
  }
}

run "name_outside_the_zone" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.com" }
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
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:acm:us-east-1:123456789012:certificate/own" }
  }

  expect_failures = [var.domain]
}

run "no_certificate" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:iam::123456789012:server-certificate/own" }
  }

  expect_failures = [var.domain]
}
