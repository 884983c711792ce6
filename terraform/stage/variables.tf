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

variable "tags" {
  description = "What everything is tagged with: Terraform's resources by the provider, the rest by the tasks."
  type        = map(string)

  validation {
    condition = (
      lookup(var.tags, "propensity:project", null) == "propensity"
      && lookup(var.tags, "propensity:environment", null) == var.stage
    )
    error_message = "Teardown finds its own by propensity:project=propensity and propensity:environment=<stage>."
  }
}

variable "image" {
  description = "The task image by its digest; null before the first one was pushed."
  type        = string
  default     = null
}

variable "email" {
  description = "Who is told of alarms and of the budget; null: nobody but the topic."
  type        = string
  default     = null
}

variable "monthly_dollars" {
  description = "What the stage may cost in a month, in US dollars, before people are told."
  type        = number
}

variable "github" {
  description = "The repository, as owner/name, whose workflows deploy the stage, and by what; null: none."
  type = object({
    repository      = string
    environment     = optional(string)
    branch          = optional(string)
    create_provider = optional(bool, true)
  })
  default = null
}

variable "network" {
  description = "Subnets and security groups of one's own: tasks on ECS need some; SageMaker uses them where there are some."
  type = object({
    subnets         = optional(list(string), [])
    security_groups = optional(list(string), [])
  })
  default = {}

  validation {
    condition     = (length(var.network.subnets) == 0) == (length(var.network.security_groups) == 0)
    error_message = "Subnets and security groups go together."
  }
}

variable "kubernetes_cluster" {
  description = "ARN of the EKS cluster whose pods may be tasks; null: none."
  type        = string
  default     = null
}

variable "environment" {
  description = "More environment variables of tasks on ECS, MLFLOW_TRACKING_URI above all; nothing secret."
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
    What is alarming for each dataset's endpoint, by the dataset's name: see the module endpoint-alarms. The endpoint
    of my_data is propensity-<stage>-my-data.
  TEXT
  type = map(object({
    errors_a_minute = optional(number, 5)
    latency_ms      = optional(number, 500)
  }))

  validation {
    condition     = alltrue([for name, _ in var.datasets : can(regex("^[a-z]([a-z0-9_-]{0,39}[a-z0-9])?$", name))])
    error_message = "A dataset's name has up to 41 small letters, digits, - and _, and its endpoint's ends with none of these two."
  }

  validation {
    condition     = length(distinct([for name, _ in var.datasets : replace(name, "_", "-")])) == length(var.datasets)
    error_message = "Two datasets would have one endpoint: - stands for _ in its name."
  }
}

variable "endpoint" {
  description = <<-TEXT
    What endpoints run on. Instances are those that autoscaling never goes below; invocations_per_instance are a
    minute's. Serverless ones have no instances, no captured requests and cost nothing while nobody asks.
  TEXT
  type = object({
    instance_type            = string
    instances                = number
    max_instances            = number
    invocations_per_instance = optional(number, 2000)
    serverless               = optional(object({ memory_mb = number, max_concurrency = number }))
    capture_percent          = optional(number, 100)
    keep                     = optional(number, 3)
  })

  validation {
    condition     = startswith(var.endpoint.instance_type, "ml.")
    error_message = "SageMaker's instance types begin with ml."
  }

  validation {
    condition     = var.endpoint.instances >= 1 && var.endpoint.instances <= var.endpoint.max_instances
    error_message = "At least one instance, and no more than the most."
  }

  validation {
    condition     = var.stage != "prod" || var.endpoint.serverless != null || var.endpoint.instances >= 2
    error_message = "In prod at least two instances answer, in two availability zones."
  }

  validation {
    condition     = var.endpoint.capture_percent >= 0 && var.endpoint.capture_percent <= 100
    error_message = "A percentage is 0 to 100."
  }

  validation {
    condition     = var.endpoint.keep >= 2
    error_message = "Keep at least two models: the one in use, and one to roll back to."
  }
}

variable "training" {
  description = "What a training job on SageMaker runs on: instance type, volume in GiB, and seconds after which it is stopped."
  type = object({
    instance_type = optional(string, "ml.m5.large")
    volume_gb     = optional(number, 30)
    seconds       = optional(number, 43200)
  })
  default = {}

  validation {
    condition     = startswith(var.training.instance_type, "ml.") && var.training.volume_gb >= 1
    error_message = "SageMaker's instance types begin with ml., and a volume has at least 1 GiB."
  }

  validation {
    condition     = var.training.seconds >= 60 && var.training.seconds <= 432000
    error_message = "A job runs a minute at least and five days at most."
  }
}

variable "kept_days" {
  description = "Days for which captured requests, results of tasks and logs are kept."
  type = object({
    capture = optional(number, 90)
    results = optional(number, 30)
    logs    = optional(number, 30)
  })
  default = {}
}
