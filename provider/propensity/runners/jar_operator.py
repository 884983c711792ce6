"""What the operators have in common, wherever their jar runs."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import Any, NoReturn

import yaml
from airflow.sdk import BaseOperator

from propensity import task_environment
from propensity.assets import add_events
from propensity.links import LINKS
from propensity.pinned import pinned
from propensity.run_conf import check_conf
from propensity.runners.contract import arguments
from propensity.sdk import AirflowTaskTimeout
from propensity.settings import deferrable_by_default, number, optional_runner_settings
from propensity.summary import SYNTHETIC, is_synthetic, summary

SUMMARY = "{{ ti.task.summary }}"
DEPLOY = "deploy"
WAITING = "waiting"
"""The status of a jar whose work goes on at an endpoint."""
SAGEMAKER = "sagemaker:"


@dataclass
class Waits:
    """What a deployment keeps over its waits in the triggerer.

    :param begun: the change that the jar has begun, by the jar's own name
    :param deadline: the time limit of all waits, in seconds since 1970
    :param in_triggerer: false where the triggerer cannot follow the change
    """

    begun: str | None = None
    deadline: float | None = None
    in_triggerer: bool = True


class JarOperator(BaseOperator):
    """Runs one jar. The XCom ``return_value`` is the URI of its result, ``result`` the whole of it.

    :param jar: the task's name on the command line
    :param options: the jar's options (templated)
    :param mapped: the options of one of many instances of the task
    :param dataset: the text of the dataset's specification, for the jars that need it; the run's first task
        pins it for the run. It is passed to the jar as it is, without templating.
    :param broken: why the dataset's file has no specification, for a task of a run that has pinned none
    :param deferrable: whether a job on another machine, and a change of an endpoint on SageMaker, is waited for in
        the triggerer, which holds neither a worker nor a slot of the pool; by default the setting
        ``PROPENSITY_DEFERRABLE``, else from Airflow 3.3 on: an older triggerer cannot stop the job of a cleared task
    """

    template_fields: Sequence[str] = ("options", "mapped")
    template_fields_renderers = {"options": "json", "mapped": "json"}
    ui_color = "#e8f0f7"

    def __init__(
        self,
        *,
        jar: str,
        options: dict[str, Any],
        mapped: dict[str, Any] | None = None,
        dataset: str | None = None,
        broken: str | None = None,
        deferrable: bool | None = None,
        **settings,
    ) -> None:
        super().__init__(**{"map_index_template": SUMMARY} | settings)
        self.operator_extra_links = LINKS.get(jar, [])
        self.jar = jar
        self.options = options
        self.mapped = mapped or {}
        self.dataset = dataset
        self.broken = broken
        self.deferrable = deferrable_by_default() if deferrable is None else deferrable
        self.force = False
        self.waits = Waits()
        self.result: dict[str, Any] | None = None

    def begin(self, context) -> None:
        """Checks the run's conf, and takes what the run decides: the pinned specification, and whether to recompute."""
        check_conf(context)
        self.force = self.jar in (context["params"].get("force") or ())
        if self.dataset is not None:
            self.dataset = pinned(context, self.dataset, self.broken)

    def argv(self) -> list[str]:
        """The jar's name and its options, without those of ``waiting_options``."""
        dataset = [] if self.dataset is None else ["--dataset", self.dataset]
        options = self.options | self.mapped | {"force": self.force}
        return [self.jar, *arguments(options), *dataset]

    def waiting_options(self) -> list[str]:
        """Options of a jar whose work may go on at an endpoint; they are no part of what identifies a job."""
        if self.jar != DEPLOY:
            return []
        deferred = self.deferrable and self.waits.in_triggerer and _has_amazon()
        return arguments({"no_wait": deferred, "begun": self.waits.begun})

    def dataset_name(self) -> str | None:
        """The dataset's name, of a jar that gets its specification."""
        # A BaseLoader makes text, lists and mappings only.
        return None if self.dataset is None else yaml.load(self.dataset, Loader=yaml.BaseLoader)["name"]  # noqa: S506

    def command_line(self, result: str) -> list[str]:
        """The arguments of the launcher."""
        return [*self.argv(), *self.waiting_options(), "--result", result]

    @property
    def summary(self) -> str:
        """What became of the task; Airflow renders it once more while it handles the exception of one that failed."""
        return summary(self.result, sys.exc_info()[1])

    def conclude(self, context, result: dict[str, Any]) -> str:
        """The URI of the result; or waits in the triggerer for the change of an endpoint that the jar has begun."""
        if result.get("status") == WAITING:
            self.log.info("%s", result["reason"])
            self._wait_for_change(result["change"])
        self.push(context, result)
        return result["uri"]

    def resume(self, context, event: dict[str, Any]) -> str:
        """Runs the jar again after the change has ended: it verifies the endpoint, or begins the next change."""
        if event["timed_out"]:
            raise AirflowTaskTimeout(f"the time limit of {self.execution_timeout} is reached; the change continues")
        self.waits = Waits(**event["job"]["kept"])
        if event["error"]:
            self.log.warning("the triggerer cannot follow the change; the task waits by itself: %s", event["error"])
            self.waits.in_triggerer = False
        return self.execute(context)

    def _wait_for_change(self, change: dict[str, str]) -> NoReturn:
        from propensity.triggers.endpoint import EndpointTrigger  # only here: it needs Amazon's provider

        if self.waits.deadline is None and self.execution_timeout is not None:
            self.waits.deadline = time.time() + self.execution_timeout.total_seconds()
        self.waits.begun = change.get("begun")
        region = optional_runner_settings("PROPENSITY_SAGEMAKER").get("region")
        job = {
            "name": change["endpoint"].removeprefix(SAGEMAKER),
            "connection": task_environment.aws_connection(),
            "region": region or task_environment.settings().get("AWS_REGION"),
            "kept": asdict(self.waits),
        }
        seconds = number("PROPENSITY_POLL_SECONDS", 10)
        self.defer(
            trigger=EndpointTrigger(job=job, deadline=self.waits.deadline, poll_seconds=seconds), method_name="resume"
        )

    def push(self, context, result: dict[str, Any]) -> None:
        """Keeps the whole result, and adds its asset events; the URI alone is what the operator returns."""
        self.result = result
        context["ti"].xcom_push(key="result", value=result)
        add_events(context, self.jar, result)
        if is_synthetic(result):
            self.log.warning("%s: %s says nothing about real customers", SYNTHETIC, result["name"])


def _has_amazon() -> bool:
    """Whether Amazon's provider is installed, with which a trigger follows the change of an endpoint."""
    try:
        return find_spec("airflow.providers.amazon") is not None
    except ModuleNotFoundError:
        return False
