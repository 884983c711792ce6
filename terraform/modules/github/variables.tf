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

variable "repository" {
  description = "The GitHub repository whose workflows deploy, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "The repository must have the form owner/name, without wildcards."
  }
}

variable "environment" {
  description = "The GitHub environment whose jobs may assume the role; null: none. Its rules define the branches and the approval."
  type        = string
  default     = null

  validation {
    condition     = var.environment == null || can(regex("^[A-Za-z0-9_-]+$", var.environment))
    error_message = "The environment must have only letters, digits, hyphens and underscores, without wildcards."
  }
}

variable "branch" {
  description = "The branch whose jobs may assume the role without an environment; null: none."
  type        = string
  default     = null

  validation {
    condition     = var.branch == null || can(regex("^[A-Za-z0-9._/-]+$", var.branch))
    error_message = "The branch must be a full name, without wildcards."
  }

  validation {
    condition     = var.branch != null || var.environment != null
    error_message = "Set an environment, a branch, or both."
  }
}

variable "create_provider" {
  description = "Whether to create GitHub's identity provider; false if another stage in the same account creates it. An account has only one."
  type        = bool
  default     = true
}

variable "bucket" {
  description = "ARN of the artifact bucket."
  type        = string
}

variable "state_bucket" {
  description = "ARN of the bucket of Terraform's state."
  type        = string
}

variable "image_repository" {
  description = "ARN of the image repository."
  type        = string
}

variable "boundary" {
  description = "ARN of the permissions boundary that each role created by a deployment must have."
  type        = string
}

variable "tasks_policy" {
  description = "Permissions of the tasks, as an IAM policy document; a deployment runs the task deploy."
  type        = string
}
