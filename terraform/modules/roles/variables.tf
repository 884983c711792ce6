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

variable "bucket" {
  description = "ARN of the artifact bucket."
  type        = string
}

variable "repository" {
  description = "ARN of the image repository."
  type        = string
}

variable "log_group" {
  description = "Name of the log group of tasks on ECS."
  type        = string
}

variable "secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters, by the environment variable of tasks on ECS."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for _, arn in var.secrets : can(regex("^arn:aws:(secretsmanager|ssm):", arn))])
    error_message = "A secret must be the ARN of a Secrets Manager secret or an SSM parameter, not the secret itself."
  }
}

variable "subnets" {
  description = "Subnets of SageMaker's containers; empty: SageMaker's own network."
  type        = list(string)
  default     = []
}

variable "security_groups" {
  description = "Security groups of SageMaker's containers in these subnets."
  type        = list(string)
  default     = []
}

variable "kubernetes_cluster" {
  description = "ARN of the EKS cluster whose pods may run tasks, with EKS Pod Identity; null: none."
  type        = string
  default     = null
}
