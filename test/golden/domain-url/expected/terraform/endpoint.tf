locals {
  url             = "https://${var.domain.name}"
  host_names      = [var.domain.name]
  certificate_arn = aws_acm_certificate_validation.this.certificate_arn
}
