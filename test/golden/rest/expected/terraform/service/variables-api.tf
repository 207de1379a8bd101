variable "throttling" {
  description = "Requests a second that the API lets through in the long run (rate), and at once after a pause (burst); it answers the rest with 429."
  type = object({
    rate  = optional(number, 100)
    burst = optional(number, 200)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.throttling.rate >= 1 && var.throttling.burst >= 1
    error_message = "throttling must let at least one request a second through: rate and burst of 1 or more."
  }
}

variable "endpoint_type" {
  description = "Where the API is entered: REGIONAL, EDGE through CloudFront's locations, or PRIVATE, by vpc_endpoint_ids alone. `make release` must reach it as callers do: for PRIVATE from inside of the VPC."
  type        = string
  default     = "REGIONAL"
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "EDGE", "PRIVATE"], var.endpoint_type)
    error_message = "endpoint_type must be REGIONAL, EDGE or PRIVATE."
  }
}

variable "vpc_endpoint_ids" {
  description = "Existing interface endpoints for execute-api that a PRIVATE API is entered by; it answers nobody else."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.vpc_endpoint_ids : can(regex("^vpce-[0-9a-f]+$", id))])
    error_message = "vpc_endpoint_ids must be ids of VPC endpoints, such as vpce-0123456789abcdef0."
  }

  validation {
    condition     = (length(var.vpc_endpoint_ids) > 0) == (var.endpoint_type == "PRIVATE")
    error_message = "vpc_endpoint_ids must name an endpoint where endpoint_type is PRIVATE, and none where it is not."
  }
}

variable "web_acl_arn" {
  description = "Web ACL of AWS WAF, of the stage's region, that looks at each request first; null has none."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null || can(regex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/", var.web_acl_arn))
    error_message = "web_acl_arn must be the ARN of a regional web ACL of WAFv2: CloudFront's are for CloudFront."
  }
}

variable "integration_timeout_s" {
  description = "Seconds the API waits for the function; beyond 29 only in a REGIONAL API, and after AWS has raised the account's quota."
  type        = number
  default     = 29
  nullable    = false

  validation {
    condition     = var.integration_timeout_s >= 1 && var.integration_timeout_s <= 300
    error_message = "integration_timeout_s must be 1 to 300."
  }
}
