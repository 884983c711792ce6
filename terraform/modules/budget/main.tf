# Notifies the topic when a stage exceeds its budget. Costs are filtered by tag, so nothing is counted until
# propensity:environment is activated as a cost allocation tag, once for each account, by hand.
resource "aws_budgets_budget" "this" {
  name         = "propensity-${var.stage}"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_dollars)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:propensity:environment$%s", var.stage)]
  }

  notification {
    notification_type         = "ACTUAL"
    comparison_operator       = "GREATER_THAN"
    threshold                 = 80
    threshold_type            = "PERCENTAGE"
    subscriber_sns_topic_arns = [var.topic]
  }

  notification {
    notification_type         = "FORECASTED"
    comparison_operator       = "GREATER_THAN"
    threshold                 = 100
    threshold_type            = "PERCENTAGE"
    subscriber_sns_topic_arns = [var.topic]
  }
}
