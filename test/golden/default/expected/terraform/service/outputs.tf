output "url" {
  description = "Where the service answers, without a slash at the end."
  value       = local.url
}

output "region" {
  description = "Region that everything lies in."
  value       = local.region
}

output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "function_version" {
  description = "Version published last; /healthz tells the one that answers."
  value       = aws_lambda_function.this.version
}

output "alias_name" {
  description = "Alias that the gateway calls."
  value       = aws_lambda_alias.live.name
}

output "alias_arn" {
  description = "ARN of that alias, for what else may call the function."
  value       = aws_lambda_alias.live.arn
}

output "role_arn" {
  description = "ARN of the function's role, for policies of resources that it may use."
  value       = aws_iam_role.this.arn
}

output "role_name" {
  description = "Name of the function's role, to attach policies to."
  value       = aws_iam_role.this.name
}

output "log_group_name" {
  description = "Log group of the function."
  value       = aws_cloudwatch_log_group.function.name
}

output "alarm_names" {
  description = "Alarms that `make release` watches."
  value       = [for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name]
}

output "dashboard_url" {
  description = "CloudWatch dashboard, in the console."
  value = format(
    "https://%s.console.%s/cloudwatch/home?region=%s#dashboards/dashboard/%s",
    local.region,
    lookup({ aws-cn = "amazonaws.cn", aws-us-gov = "amazonaws-us-gov.com" }, local.partition, "aws.amazon.com"),
    local.region,
    aws_cloudwatch_dashboard.this.dashboard_name,
  )
}
