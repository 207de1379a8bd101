# What the host name leads to: the whole API, or a path of it, and the names that services share.

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
