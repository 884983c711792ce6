"""A simulated AWS account: moto, and a strict SageMaker that really runs containers.

    PYTHONPATH=cloud/tests .propensity/environments/aws/bin/python -m account --port 0
    export AWS_ENDPOINT_URL=… AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any

or in Python: account.server.SimulatedAccount. Which image runs: names of the account's own registry
(123456789012.dkr.ecr.…) mean the image of --image, propensity by default; any other name means itself; process:FILE
runs a Python file in place of a container (OPT_ML names its /opt/ml). What goes wrong: faults.Faults, or /_control.

server says who answers for a service: sagemaker (with its endpoints and training jobs), ecs, or moto. planned makes in
the account what a Terraform plan says.

Limits of SageMaker's that matter, all from its service model and checked here: ContainerArguments and
ContainerEntrypoint at most 100 of at most 256 characters each; a training job's Environment at most 100 variables
with values of at most 512 characters; a model's Environment at most 100 of at most 1024, 32 KB in all;
HyperParameters at most 100 with values of at most 2500; names of at most 63; FailureReason is cut after 1024
characters, the exit code at its end too.
"""
