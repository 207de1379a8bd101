resource "aws_apigatewayv2_api_mapping" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  stage       = aws_apigatewayv2_stage.this.name
  domain_name = aws_apigatewayv2_domain_name.this.domain_name
}

locals {
  url                = "https://${var.domain.name}"
  generated_endpoint = false # callers use the host name above, and no other
}
