variable "stage" {
  description = "The stage, part of each resource name: propensity-<stage>-…."
  type        = string

  validation {
    condition     = contains(["dev", "uat", "prod"], var.stage)
    error_message = "The stage must be dev, uat or prod."
  }
}

variable "account" {
  description = "ID of the stage's AWS account, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "An account ID has twelve digits."
  }
}

variable "region" {
  description = "The AWS region of the stage, such as eu-west-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region must have the form eu-west-1."
  }
}

variable "endpoints" {
  description = <<-TEXT
    Alarm thresholds by the endpoint's name: errors per minute, and the 99th percentile of the model's latency in
    milliseconds. Both alarms roll a deployment back.
  TEXT
  type = map(object({
    errors_a_minute = optional(number, 5)
    latency_ms      = optional(number, 500)
  }))

  validation {
    condition     = alltrue([for name, _ in var.endpoints : startswith(name, "propensity-${var.stage}-")])
    error_message = "An endpoint's name must start with propensity-<stage>-."
  }

  validation {
    condition     = alltrue([for _, limits in var.endpoints : limits.errors_a_minute >= 0 && limits.latency_ms > 0])
    error_message = "errors_a_minute must not be negative, and latency_ms must be positive."
  }
}

variable "email" {
  description = "E-mail address for alarms; null: none. AWS sends a message to confirm the subscription."
  type        = string
  default     = null

  validation {
    condition     = var.email == null || can(regex("^[^@[:space:]]+@[^@[:space:]]+$", var.email))
    error_message = "The e-mail address must have the form name@example.com."
  }
}
