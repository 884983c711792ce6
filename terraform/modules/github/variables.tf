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

variable "repository" {
  description = "The GitHub repository whose workflows deploy, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "A repository is one like owner/name, without patterns."
  }
}

variable "environment" {
  description = "The GitHub environment whose jobs may take the role; null: none by it. Its rules say which branches and who approves."
  type        = string
  default     = null

  validation {
    condition     = var.environment == null || can(regex("^[A-Za-z0-9_-]+$", var.environment))
    error_message = "An environment's name has letters, digits, hyphens and underscores, no pattern."
  }
}

variable "branch" {
  description = "The branch whose jobs outside any environment may take the role; null: none by it."
  type        = string
  default     = null

  validation {
    condition     = var.branch == null || can(regex("^[A-Za-z0-9._/-]+$", var.branch))
    error_message = "A branch is named in full, without patterns."
  }

  validation {
    condition     = var.branch != null || var.environment != null
    error_message = "Name an environment, a branch or both: nobody else may deploy."
  }
}

variable "create_provider" {
  description = "Whether to make GitHub's identity provider; false where another stage of the same account made it, since an account has one."
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
  description = "ARN of the boundary that each role the deployments make must have."
  type        = string
}

variable "tasks_policy" {
  description = "What tasks may do, as an IAM policy document: a deployment does what the task deploy does."
  type        = string
}
