name   = "orders"
stage  = "dev"
region = "us-gov-west-1"
