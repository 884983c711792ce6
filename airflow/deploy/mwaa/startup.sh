#!/bin/sh
# Where tasks run and what they work on, for Amazon MWAA: put in what Terraform's outputs say. Nothing here is secret.
export AWS_REGION=eu-west-1
export PROPENSITY_DATASETS=/usr/local/airflow/dags/datasets
export PROPENSITY_POOL=default_pool
export PROPENSITY_RUNNER=ecs
export PROPENSITY_RUNNER_TRAIN=sagemaker
export PROPENSITY_STORE=s3://propensity-dev-123456789012/store
# The outputs ecs and sagemaker, each one line of JSON.
export PROPENSITY_ECS='{"cluster": "propensity-dev", …}'
export PROPENSITY_SAGEMAKER='{"stage": "dev", …}'
