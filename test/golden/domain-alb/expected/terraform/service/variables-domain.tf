variable "domain" {
  description = "Host name that the service answers at, and what there is of it already."
  type = object({
    name            = string
    zone            = optional(string) # public Route 53 zone of this account; null leaves the records to somebody else
    certificate_arn = optional(string) # of ACM, in the stage's region; null makes one

    # An API Gateway's, which a load balancer refuses.
    base_path           = optional(string)
    shared              = optional(bool, false)
    client_certificates = optional(any)
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
    condition     = var.domain.base_path == null && !var.domain.shared && var.domain.client_certificates == null
    error_message = "domain.base_path, domain.shared and domain.client_certificates are for API Gateway: here listener.path_patterns chooses paths, and the listener's owner asks for certificates."
  }
}
