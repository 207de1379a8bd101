variable "provisioned_concurrency" {
  description = "Instances of the version that answers that are kept started, and paid for by the second: as many as instances says, or as each entry of schedule says from its time on, until the next one's. Null keeps none."
  type = object({
    instances = optional(number)
    schedule  = optional(map(object({ at = string, instances = number })), {})
    time_zone = optional(string, "UTC")
  })
  default = null

  validation {
    condition     = var.provisioned_concurrency == null || (try(var.provisioned_concurrency.instances, null) == null) == (length(try(var.provisioned_concurrency.schedule, {})) > 0)
    error_message = "provisioned_concurrency must have either instances or a schedule."
  }

  validation {
    condition = alltrue([
      for number in concat(try(var.provisioned_concurrency.instances, null)[*], [for entry in try(var.provisioned_concurrency.schedule, {}) : entry.instances + 1]) :
      number >= 1 && floor(number) == number
    ])
    error_message = "provisioned_concurrency must have whole numbers of instances, in a schedule from 0 on, else from 1."
  }

  validation {
    condition     = alltrue([for entry in try(var.provisioned_concurrency.schedule, {}) : can(regex("^(cron|rate|at)\\(.+\\)$", entry.at))])
    error_message = "provisioned_concurrency.schedule must have times such as at = \"cron(0 7 ? * MON-FRI *)\"."
  }

  validation {
    condition     = var.reserved_concurrency < 0 || alltrue([for number in concat(try(var.provisioned_concurrency.instances, null)[*], [for entry in try(var.provisioned_concurrency.schedule, {}) : entry.instances]) : number <= var.reserved_concurrency])
    error_message = "provisioned_concurrency must not be more than reserved_concurrency, of which it is a part."
  }
}

locals {
  schedule = try(var.provisioned_concurrency.schedule, {})
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = try(var.provisioned_concurrency.instances, null) == null ? 0 : 1

  function_name                     = aws_lambda_function.this.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.provisioned_concurrency.instances
}

resource "aws_appautoscaling_target" "this" {
  count = length(local.schedule) > 0 ? 1 : 0

  service_namespace  = "lambda"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  resource_id        = "function:${aws_lambda_function.this.function_name}:${aws_lambda_alias.live.name}"
  min_capacity       = min(values(local.schedule)[*].instances...)
  max_capacity       = max(values(local.schedule)[*].instances...)
  tags               = var.tags

  lifecycle {
    ignore_changes = [min_capacity, max_capacity] # each entry of the schedule sets both
  }
}

resource "aws_appautoscaling_scheduled_action" "this" {
  for_each = local.schedule

  name               = each.key
  service_namespace  = one(aws_appautoscaling_target.this[*].service_namespace)
  scalable_dimension = one(aws_appautoscaling_target.this[*].scalable_dimension)
  resource_id        = one(aws_appautoscaling_target.this[*].resource_id)
  schedule           = each.value.at
  timezone           = var.provisioned_concurrency.time_zone

  scalable_target_action {
    min_capacity = each.value.instances
    max_capacity = each.value.instances
  }
}
