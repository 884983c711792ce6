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

variable "bucket" {
  description = "ARN of the artifact bucket."
  type        = string
}

variable "repository" {
  description = "ARN of the image repository."
  type        = string
}

variable "log_group" {
  description = "Name of the log group that tasks on ECS write to."
  type        = string
}

variable "secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters, by the environment variable that a task on ECS finds each in."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for _, arn in var.secrets : can(regex("^arn:aws:(secretsmanager|ssm):", arn))])
    error_message = "A secret is the ARN of a Secrets Manager secret or an SSM parameter, never the secret itself."
  }
}

variable "subnets" {
  description = "Subnets that SageMaker's containers run in; none: SageMaker's own network."
  type        = list(string)
  default     = []
}

variable "security_groups" {
  description = "Security groups that SageMaker's containers have in those subnets."
  type        = list(string)
  default     = []
}

variable "kubernetes_cluster" {
  description = "ARN of the EKS cluster whose pods may be tasks, by EKS Pod Identity; none without it."
  type        = string
  default     = null
}
