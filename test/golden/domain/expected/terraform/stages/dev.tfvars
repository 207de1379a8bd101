name   = "my-api"
stage  = "dev"
region = "eu-west-1"

domain = {
  name = "my-api-dev.shop.example"
  zone = "shop.example"
}
