name   = "orders"
stage  = "prod"
region = "us-gov-west-1"
