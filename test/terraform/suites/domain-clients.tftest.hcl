# Mutual TLS: the certificates that callers show.

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
