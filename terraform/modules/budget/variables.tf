variable "stage" {
  description = "The stage, part of each resource name: propensity-<stage>-…."
  type        = string

  validation {
    condition     = contains(["dev", "uat", "prod"], var.stage)
    error_message = "The stage must be dev, uat or prod."
  }
}

variable "monthly_dollars" {
  description = "Monthly budget of the stage in US dollars; a notification is sent when it is exceeded."
  type        = number

  validation {
    condition     = var.monthly_dollars > 0
    error_message = "The budget must be greater than 0."
  }
}

variable "topic" {
  description = "ARN of the topic to notify."
  type        = string
}
