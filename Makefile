# `make` alone prints the targets. Each is a line or two that calls a tool.
export PROPENSITY_ENVIRONMENTS ?= $(CURDIR)/.propensity/environments
MAVEN ?= mvn --batch-mode --quiet

.DEFAULT_GOAL := help
.PHONY: help environments lock

help: ## print the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

environments: ## the Python environments, as airflow/requirements locks them
	@airflow/environments airflow mlflow tools

lock: ## lock newer Python packages
	@airflow/environments && airflow/lock "$(PROPENSITY_ENVIRONMENTS)/uv/bin/uv"
