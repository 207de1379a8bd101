# What AWS would refuse halfway through a deploy is refused before it.

run "wrong" {
  command = plan

  variables {
    name                     = "-demo"
    stage                    = "Dev"
    tags                     = { "aws:team" = "demo" }
    log_retention_days       = 31
    kms_key_arn              = "alias/demo"
    alarms                   = { topic_arns = ["demo"] }
    runtime                  = "nodejs20.x"
    memory_mb                = 127
    timeout_s                = 901
    reserved_concurrency     = -2
    environment              = { "1" = "" }
    log_level                = "info"
    log_class                = "DELIVERY"
    layers                   = ["arn:aws:lambda:eu-west-1:123456789012:layer:demo"]
    vpc                      = { subnet_ids = [], security_group_ids = ["sg-1"] }
    policies                 = { "read-table" = { actions = ["dynamodb:GetItem"], resources = ["*"] } }
    managed_policy_arns      = { demo = "demo" }
    secret_arns              = ["demo"]
    permissions_boundary_arn = "demo"
  }

  expect_failures = [
    var.name,
    var.stage,
    var.tags,
    var.log_retention_days,
    var.kms_key_arn,
    var.alarms,
    var.runtime,
    var.memory_mb,
    var.timeout_s,
    var.reserved_concurrency,
    var.environment,
    var.log_level,
    var.log_class,
    var.layers,
    var.vpc,
    var.policies,
    var.managed_policy_arns,
    var.secret_arns,
    var.permissions_boundary_arn,
  ]
}

run "wrong_in_another_way" {
  command = plan

  variables {
    alarms      = { errors = 0 }
    memory_mb   = 32769
    timeout_s   = 0.5
    environment = { AWS_REGION = "eu-west-1" }
    vpc         = { subnet_ids = ["subnet-1"], security_group_ids = [] }
    policies    = { All = { actions = ["*"], resources = ["*"] } }
    secret_arns = ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:*"]
  }

  expect_failures = [
    var.alarms,
    var.memory_mb,
    var.timeout_s,
    var.environment,
    var.vpc,
    var.policies,
    var.secret_arns,
  ]
}

run "secret_in_the_environment" {
  command = plan

  variables {
    environment = { DB_PASSWORD = "demo" }
    policies    = { Table = { actions = ["dynamodb:*"], resources = ["*"] } }
    secret_arns = ["arn:aws:ssm:eu-west-1:123456789012:parameter/?*"]
  }

  expect_failures = [var.environment, var.policies, var.secret_arns]
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-service-whose-name-leaves-no-room-for-the-stage-within-the-64"
  }

  expect_failures = [aws_iam_role.this]
}
