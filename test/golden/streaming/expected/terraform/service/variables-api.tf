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
  description = "Where the API is entered: REGIONAL, or EDGE through CloudFront's locations."
  type        = string
  default     = "REGIONAL"
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "EDGE"], var.endpoint_type)
    error_message = "endpoint_type must be REGIONAL or EDGE: a PRIVATE API needs a resource policy and VPC endpoints as well."
  }
}

variable "integration_timeout_s" {
  description = "Seconds the API lets an answer take, from the request to its last byte."
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.integration_timeout_s >= 1 && var.integration_timeout_s <= 900
    error_message = "integration_timeout_s must be 1 to 900."
  }
}
