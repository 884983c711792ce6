# `make` alone prints the targets below their headings, the lines that begin with ##. Each target calls ./propensity,
# whose options are the variables here: make run DATA=rows.csv is ./propensity run --data rows.csv.
variables := DATA DATASET LABEL COMPARE TEST LEARNER LEARNERS PARAMETERS SEARCH FOLDS TRIALS SEED RANK CANDIDATE RELEASE FORCE \
  VERSION WINDOW WHO WHY URI ENDPOINT RUN RUNNER BACKUP CAPTURE MONITORING AIRFLOW_PORT MLFLOW_PORT S3_PORT ENDPOINT_PORT \
  PROMETHEUS_PORT ALERTMANAGER_PORT BLACKBOX_PORT DAYS KEEP YES STAGE ACCOUNT REGION IMAGE IMAGE_URI BASE_IMAGE SEVERITY \
  REGISTRY POLICY SLOW N ONLY
# Those of the command line are passed on, too: ./propensity rejects one that it does not know.
typed := $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
# As a word of the shell: the values of the environment as they are, those of the command line as make reads them.
text = $(if $(filter environment,$(firstword $(origin $(1)))),$(value $(1)),$($(1)))
argument = '$(subst ','\'',$(subst $(newline), ,$(1)=$(call text,$(1))))'
given = $(foreach name,$(sort $(variables) $(typed)),$(if $(call text,$(name)),$(call argument,$(name))))
propensity = @./propensity --make $(1) $(given)
define newline


endef

.DEFAULT_GOAL := help

## The most common commands
.PHONY: init run predict invoke status stop test

init: ## draft datasets/NAME.yaml from a table, to be checked before make run: DATA=file, LABEL=column, NAME=, COMPARE=1 compares the learners
	$(call propensity,init)

run: ## train a model, and release it if it passes the evaluation: DATA=path or URL, DATASET=, LEARNER=, PARAMETERS='{…}', RELEASE=, FORCE=tasks, BACKUP=1, CAPTURE=1, MONITORING=1
	$(call propensity,run)

predict: ## score the rows of a file, and write the scores to models/: DATA=path or URL, DATASET=, VERSION= (default: the champion)
	$(call propensity,predict)

invoke: ## score the rows of a CSV file with an endpoint, and write the scores to models/: DATA=path or URL, ENDPOINT=http://host:port or sagemaker:name (default: the running stack's), DATASET=
	$(call propensity,invoke)

status: ## show the states of the programs, the live models and the last run
	$(call propensity,stack status)

stop: ## stop the local stack
	$(call propensity,stack stop)

test: ## run all tests except the slow ones; SLOW=1 runs those, too; with CI=true, a skipped test is a failure
	$(call propensity,dev test)

## Train and release
.PHONY: experiment defaults promote rollback history verify

experiment: ## compare learners by cross-validation: LEARNERS="…", FOLDS=5, PARAMETERS='{…}', TRIALS=, SEARCH='{…}', SEED=, RANK=auc|log_loss|profit, CANDIDATE=, DATASET=, DATA=, RELEASE=, FORCE=
	$(call propensity,experiment)

defaults: ## write a learner and its parameters into a dataset's file: DATASET=, LEARNER=, PARAMETERS='{…}'
	$(call propensity,defaults)

promote: ## make a version the champion, and verify it: VERSION=, WHY=, DATASET=, WHO=; on AWS: STAGE=
	$(call propensity,promote)

rollback: ## return to the previous champion, and verify it: WHY=, DATASET=, WHO=, VERSION= only if it is the champion; on AWS: STAGE=
	$(call propensity,rollback)

history: ## show who released what, when and why: DATASET=; on AWS: STAGE=
	$(call propensity,history)

verify: ## compare every file of the champion with its digest, back to the raw rows: DATASET=, VERSION=, or URI=
	$(call propensity,verify)

## Watch
.PHONY: monitor accept outcomes performance forget

monitor: ## compare captured rows with the training data, and print the verdict: DATASET=, WINDOW=2026-11-29 (default: current)
	$(call propensity,monitor)

