# Instances that are kept started.

run "unasked" {
  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.this) + length(aws_appautoscaling_target.this) + length(aws_appautoscaling_scheduled_action.this) == 0
    error_message = "None is kept, and paid for, unasked."
  }
}

run "always" {
  variables {
    provisioned_concurrency = { instances = 2 }
    reserved_concurrency    = 2
  }

  assert {
    condition     = jsonencode([for c in aws_lambda_provisioned_concurrency_config.this : [c.function_name, c.qualifier, c.provisioned_concurrent_executions]]) == jsonencode([["demo-dev", "live", 2]])
    error_message = "As many instances as were asked for are kept of the version that answers."
  }

  assert {
    condition     = length(aws_appautoscaling_target.this) == 0
    error_message = "Nothing changes that by time."
  }
}

run "by_schedule" {
  variables {
    tags = { Team = "demo" }
    provisioned_concurrency = {
      time_zone = "Europe/Berlin"
      schedule = {
        morning = { at = "cron(0 7 ? * MON-FRI *)", instances = 5 }
        evening = { at = "cron(0 20 ? * MON-FRI *)", instances = 0 }
      }
    }
  }

  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.this) == 0
    error_message = "The schedule alone says how many there are: Terraform would undo what it did."
  }

  assert {
    condition = (
      jsonencode([for t in aws_appautoscaling_target.this : [t.resource_id, t.min_capacity, t.max_capacity]]) == jsonencode([["function:demo-dev:live", 0, 5]]) &&
      aws_appautoscaling_target.this[0].tags.Team == "demo"
    )
    error_message = "The schedule is for the version that answers."
  }

  assert {
    condition = jsonencode({ for name, a in aws_appautoscaling_scheduled_action.this : name => [a.resource_id, a.schedule, a.timezone, a.scalable_target_action[0].min_capacity, a.scalable_target_action[0].max_capacity] }) == jsonencode({
      evening = ["function:demo-dev:live", "cron(0 20 ? * MON-FRI *)", "Europe/Berlin", "0", "0"]
      morning = ["function:demo-dev:live", "cron(0 7 ? * MON-FRI *)", "Europe/Berlin", "5", "5"]
    })
    error_message = "Each entry sets its number at its time."
  }
}

run "neither" {
  command = plan

  variables {
    provisioned_concurrency = {}
  }

  expect_failures = [var.provisioned_concurrency]
}

run "both" {
  command = plan

  variables {
    provisioned_concurrency = { instances = 1, schedule = { noon = { at = "cron(0 12 * * ? *)", instances = 1 } } }
  }

  expect_failures = [var.provisioned_concurrency]
}

run "nothing_to_keep" {
  command = plan

  variables {
    provisioned_concurrency = { instances = 0 }
  }

  expect_failures = [var.provisioned_concurrency]
}

run "no_time" {
  command = plan

  variables {
    provisioned_concurrency = { schedule = { noon = { at = "12:00", instances = 1 } } }
  }

  expect_failures = [var.provisioned_concurrency]
}

run "more_than_reserved" {
  command = plan

  variables {
    reserved_concurrency    = 1
    provisioned_concurrency = { schedule = { noon = { at = "cron(0 12 * * ? *)", instances = 2 } } }
  }

  expect_failures = [var.provisioned_concurrency]
}
