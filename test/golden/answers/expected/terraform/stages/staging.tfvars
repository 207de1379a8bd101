name   = "orders"
stage  = "staging"
region = "us-gov-west-1"
