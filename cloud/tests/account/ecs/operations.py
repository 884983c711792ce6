"""Amazon ECS: its tasks really run, on Fargate that is a Docker Engine. Clusters and task definitions are moto's."""

from __future__ import annotations

import json
import threading

from botocore.validate import ParamValidator
from werkzeug import Request, Response

from account.common import answers, shapes
from account.common.errors import AwsError
from account.ecs import fargate

OVERRIDES = 8192
"""Characters that the overrides of a task may have in all."""

_regions: dict[tuple[int, str], Tasks] = {}
_lock = threading.Lock()


def answer(account, request: Request, region: str) -> Response | None:
    """The answer to an operation on tasks; none to others, which are moto's."""
    operation = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
    tasks = _tasks(account, region)
    do = {
        "RunTask": tasks.run,
        "ListTasks": tasks.list,
        "DescribeTasks": tasks.describe,
        "StopTask": tasks.stop,
    }.get(operation)
    if do is None:
        return None
    try:
        account.faults.before(operation)
        asked = json.loads(request.get_data() or b"{}")
        check(operation, asked)
        output = do(asked)
        problems = shapes.found(shapes.model("ecs").operation_model(operation).output_shape, output)
        assert not problems, f"{operation} answers what AWS does not: {problems}"
        return answers.document(output, 200)
    except AwsError as error:
        return answers.rejected(error)


def _tasks(account, region: str) -> Tasks:
    with _lock:
        key = (id(account), region)
        if key not in _regions:
            _regions[key] = Tasks(account, region)
            account.at_stop(_regions[key].end)
        return _regions[key]


def check(operation: str, asked: dict) -> None:
    """Rejects what the service model does not know."""
    shape = shapes.model("ecs").operation_model(operation).input_shape
    problems = shapes.found(shape, asked)
    report = ParamValidator().validate(asked, shape)
    if problems or report.has_errors():
        raise rejected("; ".join(problems) or report.generate_report())


def rejected(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message)


class Tasks:
    """The tasks of a region. ECS forgets a stopped one after an hour; this one keeps it."""

    def __init__(self, account, region: str):
        self.account, self.region = account, region
        self.by_arn: dict[str, fargate.Task] = {}

    def end(self) -> None:
        """Ends every task: the account is being stopped."""
        for task in self.by_arn.values():
            task.end()

    def run(self, asked: dict) -> dict:
        definition = self._definition(asked["taskDefinition"])
        cluster = self._cluster(asked.get("cluster", "default"))
        if asked.get("launchType") != "FARGATE" or "FARGATE" not in definition.get("requiresCompatibilities", []):
            raise rejected("Task definition does not support launch_type FARGATE.")
        network = asked.get("networkConfiguration", {}).get("awsvpcConfiguration", {})
        if not network.get("subnets"):
            raise rejected("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
        overrides = asked.get("overrides", {})
        if len(json.dumps(overrides, separators=(",", ":"))) > OVERRIDES:
            raise rejected("Container Overrides length must be at most 8192")
        known = {container["name"] for container in definition["containerDefinitions"]}
        for container in overrides.get("containerOverrides", []):
            if container.get("name") not in known:
                raise rejected("Override for container named " + str(container.get("name")) + " is not a container")
        task = fargate.Task(self.account, self.region, cluster, definition, asked)
        self.by_arn[task.arn] = task
        task.start()
        return {"tasks": [task.described()], "failures": []}

    def list(self, asked: dict) -> dict:
        wanted = asked.get("desiredStatus", "RUNNING")
        found = [
            arn
            for arn, task in self.by_arn.items()
            if task.desired == wanted and asked.get("startedBy") in (None, task.started_by)
        ]
        return {"taskArns": found}

    def describe(self, asked: dict) -> dict:
        found = [self.by_arn[arn].described() for arn in asked["tasks"] if arn in self.by_arn]
        lost = [{"arn": arn, "reason": "MISSING"} for arn in asked["tasks"] if arn not in self.by_arn]
        return {"tasks": found, "failures": lost}

    def stop(self, asked: dict) -> dict:
        task = self.by_arn.get(asked["task"])
        if task is None:
            raise rejected("The referenced task was not found.")
        task.stop(asked.get("reason", ""))
        return {"task": task.described()}

    def _definition(self, name: str) -> dict:
        client = self.account.client("ecs", self.region)
        try:
            return client.describe_task_definition(taskDefinition=name)["taskDefinition"]
        except client.exceptions.ClientException:
            raise AwsError("ClientException", "TaskDefinition not found.") from None

    def _cluster(self, name: str) -> str:
        found = self.account.client("ecs", self.region).describe_clusters(clusters=[name])["clusters"]
        if not found:
            raise AwsError("ClusterNotFoundException", "Cluster not found.")
        return found[0]["clusterArn"]
