#!/bin/sh
# Settings of the tasks for Amazon MWAA: insert the values of Terraform's outputs. There are no secrets here.
export AWS_REGION=eu-west-1
export PROPENSITY_DATASETS=/usr/local/airflow/dags/datasets
export PROPENSITY_RUNNER=ecs
export PROPENSITY_RUNNER_TRAIN=sagemaker
export PROPENSITY_STORE=s3://propensity-dev-123456789012/store
# The outputs ecs and sagemaker, each as one line of JSON.
export PROPENSITY_ECS='{"cluster": "propensity-dev", …}'
export PROPENSITY_SAGEMAKER='{"stage": "dev", …}'
