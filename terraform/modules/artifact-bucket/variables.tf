variable "name" {
  description = "The bucket's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "The bucket's name must have 3 to 63 lowercase letters, digits and hyphens."
  }
}

variable "account" {
  description = "ID of the AWS account whose principals may use the bucket, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "An account ID has twelve digits."
  }
}

variable "expirations" {
  description = "Retention in days, by prefix; a prefix ends with a slash."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for prefix, days in var.expirations : endswith(prefix, "/") && days >= 1])
    error_message = "A prefix must end with a slash, and days must be at least 1."
  }
}

variable "old_versions_days" {
  description = "Retention of overwritten and deleted objects, in days."
  type        = number
  default     = 30

  validation {
    condition     = var.old_versions_days >= 1
    error_message = "The retention must be at least one day."
  }
}
