# `make` alone prints the targets beneath their headings, the lines that begin with ##. Each target calls ./propensity,
# whose options are the variables here: make run DATA=rows.csv is ./propensity run --data rows.csv.
variables := DATA DATASET TEST LEARNER LEARNERS PARAMETERS SEARCH FOLDS TRIALS SEED CANDIDATE RELEASE FORCE \
  VERSION WHO WHY URI ENDPOINT RUN RUNNER BACKUP AIRFLOW_PORT MLFLOW_PORT S3_PORT ENDPOINT_PORT DAYS KEEP YES \
  STAGE ACCOUNT REGION IMAGE IMAGE_URI BASE_IMAGE SEVERITY REGISTRY POLICY SLOW N
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

## The six that people need
.PHONY: run predict invoke status stop test

run: ## train a model, and release it if it is better: DATA=path or URL, DATASET=, LEARNER=, PARAMETERS='{…}', RELEASE=, FORCE=tasks, BACKUP=1
	$(call propensity,run)

predict: ## predict the rows of a file, to models/: DATA=path or URL, DATASET=, VERSION= (else the champion)
	$(call propensity,predict)

invoke: ## send a CSV's rows to an endpoint, scores to models/: DATA=path or URL, ENDPOINT=http://host:port or sagemaker:name (else the running stack's), DATASET=
	$(call propensity,invoke)

status: ## what runs, which models are live, the last run
	$(call propensity,stack status)

stop: ## stop the local stack
	$(call propensity,stack stop)

test: ## all tests but the slow ones, with SLOW=1 those too; CI=true fails on one that is skipped
	$(call propensity,dev test)

## Train and release
.PHONY: experiment defaults promote rollback history verify

experiment: ## compare learners on folds: LEARNERS="…", FOLDS=5, PARAMETERS='{…}', TRIALS=, SEARCH='{…}', SEED=, CANDIDATE=, DATASET=, DATA=, RELEASE=, FORCE=
	$(call propensity,experiment)

defaults: ## write a learner and its parameters into a dataset's file: DATASET=, LEARNER=, PARAMETERS='{…}'
	$(call propensity,defaults)

promote: ## make a version the champion, and verify it: VERSION=, WHY=, DATASET=, WHO=; on AWS: STAGE=
	$(call propensity,promote)

rollback: ## return to the previous champion, and verify it: WHY=, DATASET=, WHO=, VERSION= rolls back only that one; on AWS: STAGE=
	$(call propensity,rollback)

history: ## who released what, when and why: DATASET=; on AWS: STAGE=
	$(call propensity,history)

verify: ## compare every file of the champion with its digest, back to the raw rows: DATASET=, VERSION=, or URI=
	$(call propensity,verify)

## The local stack
.PHONY: start endrun env mlflow prune purge

start: ## start the local stack: AIRFLOW_PORT=8080, MLFLOW_PORT=5000, S3_PORT=9000, ENDPOINT_PORT=8081, RUNNER=docker|process, BACKUP=1
	$(call propensity,stack start)

endrun: ## end a run, such as one that holds the slot that make run waits for: RUN=DAG/run
	$(call propensity,stack end-run)

env: ## the running stack's settings, for eval "$$(make -s env)"
	$(call propensity,stack env)

mlflow: ## MLflow's page
	$(call propensity,stack mlflow)

prune: ## old runs and artifacts of the stack: DAYS=30, KEEP=10 ledger entries; YES=1 removes them
	$(call propensity,stack prune)

purge: ## remove the local stack's state too, after asking: YES=1 does not ask
	$(call propensity,stack purge)

## On AWS
.PHONY: infra-bootstrap infra-plan infra-apply infra-output image-push image-scan sbom deploy deploy-summary infra-destroy rehearsal infra-comment image-save image-load

infra-bootstrap: ## create the bucket of a stage's Terraform state, once: STAGE=dev|uat|prod, YES=1
	$(call propensity,cloud infra-bootstrap)

infra-plan: ## what applying would change on AWS: STAGE=dev|uat|prod, IMAGE=…@sha256:…
	$(call propensity,cloud infra-plan)

infra-apply: ## apply exactly what infra-plan showed: STAGE=dev|uat|prod
	$(call propensity,cloud infra-apply)

infra-output: ## the stage's settings, for eval "$$(make -s infra-output STAGE=dev)"
	$(call propensity,cloud infra-output)

image-push: ## the task image to the stage's ECR and, where its secrets are set, to Docker Hub: STAGE=, VERSION=, IMAGE=propensity
	$(call propensity,cloud image-push)

image-scan: ## known vulnerabilities of the task image, by Grype; with STAGE= what ECR found: SEVERITY=high, IMAGE=, VERSION=
	$(call propensity,cloud image-scan)

sbom: ## the bill of materials of the task image, to build/sbom.cdx.json: IMAGE=propensity
	$(call propensity,cloud sbom)

