variable "stage" {
  description = "The stage; everything is named propensity-<stage>-… after it."
  type        = string

  validation {
    condition     = contains(["dev", "uat", "prod"], var.stage)
    error_message = "A stage is dev, uat or prod."
  }
}

variable "account" {
  description = "The account that the stage lies in, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "An account has twelve digits."
  }
}

variable "region" {
  description = "The region that the stage lies in, like eu-west-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region is one like eu-west-1."
  }
}

variable "endpoints" {
  description = <<-TEXT
    What is alarming, by the endpoint's name: errors a minute above which, and the 99th percentile of the model's
    latency in milliseconds above which it is. Both roll a deployment back.
  TEXT
  type = map(object({
    errors_a_minute = optional(number, 5)
    latency_ms      = optional(number, 500)
  }))

  validation {
    condition     = alltrue([for name, _ in var.endpoints : startswith(name, "propensity-${var.stage}-")])
    error_message = "An endpoint's name begins with propensity-<stage>-."
  }

  validation {
    condition     = alltrue([for _, limits in var.endpoints : limits.errors_a_minute >= 0 && limits.latency_ms > 0])
    error_message = "Errors are not negative, latencies are positive."
  }
}

variable "email" {
  description = "Who is told of alarms; nobody without it. The address gets a mail that asks for its consent."
  type        = string
  default     = null

  validation {
    condition     = var.email == null || can(regex("^[^@[:space:]]+@[^@[:space:]]+$", var.email))
    error_message = "An address is one like name@example.com."
  }
}
