mock_provider "aws" {}

variables {
  stage           = "dev"
  monthly_dollars = 50
  topic           = "arn:aws:sns:eu-west-1:123456789012:propensity-dev-alerts"
}

run "tells_the_topic_before_the_money_is_spent" {
  command = plan

  assert {
    condition = [
      aws_budgets_budget.this.limit_amount,
      aws_budgets_budget.this.limit_unit,
      aws_budgets_budget.this.time_unit,
      aws_budgets_budget.this.budget_type,
    ] == ["50", "USD", "MONTHLY", "COST"]
    error_message = "fifty dollars of cost a month"
  }

  assert {
    condition     = toset([for filter in aws_budgets_budget.this.cost_filter : join(",", filter.values)]) == toset(["user:propensity:environment$dev"])
    error_message = "what the stage's tag is on counts, and nothing else"
  }

  assert {
    condition = toset([
      for notification in aws_budgets_budget.this.notification :
      "${notification.notification_type} ${notification.threshold} ${notification.threshold_type}"
    ]) == toset(["ACTUAL 80 PERCENTAGE", "FORECASTED 100 PERCENTAGE"])
    error_message = "notifies at 80% of actual and 100% of forecast costs"
  }

  assert {
    condition = alltrue([
      for notification in aws_budgets_budget.this.notification :
      notification.subscriber_sns_topic_arns == toset([var.topic])
    ])
    error_message = "the topic is notified"
  }
}

run "rejects_a_budget_of_nothing" {
  command = plan

  variables {
    monthly_dollars = 0
  }

  expect_failures = [var.monthly_dollars]
}
