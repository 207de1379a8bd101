# An API that is entered by VPC endpoints alone: with a domain there is none.

run "private" {
  variables {
    endpoint_type    = "PRIVATE"
    vpc_endpoint_ids = ["vpce-0a", "vpce-0b"]
  }

  assert {
    condition = (
      aws_api_gateway_rest_api.this.endpoint_configuration[0].types[0] == "PRIVATE" &&
      aws_api_gateway_rest_api.this.endpoint_configuration[0].vpc_endpoint_ids == toset(["vpce-0a", "vpce-0b"])
    )
    error_message = "The API is entered by the endpoints alone."
  }

  assert {
    condition = jsonencode([for s in data.aws_iam_policy_document.api[0].statement : [s.effect, s.actions, s.resources, s.principals, s.condition]]) == jsonencode([[
      null,
      ["execute-api:Invoke"],
      ["arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3/*"],
      [{ identifiers = ["*"], type = "*" }],
      [{ test = "StringEquals", values = ["vpce-0a", "vpce-0b"], variable = "aws:SourceVpce" }],
    ]])
    error_message = "Its policy lets everyone call it who comes by one of them."
  }

  assert {
    condition     = jsonencode(aws_api_gateway_rest_api_policy.this[*].rest_api_id) == jsonencode([aws_api_gateway_rest_api.this.id])
    error_message = "The policy is the API's."
  }
}

run "private_without_an_endpoint" {
  command = plan

  variables {
    endpoint_type = "PRIVATE"
  }

  expect_failures = [var.vpc_endpoint_ids]
}
