"""What the operators have in common, wherever their jar runs."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any, NoReturn

import yaml
from airflow.sdk import BaseOperator

from propensity import task_environment
from propensity.assets import add_events
from propensity.links import LINKS
from propensity.pinned import pinned
from propensity.run_conf import check_conf
from propensity.runners.contract import arguments
from propensity.sdk import AirflowException, AirflowFailException, AirflowTaskTimeout
from propensity.settings import optional_runner_settings, setting
from propensity.summary import SYNTHETIC, is_synthetic, summary

SUMMARY = "{{ ti.task.summary }}"
WAITING = "waiting"
"""The status of a jar whose work goes on at an endpoint."""
SAGEMAKER = "sagemaker:"


class JarOperator(BaseOperator):
    """Runs one jar. The XCom ``return_value`` is the URI of its result, ``result`` the whole of it.

    :param jar: the task's name on the command line
    :param options: the jar's options (templated)
    :param mapped: the options of one of many instances of the task
    :param dataset: the text of the dataset's specification, for the jars that need it; the run's first task
        pins it for the run. It is passed to the jar as it is, without templating.
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
        **settings,
    ) -> None:
        super().__init__(**{"map_index_template": SUMMARY} | settings)
        self.operator_extra_links = LINKS.get(jar, [])
        self.jar = jar
        self.options = options
        self.mapped = mapped or {}
        self.dataset = dataset
        self.force = False
        self.change_deadline: float | None = None
        self.result: dict[str, Any] | None = None

    def begin(self, context) -> None:
        """Checks the run's conf, and takes what the run decides: the pinned specification, and whether to recompute."""
        check_conf(context)
        self.force = self.jar in (context["params"].get("force") or ())
        if self.dataset is not None:
            self.dataset = pinned(context, self.dataset)

    def argv(self) -> list[str]:
        """The jar's name and its options."""
        dataset = [] if self.dataset is None else ["--dataset", self.dataset]
        options = self.options | self.mapped | {"force": self.force}
        return [self.jar, *arguments(options), *dataset]

    def dataset_name(self) -> str | None:
        """The dataset's name, of a jar that gets its specification."""
        # A BaseLoader makes text, lists and mappings only.
        return None if self.dataset is None else yaml.load(self.dataset, Loader=yaml.BaseLoader)["name"]  # noqa: S506

    def command_line(self, result: str) -> list[str]:
        """The arguments of the launcher."""
        return [*self.argv(), "--result", result]

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
            raise AirflowTaskTimeout(f"the time limit of {self.execution_timeout} is reached: the change goes on")
        if event["error"]:
            raise AirflowException(f"the triggerer cannot follow the change: {event['error']}")
        self.change_deadline = event["deadline"]
        self.options = self.options | {"begun": event["job"]["begun"]}
        return self.execute(context)

    def _wait_for_change(self, change: dict[str, str]) -> NoReturn:
        # Imported only here: an Airflow without an endpoint on SageMaker needs no provider of Amazon.
        try:
            from propensity.triggers.endpoint import EndpointTrigger
        except ImportError as error:
            raise AirflowFailException(
                f"waiting for {change['endpoint']} needs the package apache-airflow-providers-amazon; install it, or "
                f"set PROPENSITY_DEFERRABLE=false: {error}"
            ) from error
        if self.change_deadline is None and self.execution_timeout is not None:
            self.change_deadline = time.time() + self.execution_timeout.total_seconds()
        job = {
            "name": change["endpoint"].removeprefix(SAGEMAKER),
            "begun": change.get("begun"),
            "connection": task_environment.aws_connection(),
            "region": optional_runner_settings("PROPENSITY_SAGEMAKER").get("region"),
        }
        self.defer(
            trigger=EndpointTrigger(
                job=job,
                deadline=self.change_deadline,
                poll_seconds=float(setting("PROPENSITY_POLL_SECONDS", "10")),
            ),
            method_name="resume",
        )

    def push(self, context, result: dict[str, Any]) -> None:
        """Keeps the whole result, and adds its asset events; the URI alone is what the operator returns."""
        self.result = result
        context["ti"].xcom_push(key="result", value=result)
        add_events(context, self.jar, result)
        if is_synthetic(result):
            self.log.warning("%s: %s says nothing about real customers", SYNTHETIC, result["name"])
