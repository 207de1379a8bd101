import { at, type Mutation } from './mutation.ts';

const place = { gateway: 'http', extras: 'jobs', suite: 'jobs' } as const;

/** What may use the queue, and what is not lost. */
export const jobMutations: readonly Mutation[] = [
  ...at(
    { ...place, file: 'service/jobs.tf' },
    {
      'the role uses each queue': ['resources = [aws_sqs_queue.jobs.arn]', 'resources = ["*"]'],
      'the role does all with the queue': ['      "sqs:DeleteMessage",\n', '      "sqs:*",\n'],
      'jobs write no log': ['"logs:CreateLogStream", ', ''],
      'jobs write each log': ['"${aws_cloudwatch_log_group.jobs.arn}:*"', '"*"'],
      'jobs act as another role': ['= aws_iam_role.this.arn', '= "arn:aws:iam::123456789012:role/admin"'],
      'the queue passes the alias by': ['= aws_lambda_alias.jobs.arn', '= aws_lambda_function.jobs.arn'],
      'one failure fails the batch': ['["ReportBatchItemFailures"] #', '[] #'],
      'jobs are of another bundle': ['handler          = "jobs.handler"', 'handler          = "lambda.handler"'],
      'jobs have no limit of their own': ['    maximum_concurrency = var.jobs.concurrency', '    maximum_concurrency = 1000'],
      "the jobs' log has no key": ['  kms_key_id        = var.kms_key_arn\n', ''],
      "the jobs' environment has no key": ['  kms_key_arn      = var.kms_key_arn\n', ''],
    },
  ),
  ...at(
    { ...place, file: 'service/queue.tf' },
    {
      'queues are used without TLS': ['values   = ["false"]', 'values   = ["true"]'],
      'queues are for everyone': ['effect    = "Deny"', 'effect    = "Allow"'],
      'one queue goes without a policy': ['jobs = aws_sqs_queue.jobs.url, ', ''],
      'every queue puts its dead letters there': ['[aws_sqs_queue.jobs.arn]\n  })', '[aws_sqs_queue.dead.arn]\n  })'],
      'dead letters are lost after four days': ['1209600', '345600'],
      'schedules of another group take the role': ['aws_scheduler_schedule_group.this[*].arn', '["*"]'],
      'another service takes the role of schedules': ['"scheduler.amazonaws.com"', '"events.amazonaws.com"'],
      'schedules do all with the queue': ['actions   = ["sqs:SendMessage"]', 'actions   = ["sqs:*"]'],
      'schedules send to each queue': ['resources = [aws_sqs_queue.jobs.arn]', 'resources = ["*"]'],
      'nothing bounds the role of schedules': ['  permissions_boundary = var.permissions_boundary_arn\n', ''],
      'a schedule is among those of others': ['aws_scheduler_schedule_group.this[0].name', '"default"'],
      'a message is given out twice': ['6 * var.jobs.timeout_s', 'var.jobs.timeout_s'],
    },
  ),
];
