variable "domain" {
  description = "Host name that the service answers at, and what there is of it already."
  type = object({
    name            = string
    zone            = optional(string) # public Route 53 zone of this account; null leaves the records to somebody else
    certificate_arn = optional(string) # of ACM, in us-east-1, where CloudFront looks for it; null makes one

    # For mutual TLS: who shows no certificate of an authority in this trust store of CloudFront is refused.
    client_certificates = optional(object({ trust_store_id = string }))

    # An API Gateway's, which one of CloudFront refuses.
    base_path = optional(string)
    shared    = optional(bool, false)
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
    error_message = "domain.certificate_arn must be that of an ACM certificate in us-east-1, where CloudFront looks for it."
  }

  validation {
    condition     = var.domain.shared || var.domain.zone != null || var.domain.certificate_arn != null
    error_message = "domain.certificate_arn is needed where domain.zone is left out: a certificate made here would wait for a record that only somebody else can make."
  }

  validation {
    condition     = var.domain.base_path == null && !var.domain.shared
    error_message = "domain.base_path and domain.shared are for API Gateway: CloudFront gives a host name, with all its paths, to one distribution. Services that share one need the gateway http or rest."
  }

  validation {
    condition     = var.domain == null || var.access == "cloudfront"
    error_message = "domain needs access cloudfront: a function URL has no other host name than its own."
  }
}
