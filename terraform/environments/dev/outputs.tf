output "settings" {
  description = "Names, ARNs and URIs of the stage's resources."
  value       = module.stage.settings
}

output "sagemaker" {
  description = "Settings of SageMaker for the tasks: the value of PROPENSITY_SAGEMAKER or the Airflow Variable propensity_sagemaker."
  value       = module.stage.sagemaker
}

output "ecs" {
  description = "Settings of ECS for Airflow: the value of PROPENSITY_ECS or the Airflow Variable propensity_ecs."
  value       = module.stage.ecs
}