accept: ## take the last windows as the new reference of monitoring: WHY=, DATASET=, WHO=
	$(call propensity,accept)

outcomes: ## store what scored customers did: DATA=file (identifier, label, time), DATASET=
	$(call propensity,outcomes)

performance: ## measure the model by the outcomes of a window, and print the verdict: WINDOW=2026-10-29, DATASET=
	$(call propensity,performance)

forget: ## remove the captured rows and outcomes of the identifiers on standard input, one on each line: DATASET=
	$(call propensity,forget)

## The local stack
.PHONY: start endrun env mlflow prune purge

start: ## start the local stack: AIRFLOW_PORT=8080, MLFLOW_PORT=5000, S3_PORT=9000, ENDPOINT_PORT=8081, RUNNER=docker|process, BACKUP=1, CAPTURE=1, MONITORING=1, PROMETHEUS_PORT=9090, ALERTMANAGER_PORT=9093, BLACKBOX_PORT=9115
	$(call propensity,stack start)

endrun: ## mark a run as failed, such as one that make run waits for: RUN=DAG/run
	$(call propensity,stack end-run)

env: ## print the running stack's settings, for eval "$$(make -s env)"
	$(call propensity,stack env)

mlflow: ## print MLflow's address, and open it in the browser
	$(call propensity,stack mlflow)

prune: ## list old runs and artifacts of the stack: DAYS=30, KEEP=10 (ledger entries); YES=1 deletes them
	$(call propensity,stack prune)

purge: ## stop the local stack, and delete its state after confirmation: YES=1 does not prompt
	$(call propensity,stack purge)

## On AWS
.PHONY: infra-bootstrap infra-plan infra-apply infra-output image-push image-scan sbom deploy deploy-summary infra-destroy rehearsal infra-comment image-save image-load

infra-bootstrap: ## create the bucket of a stage's Terraform state, once: STAGE=dev|uat|prod, YES=1
	$(call propensity,cloud infra-bootstrap)

infra-plan: ## plan the changes on AWS, and save the plan: STAGE=dev|uat|prod, IMAGE=…@sha256:…
	$(call propensity,cloud infra-plan)

infra-apply: ## apply exactly the plan of infra-plan: STAGE=dev|uat|prod
	$(call propensity,cloud infra-apply)

infra-output: ## print the stage's settings, for eval "$$(make -s infra-output STAGE=dev)"
	$(call propensity,cloud infra-output)

image-push: ## push the task image to the stage's ECR repository and, if its secrets are set, to Docker Hub: STAGE=, VERSION=, IMAGE=propensity
	$(call propensity,cloud image-push)

image-scan: ## scan the task image for known vulnerabilities with Grype; with STAGE=, show what ECR found: SEVERITY=high, IMAGE=, VERSION=
	$(call propensity,cloud image-scan)

sbom: ## write the SBOM of the task image to build/sbom.cdx.json: IMAGE=propensity
	$(call propensity,cloud sbom)

deploy: ## deploy the champions of the stage's ledgers to its endpoints, and verify them: STAGE=dev|uat|prod, DATASET=
	$(call propensity,cloud deploy)

deploy-summary: ## show the stage's champions and the states of its endpoints: STAGE=, DATASET=
	$(call propensity,cloud deploy-summary)

infra-destroy: ## delete what Terraform created of a stage: STAGE=dev|uat|prod, YES=1
	$(call propensity,cloud infra-destroy)

rehearsal: ## run all AWS commands against a simulated account, from an empty account to an empty account: DATA=path, STAGE=uat
	$(call propensity,cloud rehearsal)

infra-comment: ## post the plan of infra-plan as a comment on the commit's pull request; in GitHub Actions: STAGE=
	$(call propensity,cloud infra-comment)

image-save: ## save the task image to build/image.tar: IMAGE=propensity
	$(call propensity,dev image-save)

image-load: ## load the task image from build/image.tar
	$(call propensity,dev image-load)

## Development
.PHONY: build image package faults test-aws notebook notebook-output bench mutation check format clean environments lock help

