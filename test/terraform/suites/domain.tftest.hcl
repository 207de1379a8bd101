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

run "path_of_its_own_name" {
  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", base_path = "orders/v1" }
  }

  assert {
    condition = (
      aws_apigatewayv2_api_mapping.this.api_mapping_key == "orders/v1" && output.url == "https://demo.shop.cn/orders/v1" &&
      lookup(aws_lambda_function.this.environment[0].variables, "BASE_PATH", "") == "/orders/v1"
    )
    error_message = "The API is mapped to the path, which the function takes off, and the URL ends with."
  }
}

run "path_of_a_shared_name" {
  variables {
    domain      = { name = "api.shop.cn", base_path = "orders", shared = true }
    environment = { BASE_PATH = "/other" }
  }

  assert {
    condition = (
      length(aws_apigatewayv2_domain_name.this) == 0 && length(aws_acm_certificate.this) == 0 &&
      length(aws_route53_record.this) == 0 && length(data.aws_route53_zone.this) == 0 && length(output.domain_records) == 0
    )
    error_message = "The host name, its certificate and its records are left to their owner."
  }

  assert {
    condition = (
      data.aws_api_gateway_domain_name.shared[0].domain_name == "api.shop.cn" &&
      aws_apigatewayv2_api_mapping.this.domain_name == "api.shop.cn" && aws_apigatewayv2_api_mapping.this.api_mapping_key == "orders"
    )
    error_message = "The path of a host name that is there leads to this API."
  }

  assert {
    condition     = lookup(aws_lambda_function.this.environment[0].variables, "BASE_PATH", "") == "/orders" && output.url == "https://api.shop.cn/orders" && !local.generated_endpoint
    error_message = "The function takes off the path that is mapped, whatever else is set, and answers under it alone."
  }
}

run "mutual_tls" {
  variables {
    domain = {
      name            = "demo.shop.cn"
      certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/imported"
      client_certificates = {
        truststore_uri            = "s3://shop-trust/clients.pem"
        truststore_version        = "v1"
        ownership_certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/public"
      }
    }
  }

  assert {
    condition = jsonencode([for tls in aws_apigatewayv2_domain_name.this[0].mutual_tls_authentication : [
      tls.truststore_uri, tls.truststore_version
    ]]) == jsonencode([["s3://shop-trust/clients.pem", "v1"]])
    error_message = "Callers are asked for a certificate of an authority in that version of the file."
  }

  assert {
    condition     = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].ownership_verification_certificate_arn == "arn:aws-cn:acm:cn-north-1:123456789012:certificate/public"
    error_message = "Beside an imported certificate, another proves whose the name is."
  }

  assert {
    condition     = !local.generated_endpoint && output.client_certificates
    error_message = "Nobody gets past that by the generated host name, and releases know of it."
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

run "zone_of_a_shared_name" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", shared = true }
  }

  expect_failures = [var.domain]
}

run "certificate_of_a_shared_name" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own", shared = true }
  }

  expect_failures = [var.domain]
}

run "path_with_a_slash" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", base_path = "/orders" }
  }

  expect_failures = [var.domain]
}

run "path_with_an_empty_part" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", base_path = "orders//v1" }
  }

  expect_failures = [var.domain]
}

run "path_too_long" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", base_path = join("", [for _ in range(301) : "a"]) }
  }

  expect_failures = [var.domain]
}

run "trust_store_that_is_no_file" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", client_certificates = { truststore_uri = "https://shop-trust/clients.pem" } }
  }

  expect_failures = [var.domain]
}

run "ownership_without_a_certificate" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", client_certificates = { truststore_uri = "s3://shop-trust/clients.pem", ownership_certificate_arn = "arn:aws-cn:acm:cn-north-1:123456789012:certificate/own" } }
  }

  expect_failures = [var.domain]
}

run "way_past_mutual_tls" {
  command = plan

  variables {
    domain = { name = "demo.shop.cn", zone = "shop.cn", generated_endpoint = true, client_certificates = { truststore_uri = "s3://shop-trust/clients.pem" } }
  }

  expect_failures = [var.domain]
}
