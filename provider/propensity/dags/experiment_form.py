"""The form of an experiment's run."""

from __future__ import annotations

from airflow.sdk import Param

from propensity.dags.forms import (
    COMPUTATIONS,
    RELEASING,
    force_param,
    parameters_param,
    release_param,
    source_param,
    training_job_param,
)
from propensity.learners import LEARNERS, RANKING_METRICS

MAX_FOLDS = 20

# The groups of the form that the others lack.
CANDIDATES = "Candidates"
COMPARISON = "Comparison"

CANDIDATE = "{{ params.candidate or '' }}"
RANK = "{{ params.rank }}"


def experiment_form() -> dict[str, Param]:
    """The form of an experiment."""
    return {
        "source": source_param(),
        "learners": Param(
            [],
            type=["null", "array"],
            items={"type": "string", "enum": LEARNERS},
            examples=LEARNERS,
            section=CANDIDATES,
            title="Learners",
            description="The learners to compare. Empty: the dataset's default alone.",
        ),
        "parameters": parameters_param(
            'Overrides of the dataset\'s parameters, such as {"eta": 0.05}; a list of values defines '
            'a grid: {"eta": [0.05, 0.1]}. By learner: {"lightgbm": {"learning_rate": [0.05, 0.1]}, "logistic": {}}.',
            CANDIDATES,
        ),
        "trials": Param(
            0,
            type=["null", "integer"],
            minimum=0,
            maximum=200,
            section=CANDIDATES,
            title="Trials",
            description="Number of additional candidates of each learner, drawn at random from the ranges below. "
            "Empty: none.",
        ),
        "search": Param(
            {},
            type=["null", "object"],
            examples=[{"lightgbm": {"learning_rate": [0.01, 0.1], "max_bin": {"one_of": [63, 255]}}}],
            section=CANDIDATES,
            title="Ranges of the trials",
            description='By learner; they override those of the dataset: {"lightgbm": {"learning_rate": [0.01, 0.1], '
            '"num_leaves": [2, 64], "max_bin": {"one_of": [63, 255]}}}.',
        ),
        "seed": Param(
            None,
            type=["null", "integer"],
            section=CANDIDATES,
            title="Seed of the trials",
            description="Empty: the seed of the dataset's split.",
        ),
        "folds": Param(
            5,
            type="integer",
            minimum=2,
            maximum=MAX_FOLDS,
            section=COMPARISON,
            title="Folds",
            description="Each row outside the test split is in the validation split of one fold; with a split by "
            "time, the earliest rows are in none. With more folds, models are trained on more rows, and training "
            "takes longer.",
        ),
        "rank": Param(
            "auc",
            type="string",
            enum=list(RANKING_METRICS),
            values_display=RANKING_METRICS,
            section=COMPARISON,
            title="Metric",
            description="The metric that decides which candidate is the best.",
        ),
        "candidate": Param(
            None,
            type=["null", "string"],
            examples=LEARNERS,
            section=RELEASING,
            title="Final model",
            description="The candidate, or learner, to train the final model with. Empty: the winner.",
        ),
        "release": release_param(),
        "force": force_param([*COMPUTATIONS, "compare"]),
        **training_job_param(),
    }
