# A host name of the internet leads to no private API.

run "private" {
  command = plan

  variables {
    endpoint_type    = "PRIVATE"
    vpc_endpoint_ids = ["vpce-0a"]
  }

  expect_failures = [var.domain]
}
