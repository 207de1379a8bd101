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

locals {
  certificate_region = "us-east-1"

  target = {
    name    = one(aws_cloudfront_distribution.this[*].domain_name)
    zone_id = one(aws_cloudfront_distribution.this[*].hosted_zone_id)
  }
}

output "client_certificates" {
  description = "Whether callers must show a certificate, so that releases ask the function past the gateway."
  value       = var.domain.client_certificates != null
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
