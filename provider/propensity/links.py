"""The links from a task to what it made: buttons on the tab Details of its instance, hidden where there is nothing."""

from __future__ import annotations

from airflow.sdk import BaseOperatorLink

from propensity.settings import setting

MLFLOW_PAGE = "/#/"
"""What separates the address of an MLflow server from that of one of its pages."""


class ResultLink(BaseOperatorLink):
    """A link to an address in a task's result. Airflow calls it at the task's end, and stores the address as XCom."""

    name = ""
    key = ""
    """The address's key in the result."""

    def get_link(self, operator, *, ti_key) -> str:  # noqa: ARG002
        return self.address((getattr(operator, "result", None) or {}).get(self.key, ""))

    @staticmethod
    def address(found: str) -> str:
        """The address as the browser reaches it."""
        return found


class MlflowRunLink(ResultLink):
    """The run in MLflow."""

    name = "MLflow run"
    key = "mlflow_run"

    @staticmethod
    def address(found: str) -> str:
        server, separator, page = found.partition(MLFLOW_PAGE)
        return setting("PROPENSITY_MLFLOW_URL", server).rstrip("/") + separator + page if separator else ""


class ReportLink(MlflowRunLink):
    """The report of an evaluation or a comparison, which MLflow shows."""

    name = "Report"
    key = "report"


class EndpointLink(ResultLink):
    """The page of the endpoint: that of the project's server, or SageMaker's console."""

    name = "Endpoint"
    key = "endpoint"


LINKS: dict[str, list[ResultLink]] = {
    "train": [MlflowRunLink()],
    "evaluate": [ReportLink(), MlflowRunLink()],
    "compare": [ReportLink(), MlflowRunLink()],
    "deploy": [EndpointLink()],
    "predict": [MlflowRunLink()],
    "monitor": [ReportLink(), MlflowRunLink()],
    "performance": [ReportLink(), MlflowRunLink()],
}
"""The links of a jar's tasks."""
