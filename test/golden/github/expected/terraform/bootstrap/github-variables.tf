variable "github" {
  description = "GitHub repository whose workflows may plan, and deploy from main; null, while there is none, makes no roles."
  type = object({
    owner    = string
    owner_id = number
    name     = string
    id       = number

    oidc_provider_arn        = optional(string) # the account's for GitHub, where another service has made it; null makes it
    permissions_boundary_arn = optional(string) # policy without which a deploy may not give the function's role anything
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

  validation {
    condition = alltrue([
      for arn in compact(var.github[*].oidc_provider_arn) :
      can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", arn))
    ])
    error_message = "github.oidc_provider_arn must be the ARN of the account's provider for token.actions.githubusercontent.com."
  }

  validation {
    condition = alltrue([
      for arn in compact(var.github[*].permissions_boundary_arn) : can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/", arn))
    ])
    error_message = "github.permissions_boundary_arn must be the ARN of an IAM policy."
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
