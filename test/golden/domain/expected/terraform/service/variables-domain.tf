variable "domain" {
  description = "Host name that the service answers at, and what there is of it already."
  type = object({
    name            = string
    zone            = optional(string) # public Route 53 zone of this account; null leaves the records to somebody else
    certificate_arn = optional(string) # of ACM, in the stage's region; null makes one

    base_path = optional(string)      # such as orders, for https://NAME/orders; null takes every path
    shared    = optional(bool, false) # another root owns the host name, where this service is one path

    # For mutual TLS: who shows no certificate of an authority in this file is refused. Of a shared host name the owner
    # asks for it, and it stands here for releases to know.
    client_certificates = optional(object({
      truststore_uri            = string           # s3://BUCKET/KEY
      truststore_version        = optional(string) # in a bucket with versions; a newer file counts once it is named here
      ownership_certificate_arn = optional(string) # public, of ACM, beside an imported or a private certificate_arn
    }))

    generated_endpoint = optional(bool, false) # whether the host name that API Gateway generates goes on answering
  })
  nullable = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]+$", var.domain.name))
    error_message = "domain.name must be one host name in lower case, such as orders.shop.example."
  }

  validation {
    condition     = endswith(".${var.domain.name}", ".${coalesce(var.domain.zone, var.domain.name)}")
    error_message = "domain.name must be domain.zone or lie in it."
  }

  validation {
    condition     = var.domain.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:${local.certificate_region}:[0-9]{12}:certificate/", var.domain.certificate_arn))
    error_message = "domain.certificate_arn must be that of an ACM certificate in the stage's region."
  }

  validation {
    condition     = var.domain.shared || var.domain.zone != null || var.domain.certificate_arn != null
    error_message = "domain.certificate_arn is needed where domain.zone is left out: a certificate made here would wait for a record that only somebody else can make."
  }

  validation {
    condition     = !var.domain.shared || (var.domain.zone == null && var.domain.certificate_arn == null)
    error_message = "domain.shared leaves zone and certificate_arn to who owns the host name."
  }

  # https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html#rest-api-mappings-restrictions
  validation {
    condition = var.domain.base_path == null || try(
      length(regex("^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$", var.domain.base_path)) <= 300, false,
    )
    error_message = "domain.base_path must be a path such as orders or orders/v1: at most 300 of A-Z, a-z, 0-9, _, . and -, and no slash at its ends."
  }

  validation {
    condition     = can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+$", coalesce(try(var.domain.client_certificates.truststore_uri, null), "s3://none/none")))
    error_message = "domain.client_certificates.truststore_uri must be the address of a file of certificates in S3, such as s3://shop-trust/clients.pem."
  }

  validation {
    condition     = try(var.domain.client_certificates.ownership_certificate_arn, null) == null || var.domain.certificate_arn != null
    error_message = "domain.client_certificates.ownership_certificate_arn stands beside a certificate_arn: one made here proves by itself whose the name is."
  }

  validation {
    condition     = var.domain.client_certificates == null || !var.domain.generated_endpoint
    error_message = "domain.generated_endpoint must stay off with client_certificates: it would let in who has none."
  }
}
