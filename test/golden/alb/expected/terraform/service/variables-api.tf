variable "listener" {
  description = "Listener of an application load balancer that exists already, and which of its requests are the stage's: those to one of these host names, or to any where none is named, with a path that fits one of these patterns. The first host name without a wildcard is the URL's. Of rules that take the same request the one with the lowest priority, null for the next free one, gets them all."
  type = object({
    arn           = string
    priority      = optional(number)
    host_names    = optional(list(string), [])
    path_patterns = optional(list(string), ["/*"])
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener/app/", var.listener.arn))
    error_message = "listener.arn must be the ARN of a listener of an application load balancer: aws elbv2 describe-listeners --load-balancer-arn tells it."
  }

  validation {
    condition     = try(var.listener.priority >= 1 && var.listener.priority <= 50000 && floor(var.listener.priority) == var.listener.priority, var.listener.priority == null)
    error_message = "listener.priority must be a whole number from 1 to 50000 that no other rule of the listener has, or null for the next free one."
  }

  # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
  validation {
    condition     = alltrue([for name in var.listener.host_names : can(regex("^[A-Za-z0-9*?.-]*\\.[A-Za-z]+$", name)) && length(name) <= 128])
    error_message = "listener.host_names must be host names, with * and ? for any characters but those behind the last dot."
  }

  validation {
    condition     = alltrue([for pattern in var.listener.path_patterns : can(regex("^/[A-Za-z0-9_.$/~\"'@:+&*?-]{0,127}$", pattern))])
    error_message = "listener.path_patterns must begin with /, with * and ? for any characters."
  }

  validation {
    condition = anytrue([for pattern in var.listener.path_patterns : can(regex(
      "^${replace(replace(replace(pattern, "/[.$+]/", "\\$0"), "*", ".*"), "?", ".")}$",
      "/healthz",
    ))])
    error_message = "listener.path_patterns must let /healthz through, which tells make release what answers: add it."
  }
}

variable "health_check_interval_s" {
  description = "Seconds between two requests for /healthz, each an invocation, that each of the load balancer's nodes makes by itself; null makes none. Health changes nothing but the target group's metric and DNS failover: with one function the load balancer passes requests on all the same."
  type        = number
  default     = 300

  validation {
    condition     = try(var.health_check_interval_s >= 15 && var.health_check_interval_s <= 300 && floor(var.health_check_interval_s) == var.health_check_interval_s, var.health_check_interval_s == null)
    error_message = "health_check_interval_s must be a whole number from 15 to 300, or null for none."
  }
}
