terraform {
  # S3 backends lock by themselves from OpenTofu 1.10 and Terraform 1.11 on; 1.10 is what both can be asked for.
  required_version = ">= 1.10, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.66"
    }
  }
}
