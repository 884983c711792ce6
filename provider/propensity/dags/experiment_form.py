"""The form of an experiment's run."""

from __future__ import annotations

from airflow.sdk import Param

from propensity.dags.forms import COMPUTATIONS, RELEASE_PARAM, SOURCE_PARAM, force_param, training_job_param
from propensity.learners import LEARNERS, RANKING_METRICS

MAX_FOLDS = 20

CANDIDATE = "{{ params.candidate or '' }}"
RANK = "{{ params.rank }}"


def experiment_form() -> dict[str, Param]:
    """The form of an experiment."""
    return {
        "source": SOURCE_PARAM,
        "learners": Param(
            [],
            type="array",
            items={"type": "string", "enum": LEARNERS},
            examples=LEARNERS,
            title="Learners",
            description="Empty: the dataset's default.",
        ),
        "folds": Param(
            5,
            type="integer",
            minimum=2,
            maximum=MAX_FOLDS,
            title="Folds",
            description="Each row outside the test split is in the validation split of one fold; with a split by "
            "time, the earliest rows are in none. With more folds, models are trained on more rows, and training "
            "takes longer.",
        ),
        "parameters": Param(
            {},
            type="object",
            title="Parameters",
            description='Overrides of the dataset\'s parameters, such as {"eta": 0.05}; a list of values defines '
            'a grid: {"eta": [0.05, 0.1]}. By learner: {"lightgbm": {"learning_rate": [0.05, 0.1]}, "logistic": {}}.',
        ),
        "trials": Param(
            0,
            type="integer",
            minimum=0,
            maximum=200,
            title="Trials",
            description="Number of additional candidates of each learner, drawn at random from the ranges below.",
        ),
        "search": Param(
            {},
            type="object",
            title="Ranges of the trials",
            description='By learner; they override those of the dataset: {"lightgbm": {"learning_rate": [0.01, 0.1], '
            '"num_leaves": [2, 64], "max_bin": {"one_of": [63, 255]}}}.',
        ),
        "seed": Param(
            None,
            type=["null", "integer"],
            title="Seed of the trials",
            description="Empty: the seed of the dataset's split.",
        ),
        "rank": Param(
            "auc",
            type="string",
            enum=list(RANKING_METRICS),
            values_display=RANKING_METRICS,
            title="Metric",
            description="The metric that decides which candidate is the best.",
        ),
        "candidate": Param(
            None,
            type=["null", "string"],
            title="Final model",
            description="The candidate, or learner, to train the final model with. Empty: the winner.",
        ),
        "force": force_param([*COMPUTATIONS, "compare"]),
        "release": RELEASE_PARAM,
        **training_job_param(),
    }
