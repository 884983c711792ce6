output "settings" {
  description = "Where everything is."
  value       = module.stage.settings
}

output "sagemaker" {
  description = "What tasks know of SageMaker: PROPENSITY_SAGEMAKER, or the Airflow Variable propensity_sagemaker."
  value       = module.stage.sagemaker
}

output "ecs" {
  description = "What Airflow knows of ECS: PROPENSITY_ECS, or the Airflow Variable propensity_ecs."
  value       = module.stage.ecs
}
