data "aws_cloudfront_cache_policy" "none" {
  name = "Managed-CachingDisabled"
}

# Not the host: CloudFront signs what it sends with the function URL's own.
data "aws_cloudfront_origin_request_policy" "all" {
  name = "Managed-AllViewerExceptHostHeader"
}

resource "aws_cloudfront_origin_access_control" "this" {
  count = var.access == "cloudfront" ? 1 : 0

  name                              = local.full_name
  description                       = "Signs requests to the function URL of ${local.full_name}."
  origin_access_control_origin_type = "lambda"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV_AWS_68:A firewall costs by the month and is an account's choice
  #checkov:skip=CKV2_AWS_47:A firewall is an account's choice, and the service runs no Java
  #checkov:skip=CKV_AWS_86:Logs are delivered to CloudWatch: the older way needs a bucket with ACLs
  #checkov:skip=CKV_AWS_305:There are no files, hence no index
  #checkov:skip=CKV_AWS_310:There is one function, hence no other origin
  #checkov:skip=CKV_AWS_374:Callers may be anywhere
  #checkov:skip=CKV2_AWS_32:The service sets its security headers itself, so that it does so on a laptop as well
  count = var.access == "cloudfront" ? 1 : 0

  comment         = local.full_name
  enabled         = true
  is_ipv6_enabled = true
  http_version    = var.domain.client_certificates == null ? "http2and3" : "http2" # over HTTP/3 there is no mutual TLS
  price_class     = var.price_class
  aliases         = local.host_names
  web_acl_id      = var.web_acl_arn
  tags            = var.tags

  origin {
    origin_id                = "function"
    domain_name              = split("/", aws_lambda_function_url.this.function_url)[2]
    origin_access_control_id = aws_cloudfront_origin_access_control.this[0].id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 60 # the most without a raised quota
    }
  }

  default_cache_behavior {
    target_origin_id         = "function"
    viewer_protocol_policy   = "https-only"
    allowed_methods          = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = data.aws_cloudfront_cache_policy.none.id
    origin_request_policy_id = data.aws_cloudfront_origin_request_policy.all.id
  }

  # By itself CloudFront keeps an error for ten seconds, and some in spite of no-store: one caller's would answer another.
  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
  dynamic "custom_error_response" {
    for_each = toset([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504])

    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = local.certificate_arn == null
    acm_certificate_arn            = local.certificate_arn
    minimum_protocol_version       = local.certificate_arn == null ? null : "TLSv1.2_2021"
    ssl_support_method             = local.certificate_arn == null ? null : "sni-only"
  }

  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/enable-mtls-distributions.html
  dynamic "viewer_mtls_config" {
    for_each = var.domain.client_certificates[*]

    content {
      mode = "required"

      trust_store_config {
        trust_store_id = viewer_mtls_config.value.trust_store_id
      }
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  lifecycle {
    precondition {
      condition     = var.timeout_s < 60
      error_message = "timeout_s is ${var.timeout_s}; CloudFront gives up after 60 seconds, so the function must after at most 59."
    }
  }
}

# CloudFront hands its logs over in us-east-1, wherever the function is.
resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_338:Log lines of requests are for finding faults; log_retention_days keeps them for an audit
  #checkov:skip=CKV_AWS_158:The log lies in us-east-1, and kms_key_arn is a key of the function's region
  count = var.access == "cloudfront" ? 1 : 0

  region            = "us-east-1"
  name              = "/aws/vendedlogs/${var.name}/${var.stage}/access"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_cloudwatch_log_delivery_source" "access" {
  count = var.access == "cloudfront" ? 1 : 0

  region       = "us-east-1"
  name         = local.full_name
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this[0].arn
  tags         = var.tags

  lifecycle {
    precondition {
      condition     = length(local.full_name) <= 60
      error_message = "The log's source would be named ${local.full_name}; CloudWatch Logs allows 60 characters. Shorten name."
    }
  }
}

resource "aws_cloudwatch_log_delivery_destination" "access" {
  count = var.access == "cloudfront" ? 1 : 0

  region        = "us-east-1"
  name          = local.full_name
  output_format = "json"
  tags          = var.tags

  delivery_destination_configuration {
    destination_resource_arn = aws_cloudwatch_log_group.access[0].arn
  }
}

resource "aws_cloudwatch_log_delivery" "access" {
  count = var.access == "cloudfront" ? 1 : 0

  region                   = "us-east-1"
  delivery_source_name     = aws_cloudwatch_log_delivery_source.access[0].name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.access[0].arn
  tags                     = var.tags
}

# What CloudFront answers itself, such as 502 and 504, the function's metrics do not tell. Its own lie in us-east-1, as a
# rate, which one failure of few requests makes high: requests times that rate are counted.
resource "aws_cloudwatch_metric_alarm" "cloudfront" {
  count = var.access == "cloudfront" && var.alarms != null ? 1 : 0

  region              = "us-east-1"
  alarm_name          = "${local.full_name}/cloudfront-errors"
  alarm_description   = "CloudFront answers with status 5xx."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.server_errors
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [for arn in var.alarms.topic_arns : arn if strcontains(arn, ":sns:us-east-1:")]
  ok_actions          = [for arn in var.alarms.topic_arns : arn if strcontains(arn, ":sns:us-east-1:")]
  tags                = var.tags

  metric_query {
    id          = "errors"
    label       = "Answers with status 5xx"
    expression  = "requests * rate / 100"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { requests = ["Requests", "Sum"], rate = ["5xxErrorRate", "Average"] }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/CloudFront"
        metric_name = metric_query.value[0]
        stat        = metric_query.value[1]
        period      = 300
        dimensions  = { DistributionId = aws_cloudfront_distribution.this[0].id, Region = "Global" }
      }
    }
  }
}
