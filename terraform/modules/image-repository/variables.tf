variable "name" {
  description = "The repository's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.name))
    error_message = "The repository's name must have lowercase letters, digits and single hyphens."
  }
}

variable "account" {
  description = "ID of the repository's AWS account, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "An account ID has twelve digits."
  }
}

variable "region" {
  description = "The AWS region of the repository, such as eu-west-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region must have the form eu-west-1."
  }
}

variable "kept_images" {
  description = "Number of tagged images to keep. An endpoint with a deleted image cannot scale out."
  type        = number
  default     = 50

  validation {
    condition     = var.kept_images >= 10
    error_message = "At least ten images must be kept, so that endpoints can scale out and roll back."
  }
}
