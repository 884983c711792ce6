"""SageMaker's models: an image, its model's files and its environment."""

from __future__ import annotations

from account.common.errors import existing, invalid, missing
from account.common.listing import now, page


class Models:
    def __init__(self, region):
        self._region = region
        self.by_name: dict[str, dict] = {}

    def create_model(self, request: dict) -> dict:
        name = request["ModelName"]
        arn = self._region.arn("model", name)
        if name in self.by_name:
            raise existing("model", arn)
        if "ExecutionRoleArn" not in request:
            raise invalid("ExecutionRoleArn is required")
        containers = [request["PrimaryContainer"]] if "PrimaryContainer" in request else request.get("Containers", [])
        if len(containers) != 1 or ("Containers" in request and "PrimaryContainer" in request):
            raise invalid("You must provide exactly one of PrimaryContainer and Containers, with one container here")
        check_container(containers[0])
        self._region.tags.put(arn, request.get("Tags"))
        self.by_name[name] = {key: value for key, value in request.items() if key != "Tags"} | {
            "ModelArn": arn,
            "CreationTime": now(),
        }
        return {"ModelArn": arn}

    def describe_model(self, request: dict) -> dict:
        return dict(self.get(request["ModelName"]))

    def delete_model(self, request: dict) -> None:
        """Endpoints go on without it: SageMaker deletes the entry, not what was made of it."""
        model = self.get(request["ModelName"])
        self._region.tags.drop(model["ModelArn"])
        del self.by_name[request["ModelName"]]

    def list_models(self, request: dict) -> dict:
        members = ("ModelName", "ModelArn", "CreationTime")
        return page(request, "Models", [{m: one[m] for m in members} for one in self.by_name.values()], "Model")

    def get(self, name: str) -> dict:
        if name not in self.by_name:
            raise missing("model", self._region.arn("model", name))
        return self.by_name[name]


def container(model: dict) -> dict:
    """The one container that the model has."""
    return model.get("PrimaryContainer") or model["Containers"][0]


def check_container(container: dict) -> None:
    if "Image" not in container:
        raise invalid("You must provide an Image or a ModelPackageName")
    if "ModelDataUrl" in container and "ModelDataSource" in container:
        raise invalid("ModelDataUrl and ModelDataSource cannot both be given")
    if container.get("Mode", "SingleModel") != "SingleModel":
        raise invalid("Only Mode SingleModel is stood in for")
    environment = container.get("Environment", {})
    size = sum(len(key.encode()) + len(value.encode()) for key, value in environment.items())
    if size > 32 << 10:
        raise invalid("The combined size of all environment variables must not exceed 32 KB")
