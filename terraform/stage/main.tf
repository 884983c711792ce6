# A complete stage. Names are composed here and not read from AWS: a plan then shows every policy in full,
# and permissions do not depend on existing resources.
locals {
  prefix    = "propensity-${var.stage}"
  bucket    = "${local.prefix}-${var.account}"
  log_group = "/propensity/${var.stage}/tasks"

  # What is at store/<name>/ stays: artifacts, ledgers, the records of forgotten rows, and how long rows are kept.
  expirations = {
    "capture/"        = var.kept_days.capture
    "store/captures/" = var.kept_days.capture
    "store/outcomes/" = var.kept_days.outcomes
    "results/"        = var.kept_days.results
    "airflow-logs/"   = var.kept_days.logs
  }

  # SageMaker names cannot have underscores: hyphens replace them, as in all commands with endpoint names.
  endpoints = { for dataset, limits in var.datasets : "${local.prefix}-${replace(dataset, "_", "-")}" => limits }
}

module "bucket" {
  source = "../modules/artifact-bucket"

  name        = local.bucket
  account     = var.account
  expirations = local.expirations
}

module "images" {
  source = "../modules/image-repository"

  name    = local.prefix
  account = var.account
  region  = var.region
}

module "roles" {
  source = "../modules/roles"

  stage              = var.stage
  account            = var.account
  region             = var.region
  bucket             = module.bucket.arn
  repository         = module.images.arn
  log_group          = local.log_group
  secrets            = var.secrets
  subnets            = var.network.subnets
  security_groups    = var.network.security_groups
  kubernetes_cluster = var.kubernetes_cluster
}

module "github" {
  source = "../modules/github"
  count  = var.github == null ? 0 : 1

  stage            = var.stage
  account          = var.account
  region           = var.region
  repository       = var.github.repository
  environment      = var.github.environment
  branch           = var.github.branch
  create_provider  = var.github.create_provider
  bucket           = module.bucket.arn
  state_bucket     = "arn:aws:s3:::${local.prefix}-state-${var.account}"
  image_repository = module.images.arn
  boundary         = module.roles.boundary
  tasks_policy     = module.roles.tasks_policy
}

module "alarms" {
  source = "../modules/endpoint-alarms"

  stage     = var.stage
  account   = var.account
  region    = var.region
  endpoints = local.endpoints
  email     = var.email
}

# Created before SageMaker writes to them, to set a retention.
resource "aws_cloudwatch_log_group" "endpoints" {
  # checkov:skip=CKV_AWS_158: the default encryption is free, and logs contain no rows
  # checkov:skip=CKV_AWS_338: requests and responses are captured in the bucket; logs are needed only for a short time
  for_each = local.endpoints

  name              = "/aws/sagemaker/Endpoints/${each.key}"
  retention_in_days = var.kept_days.logs
}

module "budget" {
  source = "../modules/budget"

  stage           = var.stage
  monthly_dollars = var.monthly_dollars
  topic           = module.alarms.topic
}

module "tasks" {
  source = "../modules/tasks"

  stage          = var.stage
  region         = var.region
  image          = var.image
  store          = "s3://${local.bucket}/store"
  task_role      = module.roles.tasks
  execution_role = module.roles.execution
  environment    = var.environment
  secrets        = var.secrets
  log_group      = local.log_group
  log_days       = var.kept_days.logs
}
