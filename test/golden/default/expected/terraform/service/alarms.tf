locals {
  function_dimensions = { FunctionName = aws_lambda_function.this.function_name }

  # An alarm tells topics of its own region alone.
  topic_arns = [for arn in try(var.alarms.topic_arns, []) : arn if strcontains(arn, ":sns:${local.region}:")]

  # Each watches one metric for five minutes: an account's first ten such alarms cost nothing.
  alarms = var.alarms == null ? {} : {
    server-errors = merge(local.api_metrics.server_errors, {
      description = "The API answers with status 5xx."
      stat        = "Sum"
      threshold   = var.alarms.server_errors
    })
    errors = {
      description = "Invocations throw, time out or run out of memory."
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      dimensions  = local.function_dimensions
      stat        = "Sum"
      threshold   = var.alarms.errors
    }
    throttles = {
      description = "Invocations are refused for lack of concurrency."
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      dimensions  = local.function_dimensions
      stat        = "Sum"
      threshold   = var.alarms.throttles
    }
    duration-p95 = {
      description = "One invocation in twenty takes longer than it may."
      namespace   = "AWS/Lambda"
      metric      = "Duration"
      dimensions  = local.function_dimensions
      stat        = "p95"
      threshold   = var.alarms.duration_p95_ms
    }
    concurrency = {
      description = "Invocations at once come near the limit."
      namespace   = "AWS/Lambda"
      metric      = "ConcurrentExecutions"
      dimensions  = local.function_dimensions
      stat        = "Maximum"
      threshold   = try(coalesce(var.alarms.concurrency, var.reserved_concurrency < 5 ? null : ceil(0.8 * var.reserved_concurrency)), null)
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = { for key, alarm in local.alarms : key => alarm if alarm.threshold != null } # none on a limit that nobody knows

  alarm_name                            = "${local.full_name}/${each.key}" # no service or stage has a slash in its name
  alarm_description                     = each.value.description
  namespace                             = each.value.namespace
  metric_name                           = each.value.metric
  dimensions                            = each.value.dimensions
  statistic                             = each.value.stat == "p95" ? null : each.value.stat
  extended_statistic                    = each.value.stat == "p95" ? each.value.stat : null
  evaluate_low_sample_count_percentiles = each.value.stat == "p95" ? "ignore" : null # one slow request is no trend
  comparison_operator                   = "GreaterThanOrEqualToThreshold"
  threshold                             = each.value.threshold
  period                                = 300
  evaluation_periods                    = 1
  treat_missing_data                    = "notBreaching"
  alarm_actions                         = local.topic_arns
  ok_actions                            = local.topic_arns
  tags                                  = var.tags
}

locals {
  # One graph each: what the API's callers see above what the function does.
  graphs = [
    { title = "Requests and 5xx", stat = "Sum", metrics = [local.api_metrics.requests, local.api_metrics.server_errors] },
    { title = "Latency, p95", stat = "p95", metrics = [local.api_metrics.latency] },
    { title = "Errors and throttles", stat = "Sum", metrics = [for metric in ["Errors", "Throttles"] : {
      namespace = "AWS/Lambda", metric = metric, dimensions = local.function_dimensions
    }] },
    { title = "Duration, p95 (ms)", stat = "p95", metrics = [{
      namespace = "AWS/Lambda", metric = "Duration", dimensions = local.function_dimensions
    }] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = local.full_name
  dashboard_body = jsonencode({
    widgets = concat(
      [for index, graph in local.graphs : {
        type   = "metric"
        x      = index % 2 * 12
        y      = floor(index / 2) * 6
        width  = 12
        height = 6
        properties = {
          title  = graph.title
          region = local.region
          stat   = graph.stat
          period = 300
          metrics = [for metric in graph.metrics : concat(
            [metric.namespace, metric.metric],
            flatten([for name, value in metric.dimensions : [name, value]]),
          )]
        }
      }],
      [{
        type   = "log"
        x      = 0
        y      = 12
        width  = 24
        height = 6
        properties = {
          title  = "Latest errors"
          region = local.region
          view   = "table"
          query  = "SOURCE '${aws_cloudwatch_log_group.function.name}' | fields @timestamp, message, requestId | filter level = 'ERROR' | sort @timestamp desc | limit 20"
        }
      }],
    )
  })
}