deploy: ## bring the stage's endpoints to its ledgers' champions, and verify them: STAGE=dev|uat|prod, DATASET=
	$(call propensity,cloud deploy)

deploy-summary: ## the stage's champions and its endpoints' states: STAGE=, DATASET=
	$(call propensity,cloud deploy-summary)

infra-destroy: ## delete what Terraform created of a stage: STAGE=dev|uat|prod, YES=1
	$(call propensity,cloud infra-destroy)

rehearsal: ## the whole AWS side, from an empty account to an empty account, in a stand-in of one: DATA=path, STAGE=uat
	$(call propensity,cloud rehearsal)

infra-comment: ## the plan that infra-plan left, as a comment on the commit's pull request; in GitHub Actions: STAGE=
	$(call propensity,cloud infra-comment)

image-save: ## the task image to build/image.tar: IMAGE=propensity
	$(call propensity,dev image-save)

image-load: ## the task image from build/image.tar
	$(call propensity,dev image-load)

## Development
.PHONY: build image faults test-aws notebook notebook-output bench mutation check format clean environments lock help

build: ## build the jars
	$(call propensity,dev build)

image: ## the task image: IMAGE=propensity, BASE_IMAGE=
	$(call propensity,dev image)

faults: ## the slow tests: what is killed, stopped or cut off at any moment; N=20 containers at random
	$(call propensity,dev faults)

test-aws: ## the slow tests of the AWS side, in a stand-in of an account
	$(call propensity,dev test-aws)

notebook: ## open the notebooks: DATASET=, DATA=, LEARNERS=; the running stack's MLflow by MLFLOW_TRACKING_URI
	$(call propensity,dev notebook)

notebook-output: ## execute the notebooks and keep their output
	$(call propensity,dev notebook-output)

bench: ## the table of speed and memory, beside Python's
	$(call propensity,dev bench)

mutation: ## mutation scores of encoder, metrics and release decision
	$(call propensity,dev mutation)

check: ## formatters, linters and other checks
	$(call propensity,dev check)

format: ## format all code
	$(call propensity,dev format)

clean: ## remove what was built
	$(call propensity,dev clean)

environments: ## the Python environments, as airflow/requirements locks them
	$(call propensity,dev environments)

lock: ## lock newer Python packages
	$(call propensity,dev lock)

help: ## print the targets
	@sed -nE 's/^## (.*)/\n\1/p; s/^([a-z0-9_-]+):.*## (.*)/  make \1\t\2/p' Makefile | sed 's/\$$\$$/$$/g' | expand -t 28

## Names that other projects use
.PHONY: train kfolds traincv predictcv fulltrainpred ask datafetch download_data stagemodel checkmodelhash \
  start_mlflow_server runserver runstreamlit create_dev_setup copy_data_to_s3 delete_resources
train traincv: variables += MODEL

train: ## the same as run: MODEL= is LEARNER=
	$(call propensity,run)

kfolds: ## the folds' rows, to data/folds/: FOLDS=5, DATA=, DATASET=
	$(call propensity,data folds)

traincv: ## an experiment whose final model stays a challenger: MODEL= is LEARNERS=
	$(call propensity,experiment --release=challenger)

predictcv: ## predict by the mean of the last experiment's folds, to models/: DATA=, DATASET=, CANDIDATE=
	$(call propensity,predict --last-experiment)

fulltrainpred: ## an experiment, then predictions of new rows by its final model: TEST=, and as for experiment
	$(call propensity,experiment --predict)

ask: ## the same as invoke
	$(call propensity,invoke)

datafetch: ## the rows, to data/raw/: DATA=, DATASET=
	$(call propensity,data fetch)

download_data: ## the same as datafetch
	$(call propensity,data fetch)

stagemodel: ## the champion's files, to models/staged/: DATASET=
	$(call propensity,model stage)

checkmodelhash: ## compare models/staged/ with the release ledger: DATASET=
	$(call propensity,model check)

start_mlflow_server: ## start the stack, and print MLflow's address
	$(call propensity,stack mlflow --start)

runserver: ## start the stack, and print the endpoint's address and live version: DATASET=
	$(call propensity,stack endpoint)

runstreamlit: ## start the stack, and show the endpoint's page: DATASET=
	$(call propensity,stack endpoint --page)

create_dev_setup: ## create a stage on AWS: shows what comes, asks, creates it, and uploads rows where there are any: STAGE=dev, DATA=path (optional), DATASET=insurance, YES=1
	$(call propensity,cloud create-dev-setup)

copy_data_to_s3: ## rows to the stage's bucket, checked first: STAGE=dev|uat|prod, DATA=path, DATASET=insurance, POLICY=training|scoring
	$(call propensity,cloud copy-data-to-s3)

delete_resources: ## delete a stage, or show what there is and what it costs: STAGE=dev|uat|prod|local, REGISTRY=1, YES=1
	$(call propensity,cloud delete-resources)
