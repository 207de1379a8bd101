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
