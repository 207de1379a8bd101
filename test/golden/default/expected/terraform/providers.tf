# For this folder as a root. A larger root that calls it as a module deletes this file and backend.tf:
# region, account and default tags are its own to decide.

variable "region" {
  description = "AWS region that everything is created in."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", var.region))
    error_message = "region must be the name of an AWS region, such as eu-west-1."
  }
}

variable "allowed_account_ids" {
  description = "AWS accounts this stage may be deployed to; null allows any that the credentials belong to."
  type        = list(string)
  default     = null

  validation {
    condition     = alltrue([for id in coalesce(var.allowed_account_ids, []) : can(regex("^[0-9]{12}$", id))])
    error_message = "allowed_account_ids must be account ids of 12 digits, in quotes."
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = var.allowed_account_ids

  default_tags {
    tags = {
      Project = var.name
      Stage   = var.stage
    }
  }
}
