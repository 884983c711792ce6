variable "account" {
  description = "Your account, twelve digits."
  type        = string
}

variable "region" {
  description = "The region, like eu-west-1."
  type        = string
}

variable "image" {
  description = "The task image by its digest; make infra-plan IMAGE=… gives it, or keeps the one applied last."
  type        = string
  default     = null
}

variable "email" {
  description = "Who is told of alarms and of the budget; null: nobody."
  type        = string
  default     = null
}

variable "github_repository" {
  description = "Your repository, as owner/name, whose environment of the stage's name deploys; null: none does."
  type        = string
  default     = null
}

variable "create_github_provider" {
  description = "false where another stage in the same account makes GitHub's identity provider, of which an account has one."
  type        = bool
  default     = true
}

variable "network" {
  description = "Your subnets and security groups: tasks on ECS need some, SageMaker uses them where there are some."
  type = object({
    subnets         = optional(list(string), [])
    security_groups = optional(list(string), [])
  })
  default = {}
}

variable "kubernetes_cluster" {
  description = "ARN of your EKS cluster whose pods may be tasks; null: none."
  type        = string
  default     = null
}

variable "environment" {
  description = "More environment variables of tasks on ECS, MLFLOW_TRACKING_URI above all; nothing secret."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "ARNs of your Secrets Manager secrets and SSM parameters, by the environment variable of tasks on ECS."
  type        = map(string)
  default     = {}
}
