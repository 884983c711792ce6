# `make` alone prints the targets. Each is a line or two that calls a tool.
export PROPENSITY_ENVIRONMENTS ?= $(CURDIR)/.propensity/environments
export PYTHON ?= python3
export MAVEN ?= mvn --batch-mode --quiet
export DATA DATASET LEARNER PARAMETERS RELEASE FORCE RUNNER BASE_IMAGE
export AIRFLOW_PORT MLFLOW_PORT S3_PORT ENDPOINT_PORT

sources := pom.xml $(shell find libraries tasks airflow/s3proxy -type d -name target -prune -o -type f -print)
stack := PYTHONPATH=airflow $(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -P -m stack

.DEFAULT_GOAL := help
.PHONY: test faults help image run start status stop env build environments lock prerequisites setup

help: ## print the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 22

run: setup ## train, judge and release a model: DATA=path or URL, DATASET=, LEARNER=, PARAMETERS='{…}', RELEASE=, FORCE=tasks
	@$(stack) run

start: setup ## start the local stack: AIRFLOW_PORT=8080, MLFLOW_PORT=5000, S3_PORT=9000, ENDPOINT_PORT=8081, RUNNER=docker|process
	@$(stack) start

status: ## what runs
	@$(stack) status

stop: ## stop all of it
	@$(stack) stop

env: ## the running stack's settings, for eval "$$(make -s env)"
	@$(stack) env

build: build/jars/code.sha256 ## build the jars

image: build ## the task image: IMAGE=propensity, BASE_IMAGE=
	@airflow/image/build "$(or $(IMAGE),propensity)"

test: setup environments image ## all tests; the slow faults are `make faults`
	@rm -rf build/reports && mkdir -p build/reports
	@$(MAVEN) verify
	@$(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -m pytest --junit-xml=build/reports/pytest.xml
	@.ci/totals

faults: setup environments image ## kills, outages and races: N=20 of them by chance
	@rm -rf build/reports && mkdir -p build/reports
	@$(MAVEN) verify -Dgroups=faults -DexcludedGroups=none
	@$(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -m pytest -m faults --junit-xml=build/reports/pytest.xml
	@.ci/totals

setup: prerequisites
	@airflow/environments airflow mlflow
	@$(MAKE) --no-print-directory build

build/jars/code.sha256: $(sources)
	@echo "building the jars"
	@airflow/build

environments: ## the Python environments, as airflow/requirements locks them
	@airflow/environments airflow mlflow tools

lock: ## lock newer Python packages
	@airflow/environments && airflow/lock "$(PROPENSITY_ENVIRONMENTS)/uv/bin/uv"

prerequisites:
	@airflow/prerequisites
