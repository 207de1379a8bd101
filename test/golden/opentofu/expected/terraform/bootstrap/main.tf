terraform {
  required_version = ">= 1.12, < 2.0" # older ones get no fixes any more

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.66"
    }
  }
}

variable "name" {
  description = "Name of the service, first part of the bucket's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]*[a-z0-9])?$", var.name))
    error_message = "name must be of a-z, 0-9 and -, start with a letter and not end with -."
  }
}

variable "region" {
  description = "AWS region of the bucket; the stages may lie in others."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", var.region))
    error_message = "region must be the name of an AWS region, such as eu-west-1."
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project = var.name
    }
  }
}
