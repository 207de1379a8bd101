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

resource "aws_apigatewayv2_domain_name" "this" {
  count = var.domain.shared ? 0 : 1

  domain_name = var.domain.name
  tags        = var.tags

  domain_name_configuration {
    certificate_arn                        = local.certificate_arn
    ownership_verification_certificate_arn = try(var.domain.client_certificates.ownership_certificate_arn, null)
    endpoint_type                          = "REGIONAL"
    ip_address_type                        = "dualstack"
    security_policy                        = "TLS_1_2"
  }

  dynamic "mutual_tls_authentication" {
    for_each = var.domain.client_certificates[*]

    content {
      truststore_uri     = mutual_tls_authentication.value.truststore_uri
      truststore_version = mutual_tls_authentication.value.truststore_version
    }
  }
}

# Where nobody has made it yet, a plan fails, and the API keeps its own host name.
data "aws_api_gateway_domain_name" "shared" {
  count = var.domain.shared ? 1 : 0

  domain_name = var.domain.name
}

locals {
  certificate_region = local.region
  base_path          = var.domain.base_path == null ? "" : "/${var.domain.base_path}"
  base_environment   = local.base_path == "" ? {} : { BASE_PATH = local.base_path }
  domain_name        = one(concat(aws_apigatewayv2_domain_name.this[*].domain_name, data.aws_api_gateway_domain_name.shared[*].domain_name))

  target = one([for name in aws_apigatewayv2_domain_name.this[*] : {
    name    = name.domain_name_configuration[0].target_domain_name
    zone_id = name.domain_name_configuration[0].hosted_zone_id
  }])

  # Off once callers have the host name: its records are waited for, and with them its certificate. Of records that are
  # made elsewhere nothing is known, so that there domain.generated_endpoint says how long they have.
  generated_endpoint = var.domain.generated_endpoint || length(
    var.domain.zone == null ? [local.domain_name] : keys(aws_route53_record.this)
  ) == 0
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
