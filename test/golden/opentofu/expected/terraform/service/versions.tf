# What the module needs at least; the roots that call it pin.
terraform {
  required_version = ">= 1.12, < 2.0" # older ones get no fixes any more

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.19" # the first that takes nodejs24.x
    }
  }
}
