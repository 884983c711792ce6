variable "stage" {
  description = "The stage; everything is named propensity-<stage>-… after it."
  type        = string

  validation {
    condition     = contains(["dev", "uat", "prod"], var.stage)
    error_message = "A stage is dev, uat or prod."
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

variable "image" {
  description = "The task image by its digest; without it there is no task definition yet."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "An image is referred to by its digest: …@sha256:…, which no later push can change."
  }
}

variable "store" {
  description = "Where the tasks' artifacts lie, as PROPENSITY_STORE."
  type        = string

  validation {
    condition     = startswith(var.store, "s3://")
    error_message = "A store is one like s3://bucket/store."
  }
}

variable "task_role" {
  description = "ARN of the role of the tasks."
  type        = string
}

variable "execution_role" {
  description = "ARN of the role by which ECS starts tasks."
  type        = string
}

variable "environment" {
  description = "More environment variables of the tasks; nothing secret."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters, by the environment variable that a task finds each in."
  type        = map(string)
  default     = {}
}

variable "cpu" {
  description = "CPU units of a task; 1024 are one virtual CPU."
  type        = number
  default     = 2048

  validation {
    condition     = contains([512, 1024, 2048, 4096, 8192], var.cpu)
    error_message = "Fargate takes 512, 1024, 2048, 4096 or 8192 units."
  }
}

variable "memory" {
  description = "Memory of a task in MiB; Fargate takes two to eight times the CPU units."
  type        = number
  default     = 8192

  validation {
    condition     = var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu && var.memory % 1024 == 0
    error_message = "Memory is two to eight times the CPU units, in steps of 1024 MiB."
  }
}

variable "log_group" {
  description = "Name of the log group that tasks write to."
  type        = string
}

variable "log_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400], var.log_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or 400 days."
  }
}
