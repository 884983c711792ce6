variable "stage" {
  description = "The stage, part of each resource name: propensity-<stage>-…."
  type        = string

  validation {
    condition     = contains(["dev", "uat", "prod"], var.stage)
    error_message = "The stage must be dev, uat or prod."
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

variable "image" {
  description = "The task image, by its digest; without it, no task definition is created."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "The image must be referenced by its digest, …@sha256:…, which no later push can change."
  }
}

variable "store" {
  description = "S3 URI of the artifact store, as in PROPENSITY_STORE."
  type        = string

  validation {
    condition     = startswith(var.store, "s3://")
    error_message = "The store must have the form s3://bucket/store."
  }
}

variable "task_role" {
  description = "ARN of the tasks' role."
  type        = string
}

variable "execution_role" {
  description = "ARN of the execution role, with which ECS starts tasks."
  type        = string
}

variable "environment" {
  description = "Additional environment variables of the tasks; no secrets."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters, by the task's environment variable."
  type        = map(string)
  default     = {}
}

variable "cpu" {
  description = "CPU units of a task; 1024 units are one vCPU."
  type        = number
  default     = 2048

  validation {
    condition     = contains([512, 1024, 2048, 4096, 8192], var.cpu)
    error_message = "Fargate supports 512, 1024, 2048, 4096 or 8192 units."
  }
}

variable "memory" {
  description = "Memory of a task in MiB; Fargate supports two to eight times the CPU units."
  type        = number
  default     = 8192

  validation {
    condition     = var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu && var.memory % 1024 == 0
    error_message = "The memory must be two to eight times the CPU units, in steps of 1024 MiB."
  }
}

variable "log_group" {
  description = "Name of the log group of the tasks."
  type        = string
}

variable "log_days" {
  description = "Retention of logs, in days."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400], var.log_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or 400 days."
  }
}
