mock_provider "aws" {}

variables {
  stage     = "dev"
  account   = "123456789012"
  region    = "eu-west-1"
  endpoints = { propensity-dev-insurance = { latency_ms = 300 } }
}

run "watches_errors_and_latency_of_the_one_variant" {
  command = plan

  assert {
    condition = [
      for alarm in values(aws_cloudwatch_metric_alarm.errors) :
      [alarm.alarm_name, alarm.namespace, alarm.metric_name, alarm.statistic, alarm.threshold, alarm.period, alarm.dimensions]
      ] == [[
        "propensity-dev-insurance-5xx", "AWS/SageMaker", "Invocation5XXErrors", "Sum", 5, 60,
        tomap({ EndpointName = "propensity-dev-insurance", VariantName = "model" })
    ]]
    error_message = "more than five server errors of the endpoint's variant a minute"
  }

  assert {
    condition = [
      for alarm in values(aws_cloudwatch_metric_alarm.latency) :
      [alarm.alarm_name, alarm.namespace, alarm.metric_name, alarm.extended_statistic, alarm.threshold, alarm.dimensions]
      ] == [[
        "propensity-dev-insurance-latency", "AWS/SageMaker", "ModelLatency", "p99", 300000,
        tomap({ EndpointName = "propensity-dev-insurance", VariantName = "model" })
    ]]
    error_message = "the 99th percentile over 300 ms, which is 300,000 microseconds"
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.latency)) :
      alarm.treat_missing_data == "notBreaching"
      && alarm.comparison_operator == "GreaterThanThreshold"
      && alarm.alarm_actions == toset(["arn:aws:sns:eu-west-1:123456789012:propensity-dev-alerts"])
    ])
    error_message = "missing data is no alarm, and the topic is notified"
  }

  assert {
    condition     = output.alarms == { propensity-dev-insurance = ["propensity-dev-insurance-5xx", "propensity-dev-insurance-latency"] }
    error_message = "the deployment finds the alarms by the endpoint's name"
  }
}

run "encrypts_what_it_tells" {
  command = plan

  assert {
    condition     = aws_sns_topic.alerts.kms_master_key_id == "alias/propensity-dev-alerts" && aws_kms_key.topic.enable_key_rotation
    error_message = "the topic is encrypted by a key that is rotated"
  }

  assert {
    condition = {
      for statement in jsondecode(aws_kms_key.topic.policy).Statement : statement.Sid => statement.Principal
      } == {
      AllowAccountToManage           = { AWS = "arn:aws:iam::123456789012:root" }
      AllowAlarmsAndBudgetsToEncrypt = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
    }
    error_message = "alarms and budgets may use the key, or nothing would arrive"
  }

  assert {
    condition = [
      for statement in jsondecode(aws_sns_topic_policy.alerts.policy).Statement :
      [statement.Effect, statement.Action, statement.Resource, statement.Condition]
      ] == [
      ["Allow", "sns:Publish", "arn:aws:sns:eu-west-1:123456789012:propensity-dev-alerts",
      { StringEquals = { "aws:SourceAccount" = "123456789012" } }],
      ["Deny", "sns:Publish", "arn:aws:sns:eu-west-1:123456789012:propensity-dev-alerts",
      { Bool = { "aws:SecureTransport" = "false" } }],
    ]
    error_message = "this account's alarms and budgets publish, and nobody by plain HTTP"
  }

  assert {
    condition     = length(aws_sns_topic_subscription.email) == 0
    error_message = "no subscription without an address"
  }
}

run "tells_a_person" {
  command = plan

  variables {
    email = "operations@example.com"
  }

  assert {
    condition     = aws_sns_topic_subscription.email[0].endpoint == "operations@example.com" && aws_sns_topic_subscription.email[0].protocol == "email"
    error_message = "the address is subscribed"
  }
}

run "rejects_an_endpoint_of_another_stage" {
  command = plan

  variables {
    endpoints = { propensity-prod-insurance = {} }
  }

  expect_failures = [var.endpoints]
}

run "rejects_what_is_no_address" {
  command = plan

  variables {
    email = "operations"
  }

  expect_failures = [var.email]
}
