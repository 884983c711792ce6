"""How roles, policies and GitHub's provider are made from a plan's values, and deleted."""

from __future__ import annotations

from account.planned.pairs import Tags, Values, pairs


def policy(aws, values: Values, tags: Tags) -> None:
    aws.iam.create_policy(PolicyName=values["name"], PolicyDocument=values["policy"], Tags=pairs(tags))


def role(aws, values: Values, tags: Tags) -> None:
    boundary = {"PermissionsBoundary": values["permissions_boundary"]} if values.get("permissions_boundary") else {}
    document = values["assume_role_policy"]
    aws.iam.create_role(RoleName=values["name"], AssumeRolePolicyDocument=document, Tags=pairs(tags), **boundary)


def role_gone(aws, values: Values) -> None:
    name = values["name"]
    for inline in aws.iam.list_role_policies(RoleName=name)["PolicyNames"]:
        aws.iam.delete_role_policy(RoleName=name, PolicyName=inline)
    for attached in aws.iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
        aws.iam.detach_role_policy(RoleName=name, PolicyArn=attached["PolicyArn"])
    aws.iam.delete_role(RoleName=name)


def provider(aws, values: Values, tags: Tags) -> None:
    audiences, thumbprints = values["client_id_list"], ["0" * 40]
    aws.iam.create_open_id_connect_provider(
        Url=values["url"], ClientIDList=audiences, ThumbprintList=thumbprints, Tags=pairs(tags)
    )


def provider_gone(aws, values: Values) -> None:
    arn = f"arn:aws:iam::{aws.account}:oidc-provider/{values['url'].removeprefix('https://')}"
    aws.iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
