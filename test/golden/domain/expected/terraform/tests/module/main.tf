# The folder as part of a larger root, which has a network, tags and a queue of its own.

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { Team = "shop" }
  }
}

data "aws_subnets" "private" {
  tags = { Tier = "private" }
}

data "aws_security_group" "internal" {
  name = "internal"
}

resource "aws_sqs_queue" "parcels" {
  name                    = "parcels"
  sqs_managed_sse_enabled = true
}

module "orders" {
  source = "./service"
  count  = 1

  name         = "orders"
  stage        = "prod"
  package_path = "./main.tf" # any file does
  tags         = { CostCentre = "42" }
  environment  = { QUEUE = aws_sqs_queue.parcels.url }
  domain       = { name = "orders.shop.cn", zone = "shop.cn" }

  vpc = {
    subnet_ids         = data.aws_subnets.private.ids
    security_group_ids = [data.aws_security_group.internal.id]
  }

  policies = {
    SendParcels = {
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.parcels.arn]
    }
  }
}

output "orders" {
  description = "Outputs of the module."
  value       = module.orders[0]
}
