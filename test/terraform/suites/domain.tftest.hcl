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
      aws_apigatewayv2_domain_name.this.domain_name == "demo.shop.cn" &&
      aws_apigatewayv2_domain_name.this.domain_name_configuration[0].certificate_arn == aws_acm_certificate.this.arn &&
      aws_apigatewayv2_domain_name.this.domain_name_configuration[0].security_policy == "TLS_1_2"
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
}

run "name_outside_the_zone" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.com" }
  }

  expect_failures = [var.domain]
}
