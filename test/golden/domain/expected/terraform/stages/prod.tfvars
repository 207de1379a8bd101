name   = "my-api"
stage  = "prod"
region = "eu-west-1"

domain = {
  name = "my-api-prod.shop.example"
  zone = "shop.example"
}
