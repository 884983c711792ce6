"""Resource Groups Tagging: GetResources finds SageMaker's resources and image repositories beside what moto knows."""

from __future__ import annotations

import json

from werkzeug import Request, Response

from account.common.answers import document

GET_RESOURCES = "ResourceGroupsTaggingAPI_20170126.GetResources"


def answer(account, request: Request, region: str) -> Response | None:
    """The found resources; none where moto is to answer alone."""
    if request.headers.get("X-Amz-Target") != GET_RESOURCES:
        return None
    asked = json.loads(request.get_data() or b"{}")
    if asked.get("PaginationToken"):
        return None
    found = moto(account, request, asked)
    kinds, arns = asked.get("ResourceTypeFilters"), asked.get("ResourceARNList")
    for arn, tags in (account.region(region).tags.of | repositories(account, region)).items():
        if fits(arn, tags, asked.get("TagFilters", []), kinds, arns):
            listed = [{"Key": key, "Value": value} for key, value in tags.items()]
            found.append({"ResourceARN": arn, "Tags": listed})
    return document({"PaginationToken": "", "ResourceTagMappingList": found}, 200)


def repositories(account, region: str) -> dict[str, dict[str, str]]:
    """The image repositories and their tags, which moto leaves out."""
    client, found = account.client("ecr", region), {}
    for page in client.get_paginator("describe_repositories").paginate():
        for repository in page["repositories"]:
            arn = repository["repositoryArn"]
            tags = client.list_tags_for_resource(resourceArn=arn)["tags"]
            found[arn] = {tag["Key"]: tag["Value"] for tag in tags}
    return found


def moto(account, request: Request, asked: dict) -> list[dict]:
    """All that moto finds, over its pages."""
    found, token = [], ""
    while True:
        response = account.moto_answer(request, asked | ({"PaginationToken": token} if token else {}))
        found += response["ResourceTagMappingList"]
        token = response.get("PaginationToken")
        if not token:
            return found


def fits(arn: str, tags: dict, filters: list[dict], kinds: list[str] | None, arns: list[str] | None) -> bool:
    service, kind = arn.split(":")[2], arn.split(":")[5].split("/")[0]
    if not tags or (kinds and service not in kinds and f"{service}:{kind}" not in kinds):
        return False
    if arns and arn not in arns:
        return False
    return all(one["Key"] in tags and (not one.get("Values") or tags[one["Key"]] in one["Values"]) for one in filters)
