name   = "my-api"
stage  = "prod"
region = "eu-west-1"
