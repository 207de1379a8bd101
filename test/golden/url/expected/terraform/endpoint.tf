locals {
  url = var.access == "cloudfront" ? "https://${aws_cloudfront_distribution.this[0].domain_name}" : trimsuffix(aws_lambda_function_url.this.function_url, "/")

  host_names      = [] # callers use the host name that CloudFront generates
  certificate_arn = null
}
