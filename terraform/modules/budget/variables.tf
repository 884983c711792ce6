variable "stage" {
  description = "The stage; everything is named propensity-<stage>-… after it."
  type        = string

  validation {
    condition     = contains(["dev", "uat", "prod"], var.stage)
    error_message = "A stage is dev, uat or prod."
  }
}

variable "monthly_dollars" {
  description = "What the stage may cost in a month, in US dollars, before people are told."
  type        = number

  validation {
    condition     = var.monthly_dollars > 0
    error_message = "A budget is more than nothing."
  }
}

variable "topic" {
  description = "ARN of the topic that is told."
  type        = string
}
