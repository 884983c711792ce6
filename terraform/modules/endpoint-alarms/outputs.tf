output "topic" {
  description = "ARN of the topic for notifications of alarms and budgets."
  value       = local.topic

  depends_on = [aws_sns_topic_policy.alerts]
}

output "alarms" {
  description = "The names of each endpoint's alarms, by the endpoint's name."
  value       = { for name, _ in var.endpoints : name => ["${name}-5xx", "${name}-latency"] }
}
