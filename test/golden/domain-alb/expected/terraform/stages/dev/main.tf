terraform {
  required_version = ">= 1.11, < 2.0" # the first whose S3 backend locks by itself

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.66"
    }
  }
}

locals {
  name  = "my-api"
  stage = "dev"
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = null # any that the credentials belong to; ["123456789012"] allows this one alone

  default_tags {
    tags = {
      Project = local.name
      Stage   = local.stage
    }
  }
}

# The stage's settings: all that terraform/service/variables*.tf describe.
module "service" {
  source = "../../service"

  name  = local.name
  stage = local.stage

  listener = {
    arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/0123456789abcdef/0123456789abcdef"
  }

  domain = {
    name = "my-api-dev.shop.example"
    zone = "shop.example"
  }
}

output "service" {
  description = "URL, names and ARNs of what was deployed."
  value       = module.service
}
