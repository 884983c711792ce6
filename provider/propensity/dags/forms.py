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
PARAMETERS = "{{ (params.parameters or {}) | tojson }}"
# A backfill never changes the live model.
RELEASE = "{{ 'challenger' if dag_run.run_type == 'backfill' else params.release }}"
MODEL_VERSION = "{{ params.model_version or '' }}"
MODELS = "{{ params.models | tojson if params.models else '' }}"
# In Airflow 3.0, tasks cannot read who has triggered the run.
WHO = "{{ dag_run.triggering_user_name | default('airflow', true) }}, {{ run_id }}"
ENDPOINTS = "{{ var.value.get('propensity_endpoints', '') }}"


def source(dataset: DatasetFile) -> str:
    """The run's source, else the Variable's; where both are empty, the jar takes the specification's."""
    return f"{{{{ params.source or var.value.get('propensity_source_{dataset.name}', '') }}}}"


# The groups of a form, below the fields without one, which are the only ones that Airflow shows at first.
MODEL = "Model"
RELEASING = "Release"
RECOMPUTING = "Recompute"
ENDPOINT = "Endpoint"

RELEASE_CHOICES = {
    "auto": "auto: if the model passes the evaluation",
    "release": "release: regardless of the evaluation",
    "challenger": "challenger: record the model, and keep the champion",
}


def release_param() -> Param:
    """Whether the model is released. New for each form, as all of these: Airflow keeps a run's value in it."""
    return Param(
        "auto",
        type="string",
        enum=list(RELEASE_CHOICES),
        values_display=RELEASE_CHOICES,
        section=RELEASING,
        title="Release",
        description="Whether the model becomes the champion, which is deployed. A later run may replace it by a "
        "model that is no worse.",
    )


def source_param(default: str = "the dataset's default source") -> Param:
    """The source of the rows.

    :param default: what an empty field means
    """
    return Param(
        None,
        type=["null", "string"],
        examples=["s3://bucket/key.csv", "https://host/file.csv", "kaggle:owner/dataset/file.csv", "synthetic:50000"],
        title="Source",
        description="Where the rows come from: s3://…, https://…, kaggle:owner/dataset/file, or synthetic:50000 for "
        f"50,000 synthetic rows, which never affect the models of real data. Empty: {default}.",
    )


def parameters_param(description: str, section: str = MODEL) -> Param:
    """Overrides of the learner's parameters."""
    return Param(
        {},
        type=["null", "object"],
        examples=[{"eta": 0.05}],
        section=section,
        title="Parameters",
        description=description,
    )


def force_param(computations: list[str]) -> Param:
    """Which tasks recompute their result."""
    return Param(
        [],
        type=["null", "array"],
        items={"type": "string", "enum": computations},
        examples=computations,
        section=RECOMPUTING,
        title="Force recompute",
        description="Tasks that recompute their result even if it exists, and compare the bytes. Empty: existing "
        "results are reused.",
    )


def training_job_param(jar: str = "train") -> dict[str, Param]:
    """Settings of the training job, where training runs on SageMaker."""
    if runner_of(jar) != "sagemaker":
        return {}
    network = {"type": "array", "items": {"type": "string"}}
    return {
        "training_job": Param(
            {},
            type=["null", "object"],
            section=MODEL,
            examples=[{"instance_type": "ml.m5.2xlarge", "seconds": 3600}],
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
            '"seconds": 3600}. Empty: none.',
        )
    }


def training_form() -> dict[str, Param]:
    """The form of a training run."""
    return {
        "source": source_param(),
        "learner": Param(
            None,
            type=["null", "string"],
            pattern=f"^({'|'.join(LEARNERS)})?$",
            examples=LEARNERS,
            section=MODEL,
            title="Learner",
            description=f"{', '.join(LEARNERS)}. Empty: the dataset's default.",
        ),
        "parameters": parameters_param(
            'Overrides of the dataset\'s parameters, such as {"eta": 0.05}. Empty: those of the dataset.'
        ),
        **training_job_param(),
        "release": release_param(),
        "force": force_param(COMPUTATIONS),
    }


def monitoring_form() -> dict[str, Param]:
    """The form of a monitoring run."""
    return {
        "window": Param(
            None,
            type=["null", "string"],
            pattern=r"^(current|\d{4}-W\d{2}|\d{4}-\d{2}-\d{2}(T\d{2})?)?$",
            examples=["current", "2026-11-29", "2026-11-29T13", "2026-W48"],
            title="Window",
            description="The hour, day or week in UTC, or current for the one that has not ended. Empty: the last one "
            "before the run that has ended.",
        ),
        "name": Param(
            None,
            type=["null", "string"],
            section=ENDPOINT,
            title="Name",
            description="The name of the endpoint whose rows are compared, such as that of synthetic data. Empty: the "
            "dataset's.",
        ),
    }


def performance_form() -> dict[str, Param]:
    """The form of a run that measures the live model."""
    return {
        "source": Param(
            None,
            type=["null", "string"],
            examples=["s3://crm/outcomes/monday.csv"],
            title="Source",
            description="A file of outcomes to store first: s3://… or a path. Empty: the files of the asset events "
            "that triggered the run.",
        ),
        "window": Param(
            None,
            type=["null", "string"],
            pattern=r"^(\d{4}-W\d{2}|\d{4}-\d{2}-\d{2}(T\d{2})?)?$",
            examples=["2026-10-29", "2026-W44"],
            title="Window",
            description="The day, week or hour of the scores, in UTC. Empty: the last one whose outcomes were complete "
            "at the run's time.",
        ),
        "name": Param(
            None,
            type=["null", "string"],
            section=MODEL,
            title="Name",
            description="The name of the model's ledger, such as that of synthetic data. Empty: the dataset's.",
        ),
    }


def prediction_form() -> dict[str, Param]:
    """The form of a prediction."""
    return {
        "source": source_param(
            "the files of the asset events that triggered the run, else the dataset's default source for predictions"
        ),
        "model_version": Param(
            None,
            type=["null", "integer"],
            minimum=1,
            section=MODEL,
            title="Model version",
            description="A version of the release ledger. Empty: the champion.",
        ),
        "models": Param(
            [],
            type=["null", "array"],
            items={"type": "string"},
            section=MODEL,
            title="Models",
            description="URIs of models to use instead, such as those of an experiment's folds: the score is the mean "
            "of their scores. Empty: none.",
        ),
        "force": force_param(["download", "predict"]),
    }
