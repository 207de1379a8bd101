locals {
  url                = trimsuffix(aws_apigatewayv2_stage.this.invoke_url, "/")
  generated_endpoint = true # callers use the host name that API Gateway generates
}
