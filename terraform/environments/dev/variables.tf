variable "account" {
  description = "ID of your AWS account, twelve digits."
  type        = string
}

variable "region" {
  description = "The AWS region, such as eu-west-1."
  type        = string
}

variable "image" {
  description = "The task image, by its digest; set by make infra-plan IMAGE=…, by default the one applied last."
  type        = string
  default     = null
}

variable "email" {
  description = "E-mail address for alarms and the budget; null: none."
  type        = string
  default     = null
}

variable "github_repository" {
  description = "Your GitHub repository, as owner/name; its environment with the stage's name may deploy. null: none."
  type        = string
  default     = null
}

variable "create_github_provider" {
  description = "Whether to create GitHub's identity provider; false if another stage in the same account creates it. An account has only one."
  type        = bool
  default     = true
}

variable "network" {
  description = "Your subnets and security groups: required by tasks on ECS, optional for SageMaker."
  type = object({
    subnets         = optional(list(string), [])
    security_groups = optional(list(string), [])
  })
  default = {}
}

variable "kubernetes_cluster" {
  description = "ARN of your EKS cluster whose pods may run tasks; null: none."
  type        = string
  default     = null
}

variable "environment" {
  description = "Additional environment variables of tasks on ECS, such as MLFLOW_TRACKING_URI; no secrets."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "ARNs of your Secrets Manager secrets and SSM parameters, by the environment variable of tasks on ECS."
  type        = map(string)
  default     = {}
}
