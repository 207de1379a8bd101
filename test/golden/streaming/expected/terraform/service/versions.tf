# What the module needs at least; the roots that call it pin.
terraform {
  required_version = ">= 1.11, < 2.0" # the first whose S3 backend locks by itself

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.26" # the first that lets a stream take more than five minutes
    }
  }
}
