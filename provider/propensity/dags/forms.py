"""The forms of runs, and the templates by which the tasks read them."""

from __future__ import annotations

from airflow.sdk import Param

from propensity.datasets import DatasetFile
from propensity.jar_task import runner_of
from propensity.learners import LEARNERS

COMPUTATIONS = ["download", "preprocess", "train", "evaluate"]

# The day that a run is for: a task that is cleared a day later still uses it.
DATE = "{{ (dag_run.logical_date or dag_run.run_after).strftime('%Y-%m-%d') }}"
LEARNER = "{{ params.learner or '' }}"
PARAMETERS = "{{ params.parameters | tojson }}"
# A backfill never changes the live model.
RELEASE = "{{ 'challenger' if dag_run.run_type == 'backfill' else params.release }}"
MODEL_VERSION = "{{ params.model_version or '' }}"
MODELS = "{{ params.models | tojson if params.models else '' }}"
WHO = "{{ dag_run.triggering_user_name or 'airflow' }}, {{ run_id }}"
ENDPOINTS = "{{ var.value.get('propensity_endpoints', '') }}"


def source(dataset: DatasetFile) -> str:
    """The run's source, else the Variable's; where both are empty, the jar takes the specification's."""
    return f"{{{{ params.source or var.value.get('propensity_source_{dataset.name}', '') }}}}"


SOURCE_PARAM = Param(
    None,
    type=["null", "string"],
    title="Source",
    description="Where the rows come from: kaggle:owner/dataset/file, https://…, s3://… or synthetic:50000. "
    "Empty: the dataset's default source.",
)
RELEASE_PARAM = Param(
    "auto",
    type="string",
    enum=["auto", "release", "challenger"],
    title="Release",
    description="auto: release the model if it passes the evaluation. release: release it regardless of the "
    "evaluation. challenger: register it as a challenger.",
)


def force_param(computations: list[str]) -> Param:
    """Which tasks recompute their result."""
    return Param(
        [],
        type="array",
        items={"type": "string", "enum": computations},
        examples=computations,
        title="Force recompute",
        description="Tasks that recompute their result even if it exists, and compare the bytes.",
    )


def training_job_param(jar: str = "train") -> dict[str, Param]:
    """Settings of the training job, where training runs on SageMaker."""
    if runner_of(jar) != "sagemaker":
        return {}
    network = {"type": "array", "items": {"type": "string"}}
    return {
        "training_job": Param(
            {},
            type="object",
            properties={
                "instance_type": {"type": "string", "pattern": r"ml\..+"},
                "seconds": {"type": "integer", "minimum": 60},
                "volume_gb": {"type": "integer", "minimum": 1},
                "subnets": network,
                "security_groups": network,
            },
            additionalProperties=False,
            title="Training job",
            description='Overrides of the stage\'s settings, such as {"instance_type": "ml.m5.2xlarge", '
            '"seconds": 3600}.',
        )
    }


def training_form() -> dict[str, Param]:
    """The form of a training run."""
    return {
        "source": SOURCE_PARAM,
        "learner": Param(
            None,
            type=["null", "string"],
            pattern=f"^({'|'.join(LEARNERS)})?$",
            examples=LEARNERS,
            title="Learner",
            description=f"{', '.join(LEARNERS)}. Empty: the dataset's default.",
        ),
        "parameters": Param(
            {},
            type="object",
            title="Parameters",
            description='Overrides of the dataset\'s parameters, such as {"eta": 0.05}.',
        ),
        "force": force_param(COMPUTATIONS),
        "release": RELEASE_PARAM,
        **training_job_param(),
    }


def prediction_form() -> dict[str, Param]:
    """The form of a prediction."""
    computations = ["download", "predict"]
    return {
        "source": Param(
            None,
            type=["null", "string"],
            title="Source",
            description="Where the rows are: kaggle:owner/dataset/file, https://…, s3://… or synthetic:50000. "
            "Empty: the files of the asset events that triggered the run, else the dataset's default source for "
            "predictions.",
        ),
        "model_version": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            title="Model version",
            description="A version of the release ledger. Empty: the champion.",
        ),
        "models": Param(
            [],
            type="array",
            items={"type": "string"},
            title="Models",
            description="URIs of models to use instead, such as those of an experiment's folds: the score is the mean "
            "of their scores.",
        ),
        "force": Param(
            [],
            type="array",
            items={"type": "string", "enum": computations},
            examples=computations,
            title="Force recompute",
            description="Tasks that recompute their result even if it exists, and compare the bytes.",
        ),
    }
