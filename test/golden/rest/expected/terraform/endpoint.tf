locals {
  url                = aws_api_gateway_stage.this.invoke_url
  generated_endpoint = true # callers use the host name that API Gateway generates
}
