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

variable "tags" {
  description = "Tags of all resources: set by the provider for Terraform's resources, by the tasks for the others."
  type        = map(string)

  validation {
    condition = (
      lookup(var.tags, "propensity:project", null) == "propensity"
      && lookup(var.tags, "propensity:environment", null) == var.stage
    )
    error_message = "The tags must include propensity:project=propensity and propensity:environment=<stage>, which teardown requires."
  }
}

variable "image" {
  description = "The task image, by its digest; null before the first push."
  type        = string
  default     = null
}

variable "email" {
  description = "E-mail address for alarms and the budget; null: only the topic is notified."
  type        = string
  default     = null
}

variable "monthly_dollars" {
  description = "Monthly budget of the stage in US dollars; a notification is sent when it is exceeded."
  type        = number
}

variable "github" {
  description = "The GitHub repository whose workflows deploy the stage, as owner/name, with its environment or branch; null: none."
  type = object({
    repository      = string
    environment     = optional(string)
    branch          = optional(string)
    create_provider = optional(bool, true)
  })
  default = null
}

variable "network" {
  description = "Your subnets and security groups: required by tasks on ECS, optional for SageMaker."
  type = object({
    subnets         = optional(list(string), [])
    security_groups = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = (length(var.network.subnets) == 0) == (length(var.network.security_groups) == 0)
    error_message = "Set both subnets and security groups, or neither."
  }
}

variable "kubernetes_cluster" {
  description = "ARN of the EKS cluster whose pods may run tasks; null: none."
  type        = string
  default     = null
}

variable "environment" {
  description = "Additional environment variables of tasks on ECS, such as MLFLOW_TRACKING_URI; no secrets."
  type        = map(string)
  default     = {}
}

variable "secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters, by the environment variable of tasks on ECS."
  type        = map(string)
  default     = {}
}

variable "datasets" {
  description = <<-TEXT
    Alarm thresholds of each dataset's endpoint, by the dataset's name: see the module endpoint-alarms. The endpoint
    of my_data is propensity-<stage>-my-data.
  TEXT
  type = map(object({
    errors_a_minute = optional(number, 5)
    latency_ms      = optional(number, 500)
  }))

  validation {
    condition     = alltrue([for name, _ in var.datasets : can(regex("^[a-z]([a-z0-9_-]{0,39}[a-z0-9])?$", name))])
    error_message = "A dataset's name has at most 41 lowercase letters, digits, hyphens and underscores, and ends with a letter or digit."
  }

  validation {
    condition     = length(distinct([for name, _ in var.datasets : replace(name, "_", "-")])) == length(var.datasets)
    error_message = "Two datasets have the same endpoint name, in which hyphens replace underscores."
  }
}

variable "endpoint" {
  description = <<-TEXT
    Compute of the endpoints. instances is the minimum of autoscaling; invocations_per_instance is per minute.
    Serverless endpoints have no instances and no captured requests, and cost nothing while idle.
  TEXT
  type = object({
    instance_type            = string
    instances                = number
    max_instances            = number
    invocations_per_instance = optional(number, 2000)
    serverless               = optional(object({ memory_mb = number, max_concurrency = number }))
    keep                     = optional(number, 3)
  })

  validation {
    condition     = startswith(var.endpoint.instance_type, "ml.")
    error_message = "A SageMaker instance type starts with ml."
  }

  validation {
    condition     = var.endpoint.instances >= 1 && var.endpoint.instances <= var.endpoint.max_instances
    error_message = "instances must be at least 1 and at most max_instances."
  }

  validation {
    condition     = var.stage != "prod" || var.endpoint.serverless != null || var.endpoint.instances >= 2
    error_message = "In prod, instances must be at least 2, for two availability zones."
  }

  validation {
    condition     = var.endpoint.keep >= 2
    error_message = "keep must be at least 2: the model in use, and one to roll back to."
  }
}

variable "training" {
  description = "Compute of training jobs on SageMaker: instance type, volume in GiB, and time limit in seconds."
  type = object({
    instance_type = optional(string, "ml.m5.large")
    volume_gb     = optional(number, 30)
    seconds       = optional(number, 43200)
  })
  default = {}

  validation {
    condition     = startswith(var.training.instance_type, "ml.") && var.training.volume_gb >= 1
    error_message = "A SageMaker instance type starts with ml., and a volume has at least 1 GiB."
  }

  validation {
    condition     = var.training.seconds >= 60 && var.training.seconds <= 432000
    error_message = "The time limit must be between one minute and five days."
  }
}

variable "kept_days" {
  description = "Retention of captured requests, outcomes of customers, task results and logs, in days."
  type = object({
    capture  = optional(number, 90)
    outcomes = optional(number, 365)
    results  = optional(number, 30)
    logs     = optional(number, 30)
  })
  default = {}
}
