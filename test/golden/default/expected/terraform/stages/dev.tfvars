name   = "my-api"
stage  = "dev"
region = "eu-west-1"