build: ## build the jars
	$(call propensity,dev build)

image: ## build the task image: IMAGE=propensity, BASE_IMAGE=
	$(call propensity,dev image)

package: ## build the wheel of the provider package for Airflow, in build/packages
	$(call propensity,dev package)

faults: ## run the slow tests of fault tolerance; N=20 containers are killed at random
	$(call propensity,dev faults)

test-aws: ## run the slow tests for AWS, against a simulated account
	$(call propensity,dev test-aws)

notebook: ## open the notebooks: DATASET=, DATA=, LEARNERS=; with the running stack's MLflow if MLFLOW_TRACKING_URI is set
	$(call propensity,dev notebook)

notebook-output: ## execute the notebooks and save their output
	$(call propensity,dev notebook-output)

bench: ## measure speed, memory and quality, compared with Python: ONLY="tables quality"
	$(call propensity,dev bench)

mutation: ## compute the mutation scores of the encoder, the metrics and the release decision
	$(call propensity,dev mutation)

check: ## run formatters, linters and other checks
	$(call propensity,dev check)

format: ## format all code
	$(call propensity,dev format)

clean: ## delete the build output
	$(call propensity,dev clean)

environments: ## install the Python environments that airflow/requirements locks
	$(call propensity,dev environments)

lock: ## update the locked Python packages
	$(call propensity,dev lock)

help: ## print the targets
	@sed -nE 's/^## (.*)/\n\1/p; s/^([a-z0-9_-]+):.*## (.*)/  make \1\t\2/p' Makefile | sed 's/\$$\$$/$$/g' | expand -t 28

## Names that other projects use
.PHONY: train kfolds traincv predictcv fulltrainpred ask datafetch download_data stagemodel checkmodelhash \
  start_mlflow_server runserver runstreamlit create_dev_setup copy_data_to_s3 delete_resources
train traincv: variables += MODEL

train: ## the same as run: MODEL= is LEARNER=
	$(call propensity,run)

kfolds: ## write the rows of each fold to data/folds/: FOLDS=5, DATA=, DATASET=
	$(call propensity,data folds)

traincv: ## run an experiment, and do not release its final model: MODEL= is LEARNERS=
	$(call propensity,experiment --release=challenger)

predictcv: ## predict with the mean of the fold models of the last experiment, and write the scores to models/: DATA=, DATASET=, CANDIDATE=
	$(call propensity,predict --last-experiment)

fulltrainpred: ## run an experiment, and score new rows with its final model: TEST=, and the variables of experiment
	$(call propensity,experiment --predict)

ask: ## the same as invoke
	$(call propensity,invoke)

datafetch: ## download the rows to data/raw/: DATA=, DATASET=
	$(call propensity,data fetch)

download_data: ## the same as datafetch
	$(call propensity,data fetch)

stagemodel: ## download the champion's files to models/staged/: DATASET=
	$(call propensity,model stage)

checkmodelhash: ## compare models/staged/ with the release ledger: DATASET=
	$(call propensity,model check)

start_mlflow_server: ## start the stack, and print MLflow's address
	$(call propensity,stack mlflow --start)

runserver: ## start the stack, and print the endpoint's address and live version: DATASET=
	$(call propensity,stack endpoint)

runstreamlit: ## start the stack, and open the endpoint's page: DATASET=
	$(call propensity,stack endpoint --page)

create_dev_setup: ## create a stage on AWS after confirmation, and upload rows if DATA= is set: STAGE=dev, DATA=path, DATASET=insurance, YES=1
	$(call propensity,cloud create-dev-setup)

copy_data_to_s3: ## check rows, and upload them to the stage's bucket: STAGE=dev|uat|prod, DATA=path, DATASET=insurance, POLICY=training|scoring
	$(call propensity,cloud copy-data-to-s3)

delete_resources: ## list a stage's resources and their cost, and delete them after confirmation: STAGE=dev|uat|prod|local, REGISTRY=1, YES=1
	$(call propensity,cloud delete-resources)
