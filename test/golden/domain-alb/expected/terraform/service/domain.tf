# The certificate and the records, unless somebody else makes them.

data "aws_route53_zone" "this" {
  count = var.domain.zone == null ? 0 : 1

  name         = var.domain.zone
  private_zone = false
}

locals {
  own_certificate = var.domain.zone == null ? 0 : var.domain.certificate_arn == null ? 1 : 0
  certificate_arn = one(concat(aws_acm_certificate_validation.this[*].certificate_arn, var.domain.certificate_arn[*]))
}

resource "aws_acm_certificate" "this" {
  count = local.own_certificate

  region            = local.certificate_region
  domain_name       = var.domain.name
  validation_method = "DNS"
  tags              = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

# Stays, so that the certificate renews itself.
resource "aws_route53_record" "validation" {
  count = local.own_certificate

  zone_id         = data.aws_route53_zone.this[0].zone_id
  name            = one(aws_acm_certificate.this[0].domain_validation_options).resource_record_name
  type            = one(aws_acm_certificate.this[0].domain_validation_options).resource_record_type
  records         = [one(aws_acm_certificate.this[0].domain_validation_options).resource_record_value]
  ttl             = 300
  allow_overwrite = true # an account's certificates of one name all ask for the same record
}

resource "aws_acm_certificate_validation" "this" {
  count = local.own_certificate

  region                  = local.certificate_region
  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = [aws_route53_record.validation[0].fqdn]
}

# Beside the listener's own and those of other services: it shows callers the one for the host that they ask for.
resource "aws_lb_listener_certificate" "this" {
  listener_arn    = var.listener.arn
  certificate_arn = local.certificate_arn

  lifecycle {
    create_before_destroy = true # callers are shown one or the other, never none
  }
}

check "https" {
  assert {
    condition     = data.aws_lb_listener.this.protocol == "HTTPS"
    error_message = "domain needs a listener that speaks HTTPS, to which its certificate can be added: this one speaks ${data.aws_lb_listener.this.protocol}."
  }
}

locals {
  certificate_region = local.region

  target = {
    name    = data.aws_lb.this.dns_name
    zone_id = data.aws_lb.this.zone_id
  }
}

resource "aws_route53_record" "this" {
  for_each = var.domain.zone == null ? [] : toset(["A", "AAAA"])

  zone_id = data.aws_route53_zone.this[0].zone_id
  name    = var.domain.name
  type    = each.value

  alias {
    name                   = local.target.name
    zone_id                = local.target.zone_id
    evaluate_target_health = false
  }
}

output "domain_records" {
  description = "Records that somebody else has to make for the host name, where domain.zone is left out: aliases in Route 53, elsewhere one CNAME to target."
  value = [for type in ["A", "AAAA"] : {
    name    = var.domain.name
    type    = type
    target  = local.target.name
    zone_id = local.target.zone_id
  } if local.target != null && var.domain.zone == null]
}
