# Alarms of an endpoint: they send notifications, and roll back a deployment in progress.
locals {
  name   = "propensity-${var.stage}-alerts"
  topic  = "arn:aws:sns:${var.region}:${var.account}:${local.name}"
  own    = { StringEquals = { "aws:SourceAccount" = var.account } }
  admins = "arn:aws:iam::${var.account}:root"
}

# Alarms cannot publish to a topic with the AWS managed key, because its policy cannot be changed.
resource "aws_kms_key" "topic" {
  description             = "${local.name}: notifications of alarms and budgets"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # Without it, the account could never change this policy again. Here * is this key only.
        Sid       = "AllowAccountToManage"
        Effect    = "Allow"
        Principal = { AWS = local.admins }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "AllowAlarmsAndBudgetsToEncrypt"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = local.own
      },
    ]
  })
}

resource "aws_kms_alias" "topic" {
  name          = "alias/${local.name}"
  target_key_id = aws_kms_key.topic.key_id
}

resource "aws_sns_topic" "alerts" {
  name              = local.name
  kms_master_key_id = aws_kms_alias.topic.name
}

resource "aws_sns_topic_policy" "alerts" {
  arn = "arn:aws:sns:${var.region}:${var.account}:${aws_sns_topic.alerts.name}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowAlarmsAndBudgetsToPublish"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = local.topic
        Condition = local.own
      },
      {
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = local.topic
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  count = var.email == null ? 0 : 1

  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.email
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = var.endpoints

  alarm_name          = "${each.key}-5xx"
  alarm_description   = "${each.key} returns server errors"
  namespace           = "AWS/SageMaker"
  metric_name         = "Invocation5XXErrors"
  dimensions          = { EndpointName = each.key, VariantName = "model" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.errors_a_minute
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.topic]
  ok_actions          = [local.topic]

  depends_on = [aws_sns_topic_policy.alerts]
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  for_each = var.endpoints

  alarm_name          = "${each.key}-latency"
  alarm_description   = "The 99th percentile of the model latency of ${each.key} exceeds ${each.value.latency_ms} ms"
  namespace           = "AWS/SageMaker"
  metric_name         = "ModelLatency"
  dimensions          = { EndpointName = each.key, VariantName = "model" }
  extended_statistic  = "p99"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.latency_ms * 1000 # the metric counts microseconds
  treat_missing_data  = "notBreaching"
  # The percentile of a few requests is not meaningful.
  evaluate_low_sample_count_percentiles = "ignore"
  alarm_actions                         = [local.topic]
  ok_actions                            = [local.topic]

  depends_on = [aws_sns_topic_policy.alerts]
}
