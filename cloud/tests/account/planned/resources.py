"""Each kind of resource of terraform/: how it is made and deleted, from a plan's values."""

from __future__ import annotations

from account.planned import buckets, identities, services
from account.planned.pairs import pairs


def nothing(*_) -> None:
    """Goes with what it is of."""


MAKERS = {
    "aws_s3_bucket": (buckets.bucket, lambda aws, values: aws.s3.delete_bucket(Bucket=values["bucket"])),
    "aws_s3_bucket_ownership_controls": (buckets.ownership, nothing),
    "aws_s3_bucket_public_access_block": (buckets.public_access, nothing),
    "aws_s3_bucket_versioning": (buckets.versioning, nothing),
    "aws_s3_bucket_server_side_encryption_configuration": (buckets.encryption, nothing),
    "aws_s3_bucket_policy": (
        lambda aws, values, _: aws.s3.put_bucket_policy(Bucket=values["bucket"], Policy=values["policy"]),
        nothing,
    ),
    "aws_s3_bucket_lifecycle_configuration": (buckets.lifecycle, nothing),
    "aws_ecr_repository": (
        services.repository,
        lambda aws, values: aws.ecr.delete_repository(repositoryName=values["name"]),
    ),
    "aws_ecr_lifecycle_policy": (
        lambda aws, values, _: aws.ecr.put_lifecycle_policy(
            repositoryName=values["repository"], lifecyclePolicyText=values["policy"]
        ),
        nothing,
    ),
    "aws_iam_policy": (
        identities.policy,
        lambda aws, values: aws.iam.delete_policy(PolicyArn=f"arn:aws:iam::{aws.account}:policy/{values['name']}"),
    ),
    "aws_iam_openid_connect_provider": (identities.provider, identities.provider_gone),
    "aws_iam_role": (identities.role, identities.role_gone),
    "aws_iam_role_policy": (
        lambda aws, values, _: aws.iam.put_role_policy(
            RoleName=values["role"], PolicyName=values["name"], PolicyDocument=values["policy"]
        ),
        nothing,
    ),
    "aws_iam_role_policy_attachment": (
        lambda aws, values, _: aws.iam.attach_role_policy(RoleName=values["role"], PolicyArn=values["policy_arn"]),
        nothing,
    ),
    "aws_kms_key": (nothing, nothing),
    "aws_kms_alias": (services.alias, services.alias_gone),
    "aws_sns_topic": (services.topic, services.topic_gone),
    "aws_sns_topic_policy": (services.topic_policy, nothing),
    "aws_sns_topic_subscription": (services.subscription, nothing),
    "aws_cloudwatch_metric_alarm": (
        services.alarm,
        lambda aws, values: aws.cloudwatch.delete_alarms(AlarmNames=[values["alarm_name"]]),
    ),
    "aws_budgets_budget": (
        services.budget,
        lambda aws, values: aws.budgets.delete_budget(AccountId=aws.account, BudgetName=values["name"]),
    ),
    "aws_cloudwatch_log_group": (
        services.log_group,
        lambda aws, values: aws.logs.delete_log_group(logGroupName=values["name"]),
    ),
    "aws_ecs_cluster": (
        lambda aws, values, tags: aws.ecs.create_cluster(clusterName=values["name"], tags=pairs(tags, "key", "value")),
        lambda aws, values: aws.ecs.delete_cluster(cluster=values["name"]),
    ),
    "aws_ecs_task_definition": (services.task_definition, services.task_definition_gone),
}
"""How each kind is made and deleted, each after those that it needs."""
