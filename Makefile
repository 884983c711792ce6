# `make` alone prints the targets beneath their headings, the lines that begin with ##. Each is a line or two that
# calls a tool.
export PROPENSITY_ENVIRONMENTS ?= $(CURDIR)/.propensity/environments
export PYTHON ?= python3
export MAVEN ?= mvn
export DATA DATASET LEARNER PARAMETERS RELEASE FORCE RUNNER BASE_IMAGE N DAYS KEEP YES BACKUP
export LEARNERS FOLDS TRIALS SEARCH SEED CANDIDATE TEST
export VERSION WHO WHY URI ENDPOINT RUN
export STAGE ACCOUNT REGION IMAGE TERRAFORM SEVERITY REGISTRY POLICY
export AIRFLOW_PORT MLFLOW_PORT S3_PORT ENDPOINT_PORT

sources := pom.xml $(shell find libraries tasks airflow/s3proxy \( -name target -o -name __pycache__ -o -name '.*' \) -prune -o -type f -print)
tools := $(PROPENSITY_ENVIRONMENTS)/tools/bin
stack := PYTHONPATH=airflow:provider $(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -P -m stack

cloud := PYTHONPATH=$(CURDIR) $(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -P -m cloud

.DEFAULT_GOAL := help

## Train and predict
.PHONY: run experiment train kfolds traincv predictcv fulltrainpred predict invoke ask datafetch download_data defaults

run: checked setup ## train, judge and release a model: DATA=path or URL, DATASET=, LEARNER=, PARAMETERS='{…}', RELEASE=, FORCE=tasks, BACKUP=1
	@$(stack) run

experiment: checked setup ## compare learners on folds: LEARNERS="…", FOLDS=5, PARAMETERS='{…}', TRIALS=, SEARCH='{…}', SEED=, CANDIDATE=, DATASET=, DATA=, RELEASE=, FORCE=
	@$(stack) experiment

train: ## the same as run: MODEL= is LEARNER=
	@$(MAKE) --no-print-directory run LEARNER="$(or $(MODEL),$(LEARNER))"

kfolds: checked setup ## the folds' rows, to data/folds/: FOLDS=5, DATA=, DATASET=
	@$(stack) kfolds

traincv: ## an experiment whose final model stays a challenger: MODEL= is LEARNERS=
	@$(MAKE) --no-print-directory experiment LEARNERS="$(or $(MODEL),$(LEARNERS))" RELEASE=challenger

predictcv: installed ## scores of new rows by the mean of the last experiment's folds, to models/: DATA=, DATASET=, CANDIDATE=
	@$(stack) predictcv

fulltrainpred: checked setup ## an experiment, then scores of new rows by its final model: TEST=, and as for experiment
	@$(stack) fulltrainpred

predict: checked setup ## scores of new rows, to models/: DATA=path or URL, DATASET=, VERSION= (else the champion)
	@$(stack) predict

invoke: checked setup ## scores of a CSV's rows by any endpoint, to models/: DATA=path or URL, ENDPOINT=http://host:port or sagemaker:name (else the running stack's), DATASET=
	@$(stack) invoke

ask: invoke ## the same

datafetch: checked setup ## the rows, to data/raw/: DATA=, DATASET=
	@$(stack) datafetch

download_data: datafetch ## the same

defaults: installed ## make a learner and its parameters a dataset's own: DATASET=, LEARNER=, PARAMETERS='{…}'
	@$(stack) defaults

## Release
.PHONY: promote rollback history verify stagemodel checkmodelhash

promote rollback history: elsewhere := , or for a stage on AWS STAGE=dev|uat|prod

promote: $(if $(STAGE),cloud-setup build,installed) ## let a version answer, and prove it: VERSION=, WHY=, DATASET=, WHO=; on AWS: STAGE=
	@$(if $(STAGE),$(cloud),$(stack)) promote

rollback: $(if $(STAGE),cloud-setup build,installed) ## let the champion before answer again, and prove it: WHY=, DATASET=, WHO=, VERSION= rolls back only that one; on AWS: STAGE=
	@$(if $(STAGE),$(cloud),$(stack)) rollback

history: $(if $(STAGE),cloud-setup build,installed) ## who released what, when and why: DATASET=; on AWS: STAGE=
	@$(if $(STAGE),$(cloud),$(stack)) history

verify: installed ## compare every file of the champion with its digest, back to the raw rows: DATASET=, VERSION=, or URI=
	@$(stack) verify

stagemodel: installed ## the champion's files, to models/staged/: DATASET=
	@$(stack) stagemodel

checkmodelhash: installed ## compare models/staged/ with the release ledger: DATASET=
	@$(stack) checkmodelhash

## The local stack
.PHONY: start status stop endrun env mlflow start_mlflow_server runserver runstreamlit prune purge

start: checked setup ## start the local stack: AIRFLOW_PORT=8080, MLFLOW_PORT=5000, S3_PORT=9000, ENDPOINT_PORT=8081, RUNNER=docker|process, BACKUP=1
	@$(stack) start

status: installed ## what runs, and what was restarted
	@$(stack) status

stop: installed ## stop all of it
	@$(stack) stop

endrun: installed ## end a run, such as one that holds the slot that make run waits for: RUN=DAG/run
	@$(stack) endrun

env: installed ## the running stack's settings, for eval "$$(make -s env)"
	@$(stack) env

mlflow: installed ## MLflow's page
	@$(stack) mlflow

start_mlflow_server: checked setup ## start the stack, and say where MLflow answers
	@$(stack) start_mlflow_server

runserver: checked setup ## start the stack, and say where the champion answers: DATASET=
	@$(stack) runserver

runstreamlit: checked setup ## start the stack, and show the endpoint's page: DATASET=
	@$(stack) runstreamlit

prune: installed ## what has grown old in the stack: DAYS=30, KEEP=10 ledger entries; YES=1 removes it
	@$(stack) prune

purge: ## remove the local stack's state too, after asking: YES=1 does not ask
	@airflow/purge

## On AWS
.PHONY: create_dev_setup infra-bootstrap infra-plan infra-apply infra-output copy_data_to_s3 image-push image-scan sbom deploy deploy-summary infra-destroy delete_resources rehearsal infra-comment image-save image-load

create_dev_setup: cloud-setup $(if $(DATA),build) ## a stage on AWS: shows what comes, asks, makes it, and uploads rows where there are any: STAGE=dev, DATA=path (optional), DATASET=insurance, YES=1
	@$(cloud) create_dev_setup

infra-bootstrap: cloud-setup ## the bucket of a stage's Terraform state, made once: STAGE=dev|uat|prod, YES=1
	@$(cloud) infra_bootstrap

infra-plan: cloud-setup ## what applying would change on AWS: STAGE=dev|uat|prod, IMAGE=…@sha256:…
	@$(cloud) infra_plan

infra-apply: cloud-setup ## do exactly what infra-plan showed: STAGE=dev|uat|prod
	@$(cloud) infra_apply

infra-output: cloud-setup ## the stage's settings, for eval "$$(make -s infra-output STAGE=dev)"
	@$(cloud) infra_output

copy_data_to_s3: cloud-setup build ## rows to the stage's bucket, checked first: STAGE=dev|uat|prod, DATA=path, DATASET=insurance, POLICY=training|scoring
	@$(cloud) copy_data_to_s3

image-push: cloud-setup ## the task image to the stage's ECR and, where its secrets are set, to Docker Hub: STAGE=, VERSION=, IMAGE=propensity
	@$(cloud) image_push

image-scan: cloud-setup ## known vulnerabilities of the task image, by Grype; with STAGE= what ECR found: SEVERITY=high, IMAGE=, VERSION=
	@$(cloud) image_scan

sbom: cloud-setup ## the parts of the task image, to build/sbom.cdx.json: IMAGE=propensity
	@airflow/environments sbom
	@$(cloud) sbom

deploy: cloud-setup build ## bring the stage's endpoints to its ledgers' champions, and prove it: STAGE=dev|uat|prod, DATASET=
	@$(cloud) deploy

deploy-summary: cloud-setup ## the stage's champions and its endpoints' states: STAGE=, DATASET=
	@$(cloud) deploy_summary

infra-destroy: cloud-setup ## take away what Terraform made of a stage: STAGE=dev|uat|prod, YES=1
	@$(cloud) infra_destroy

ifeq ($(STAGE),local)
delete_resources: purge
else
delete_resources: cloud-setup build ## take a stage away, or show what there is and what it costs: STAGE=dev|uat|prod|local, REGISTRY=1, YES=1
	@$(cloud) delete_resources
endif

rehearsal: prerequisites environments ## the whole AWS side, from an empty account to an empty account, in a stand-in of one: DATA=path, STAGE=uat
	@PYTHONPATH=cloud/tests $(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -m rehearsal.needs
	@$(MAKE) --no-print-directory image
	@PYTHONPATH=cloud/tests $(PROPENSITY_ENVIRONMENTS)/airflow/bin/python -m rehearsal

infra-comment: cloud-setup ## the plan that infra-plan left, as a comment on the commit's pull request; in GitHub Actions: STAGE=
	@$(cloud) infra_comment

image-save: ## the task image to build/image.tar: IMAGE=propensity
	@docker save --output build/image.tar "$(or $(IMAGE),propensity)"

image-load: ## the task image from build/image.tar
	@docker load --input build/image.tar

## Development
.PHONY: build image test faults test-aws notebook notebook-output bench mutation check format clean environments lock help

build: build/jars/code.sha256 ## build the jars

image: build ## the task image: IMAGE=propensity, BASE_IMAGE=
	@airflow/image/build "$(or $(IMAGE),propensity)"

test: prerequisites environments ## all tests but the slow ones, with SLOW=1 those too; CI=true fails on one that is skipped
	@.ci/test $(if $(SLOW),all,test)

faults: prerequisites environments build ## the slow tests: what is killed, stopped or cut off at any moment; N=20 containers at random
	@.ci/test faults

test-aws: prerequisites environments build ## the slow tests of the AWS side, against a stand-in of an account
	@.ci/test aws

notebook: build ## open the notebooks: DATASET=, DATA=, LEARNERS=; the running stack's MLflow by MLFLOW_TRACKING_URI
	@airflow/environments notebook
	@PATH="$(PROPENSITY_ENVIRONMENTS)/notebook/bin:$$PATH" jupyter notebook notebooks

notebook-output: build ## execute the notebooks and keep their output
	@airflow/environments notebook
	@PATH="$(PROPENSITY_ENVIRONMENTS)/notebook/bin:$$PATH" python notebooks/execute.py

bench: setup environments ## the table of speed and memory, beside Python's
	@benchmarks/run

mutation: prerequisites ## mutation scores of encoder, metrics and release decision
	@$(MAVEN) --batch-mode --quiet verify -Pmutation -pl libraries/dataset,libraries/model -am

check: environments ## formatters, linters and other checks
	@$(tools)/pre-commit run --all-files

format: environments ## put all code in its form
	@$(MAVEN) --batch-mode --quiet spotless:apply
	@$(tools)/ruff format --quiet . && $(tools)/ruff check --quiet --fix .

clean: ## remove what was built
	@$(MAVEN) --batch-mode --quiet clean && rm -rf build

environments: ## the Python environments, as airflow/requirements locks them
	@airflow/environments airflow mlflow tools browser api notebook aws checkov sbom

lock: ## lock newer Python packages
	@airflow/environments && airflow/lock "$(PROPENSITY_ENVIRONMENTS)/uv/bin/uv"

help: ## print the targets
	@sed -nE 's/^## (.*)/\n\1/p; s/^([a-z0-9_-]+):.*## (.*)/  make \1\t\2/p' Makefile | sed 's/\$$\$$/$$/g' | expand -t 28

# What the targets above need.
.PHONY: checked setup installed prerequisites cloud-setup

checked: prerequisites
	@PYTHONPATH=airflow:provider PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -P -m stack.make_variables $(MAKECMDGOALS)

setup: prerequisites
	@airflow/environments airflow mlflow
	@$(MAKE) --no-print-directory --silent build

installed:
	@test -x $(PROPENSITY_ENVIRONMENTS)/airflow/bin/python || { echo "nothing was started here yet: make start$(elsewhere)" >&2; exit 2; }

prerequisites:
	@airflow/prerequisites

cloud-setup:
	@airflow/environments airflow

build/jars/code.sha256: $(sources)
	@echo "building the jars"
	@airflow/build
