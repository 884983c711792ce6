output "settings" {
  description = "Names, ARNs and URIs of the stage's resources."
  value = {
    stage          = var.stage
    account        = var.account
    region         = var.region
    bucket         = module.bucket.name
    store          = "s3://${module.bucket.name}/store"
    data           = "s3://${module.bucket.name}/data"
    airflow_logs   = "s3://${module.bucket.name}/airflow-logs"
    repository     = module.images.url
    topic          = module.alarms.topic
    endpoints      = keys(local.endpoints)
    airflow_policy = module.roles.airflow_policy
    server_policy  = module.roles.server_policy
    roles = {
      tasks     = module.roles.tasks
      sagemaker = module.roles.sagemaker
      execution = module.roles.execution
      deploy    = one(module.github[*].role)
    }
  }
}

output "sagemaker" {
  description = "Settings of SageMaker for the tasks: the value of PROPENSITY_SAGEMAKER or the Airflow Variable propensity_sagemaker."
  value = {
    stage           = var.stage
    region          = var.region
    role            = module.roles.sagemaker
    image           = var.image
    subnets         = var.network.subnets
    security_groups = var.network.security_groups
    tags            = var.tags
    results         = "s3://${module.bucket.name}/results"
    endpoint = merge(var.endpoint, {
      capture = "s3://${module.bucket.name}/capture"
      alarms  = module.alarms.alarms
    })
    training = var.training
  }
}

output "ecs" {
  description = "Settings of ECS for Airflow: the value of PROPENSITY_ECS or the Airflow Variable propensity_ecs."
  value = {
    stage           = var.stage
    region          = var.region
    cluster         = module.tasks.cluster
    task_definition = module.tasks.task_definition
    container       = module.tasks.container
    subnets         = var.network.subnets
    security_groups = var.network.security_groups
    log_group       = local.log_group
    results         = "s3://${module.bucket.name}/results"
    tags            = var.tags
  }
}
