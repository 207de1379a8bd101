variable "github" {
  description = "GitHub repository whose workflows may plan, and deploy from main; null, while there is none, makes no roles."
  type = object({
    owner    = string
    owner_id = number
    name     = string
    id       = number
  })
  default = null

  validation {
    condition = var.github == null || (
      can(regex("^[A-Za-z0-9][A-Za-z0-9-]*$", var.github.owner)) && can(regex("^[A-Za-z0-9._-]+$", var.github.name))
    )
    error_message = "github.owner and github.name must be the two parts of OWNER/NAME, without wildcards."
  }

  validation {
    condition = alltrue([
      for id in concat(var.github[*].owner_id, var.github[*].id) : id >= 1 && floor(id) == id
    ])
    error_message = "github.owner_id and github.id must be the numbers that GitHub gave the two: gh api repos/OWNER/NAME --jq '.owner.id, .id'"
  }
}

variable "oidc_provider_arn" {
  description = "The account's OIDC provider for GitHub, of which there can be one; null makes it. `make bootstrap` looks for one that another service has made."
  type        = string
  default     = null

  validation {
    condition     = var.oidc_provider_arn == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.oidc_provider_arn))
    error_message = "oidc_provider_arn must be the ARN of the account's provider for token.actions.githubusercontent.com."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy without which a deploy may not give the function's role anything; null sets none. The stages read it where it is set, in terraform.tfvars.json."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

variable "kms_key_arns" {
  description = "Keys that stages name as kms_key_arn: workflows may read and encrypt the function's environment with them."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", arn))])
    error_message = "kms_key_arns must be ARNs of keys, not their ids or aliases."
  }
}

variable "stages" {
  description = "Stages that may be deployed to this account; null takes those whose state lies in its bucket."
  type        = set(string)
  default     = null

  validation {
    condition     = alltrue([for stage in coalesce(var.stages, []) : can(regex("^[a-z][a-z0-9]*$", stage))])
    error_message = "stages must be of a-z and 0-9 and start with a letter."
  }
}
