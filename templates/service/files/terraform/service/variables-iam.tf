variable "policies" {
  description = "Statements added to the function's role, by Sid: what else the service may do, and to what."
  type = map(object({
    actions   = list(string)
    resources = list(string)
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for sid in keys(var.policies) : can(regex("^[A-Za-z0-9]+$", sid))])
    error_message = "policies must have keys of letters and digits: they become Sids."
  }

  validation {
    condition = alltrue(flatten([
      for statement in values(var.policies) : [for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z]", action))]
    ]))
    error_message = "policies must have actions such as dynamodb:GetItem, with the service and at least the beginning of a name: \"*\" and \"dynamodb:*\" allow more than anyone reviews."
  }
}

variable "managed_policy_arns" {
  description = "Managed policies attached to the function's role, each under a name of your own."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.managed_policy_arns) : can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/", arn))])
    error_message = "managed_policy_arns must be ARNs of IAM policies."
  }
}

variable "secret_arns" {
  description = "Secrets Manager secrets and SSM parameters that the function may read; a customer managed key of theirs needs kms:Decrypt in policies."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.secret_arns : can(regex("^arn:[a-z-]+:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:|ssm:[a-z0-9-]+:[0-9]{12}:parameter/)[A-Za-z0-9/_+=.@-]", arn))
    ])
    error_message = "secret_arns must be ARNs of Secrets Manager secrets or SSM parameters, with a * at most behind the start of a name."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what the function's role can ever be allowed; null sets none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}
