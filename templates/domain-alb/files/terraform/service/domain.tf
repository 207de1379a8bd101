variable "domain" {
  description = "Host name that the service answers at, and the public Route 53 zone that it lies in and that exists already."
  type = object({
    name = string
    zone = string
  })

  validation {
    condition     = endswith(var.domain.name, ".${var.domain.zone}") || var.domain.name == var.domain.zone
    error_message = "domain.name must be domain.zone or lie in it."
  }
}

data "aws_route53_zone" "this" {
  name         = var.domain.zone
  private_zone = false
}

resource "aws_acm_certificate" "this" {
  domain_name       = var.domain.name
  validation_method = "DNS"
  tags              = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

# Stays, so that the certificate renews itself.
resource "aws_route53_record" "validation" {
  zone_id         = data.aws_route53_zone.this.zone_id
  name            = one(aws_acm_certificate.this.domain_validation_options).resource_record_name
  type            = one(aws_acm_certificate.this.domain_validation_options).resource_record_type
  records         = [one(aws_acm_certificate.this.domain_validation_options).resource_record_value]
  ttl             = 300
  allow_overwrite = true # an account's certificates of one name all ask for the same record
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [aws_route53_record.validation.fqdn]
}

# Beside the listener's own and those of other services: it shows callers the one for the host that they ask for.
resource "aws_lb_listener_certificate" "this" {
  listener_arn    = var.listener.arn
  certificate_arn = aws_acm_certificate_validation.this.certificate_arn
}

check "https" {
  assert {
    condition     = data.aws_lb_listener.this.protocol == "HTTPS"
    error_message = "domain needs a listener that speaks HTTPS, to which its certificate can be added: this one speaks ${data.aws_lb_listener.this.protocol}."
  }
}

resource "aws_route53_record" "this" {
  for_each = toset(["A", "AAAA"])

  zone_id = data.aws_route53_zone.this.zone_id
  name    = var.domain.name
  type    = each.value

  alias {
    name                   = data.aws_lb.this.dns_name
    zone_id                = data.aws_lb.this.zone_id
    evaluate_target_health = false
  }
}
