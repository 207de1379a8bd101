variable "runtime" {
  description = "Lambda runtime: the Node.js that the service is tested with."
  type        = string
  default     = "nodejs22.x"
  nullable    = false

  validation {
    condition     = contains(["nodejs22.x", "nodejs24.x"], var.runtime)
    error_message = "runtime must be nodejs22.x or nodejs24.x: Lambda does not create functions on older ones."
  }
}

variable "memory_mb" {
  description = "Memory of the function in MB; its share of a processor grows with it, one whole at 1769."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "memory_mb must be a whole number from 128 to 10240."
  }
}

variable "timeout_s" {
  description = "Seconds an invocation may take; less than the gateway waits, so that the function's log names what was slow."
  type        = number
  default     = 28
  nullable    = false

  validation {
    condition     = var.timeout_s >= 1 && var.timeout_s <= 900 && floor(var.timeout_s) == var.timeout_s
    error_message = "timeout_s must be a whole number from 1 to 900."
  }
}

variable "reserved_concurrency" {
  description = "Invocations at once kept for this function, and its limit; -1 shares the account's with all others."
  type        = number
  default     = -1
  nullable    = false

  validation {
    condition     = var.reserved_concurrency >= -1 && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "reserved_concurrency must be -1, 0 (which stops the function) or a whole number above it."
  }
}

variable "layers" {
  description = "Layer versions that lie over the function, such as Lambda Insights', Datadog's or OpenTelemetry's, the last one on top. The wrapper that one names goes into environment as AWS_LAMBDA_EXEC_WRAPPER, what it may do into policies."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.layers) <= 5 && alltrue([for arn in var.layers : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+$", arn))])
    error_message = "layers must be ARNs of at most five layers, each with the number of a version at its end."
  }
}

variable "package_path" {
  description = "Zip that `make bundle` wrote; null takes dist/lambda.zip of this project."
  type        = string
  default     = null
}

variable "environment" {
  description = "Environment of the function, beside NODE_ENV, NODE_OPTIONS and STAGE. Not for secrets, which everyone sees who may read the function: keep those in Secrets Manager or SSM and name them in secret_arns."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]+$", key))])
    error_message = "environment must have names of at least two letters, digits and _, starting with a letter."
  }

  validation {
    condition = alltrue([for key in keys(var.environment) : !can(regex(
      "^(AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|(AWS_)?LAMBDA_.*)$",
      key,
    )) || key == "AWS_LAMBDA_EXEC_WRAPPER"])
    error_message = "environment must not set what Lambda sets itself (AWS_REGION, AWS_ACCESS_KEY_ID, LAMBDA_…)."
  }

  validation {
    condition     = alltrue([for key in keys(var.environment) : !can(regex("(?i)(PASSWORD|SECRET|TOKEN|PRIVATE_KEY|API_KEY)$", key))])
    error_message = "environment is no place for a secret: keep it in Secrets Manager or SSM, name it in secret_arns, and pass the function its name."
  }
}

variable "log_level" {
  description = "Lowest level of the service's own log lines that is kept."
  type        = string
  default     = "INFO"
  nullable    = false

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN", "ERROR"], var.log_level)
    error_message = "log_level must be DEBUG, INFO, WARN or ERROR."
  }
}

variable "tracing" {
  description = "Whether X-Ray traces the requests it samples."
  type        = bool
  default     = true
  nullable    = false
}

variable "vpc" {
  description = "Existing subnets and security groups that the function's network interfaces are made in; null leaves it outside any VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition     = var.vpc == null || try(length(var.vpc.subnet_ids) > 0 && length(var.vpc.security_group_ids) > 0, false)
    error_message = "vpc must name at least one subnet and one security group."
  }
}
