variable "name" {
  description = "The repository's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", var.name))
    error_message = "A repository's name has small letters, digits and single hyphens."
  }
}

variable "account" {
  description = "The account that the repository lies in, twelve digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account))
    error_message = "An account has twelve digits."
  }
}

variable "region" {
  description = "The region that the repository lies in, like eu-west-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region is one like eu-west-1."
  }
}

variable "kept_images" {
  description = "Tagged images that are kept, the newest; an endpoint that runs an older one could not grow."
  type        = number
  default     = 50

  validation {
    condition     = var.kept_images >= 10
    error_message = "Keep at least ten, so that what endpoints run and roll back to stays."
  }
}
