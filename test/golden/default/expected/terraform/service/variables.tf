variable "name" {
  description = "Name of the service, first part of every resource name."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.name))
    error_message = "name must be of a-z, 0-9 and -, start with a letter and not end with -."
  }
}

variable "stage" {
  description = "Deployed copy of the service, second part of every resource name: dev, staging, prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*$", var.stage))
    error_message = "stage must be of a-z and 0-9 and start with a letter."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : !startswith(lower(key), "aws:")])
    error_message = "tags must not begin with aws:, which AWS keeps for itself."
  }
}

variable "log_retention_days" {
  description = "Days that function and access logs are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.log_retention_days,
    )
    error_message = "log_retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 and 3653: CloudWatch knows no other."
  }
}

variable "log_class" {
  description = "Class of the function's log: INFREQUENT_ACCESS costs half as much, and only Logs Insights reads it: make logs and metric filters do not. A change makes the log anew, without its lines."
  type        = string
  default     = "STANDARD"
  nullable    = false

  validation {
    condition     = contains(["STANDARD", "INFREQUENT_ACCESS"], var.log_class)
    error_message = "log_class must be STANDARD or INFREQUENT_ACCESS."
  }
}

variable "kms_key_arn" {
  description = "Customer managed key for log groups and the function's environment; null leaves both to keys of AWS. Its policy must let CloudWatch Logs use it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key, not its id or an alias."
  }
}

variable "alarms" {
  description = "What CloudWatch raises an alarm about, each within five minutes, and the SNS topics told of it; null makes no alarms."
  type = object({
    topic_arns      = optional(list(string), [])
    server_errors   = optional(number, 5)    # answers with status 5xx
    errors          = optional(number, 1)    # invocations that threw, timed out or ran out of memory
    throttles       = optional(number, 1)    # invocations refused for lack of concurrency
    duration_p95_ms = optional(number, 3000) # longest that 95 of 100 invocations may take
    concurrency     = optional(number)       # invocations at once; null: 80 % of reserved_concurrency, where that is 5 or more
  })
  default = {}

  validation {
    condition     = alltrue([for arn in try(var.alarms.topic_arns, []) : can(regex("^arn:[a-z-]+:sns:", arn))])
    error_message = "alarms.topic_arns must be ARNs of SNS topics."
  }

  validation {
    condition     = alltrue([for key, value in merge({}, var.alarms) : coalesce(value, 1) >= 1 if key != "topic_arns"])
    error_message = "alarms must have thresholds of at least 1."
  }
}
