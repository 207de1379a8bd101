variable "jobs" {
  description = "The function that does jobs, and how often and how many at once it is given messages."
  type = object({
    memory_mb   = optional(number, 512)
    timeout_s   = optional(number, 300)  # for all jobs of a batch, which begin at once
    batch_size  = optional(number, 10)   # messages that it is given at once, at most
    concurrency = optional(number, 5)    # batches at the same time, at most
    attempts    = optional(number, 5)    # times a message is tried before it goes to the dead letter queue
    max_age_s   = optional(number, 3600) # age of a message that waits which an alarm is raised about
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.jobs.memory_mb >= 128 && var.jobs.memory_mb <= 10240 && floor(var.jobs.memory_mb) == var.jobs.memory_mb
    error_message = "jobs.memory_mb must be a whole number from 128 to 10240."
  }

  validation {
    condition     = var.jobs.timeout_s >= 2 && var.jobs.timeout_s <= 900 && floor(var.jobs.timeout_s) == var.jobs.timeout_s
    error_message = "jobs.timeout_s must be a whole number from 2 to 900."
  }

  validation {
    condition     = var.jobs.batch_size >= 1 && var.jobs.batch_size <= 10 && floor(var.jobs.batch_size) == var.jobs.batch_size
    error_message = "jobs.batch_size must be a whole number from 1 to 10."
  }

  # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
  validation {
    condition     = var.jobs.concurrency >= 2 && var.jobs.concurrency <= 1000 && floor(var.jobs.concurrency) == var.jobs.concurrency
    error_message = "jobs.concurrency must be a whole number from 2, the least that Lambda takes, to 1000."
  }

  validation {
    condition     = var.jobs.attempts >= 1 && var.jobs.attempts <= 1000 && floor(var.jobs.attempts) == var.jobs.attempts
    error_message = "jobs.attempts must be a whole number from 1 to 1000."
  }

  validation {
    condition     = var.jobs.max_age_s >= 1
    error_message = "jobs.max_age_s must be 1 or more."
  }
}

variable "schedules" {
  description = "When a message is sent to the queue by itself, each under a name of your own: the job, the time as EventBridge Scheduler takes it, and the job's input as JSON."
  type = map(object({
    job       = string
    at        = string # cron(0 3 * * ? *), rate(1 hour) or at(2027-01-01T00:00:00)
    time_zone = optional(string, "UTC")
    input     = optional(string, "{}") # jsonencode({ … })
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.schedules) : can(regex("^[a-z0-9][a-z0-9-]{0,63}$", name))])
    error_message = "schedules must have names of a-z, 0-9 and -, of at most 64 characters."
  }

  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^(cron|rate|at)\\(.+\\)$", schedule.at))])
    error_message = "schedules must have times such as at = \"cron(0 3 * * ? *)\"."
  }

  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(jsondecode(schedule.input))])
    error_message = "schedules must have input as JSON, such as jsonencode({ days = 30 })."
  }
}
