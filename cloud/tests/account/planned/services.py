"""How the repository, topic, alarms, budget and tasks are made from a plan's values, and deleted."""

from __future__ import annotations

import contextlib
import json

from botocore.exceptions import ClientError

from account.planned.pairs import Tags, Values, pairs


def repository(aws, values: Values, tags: Tags) -> None:
    aws.ecr.create_repository(
        repositoryName=values["name"],
        imageTagMutability=values["image_tag_mutability"],
        imageScanningConfiguration={"scanOnPush": values["image_scanning_configuration"][0]["scan_on_push"]},
        tags=pairs(tags),
    )


def alias(aws, values: Values, tags: Tags) -> None:
    """Makes the key too, unless the alias leads to one: a plan does not know the number that ties them."""
    known = [each["AliasName"] for each in aws.kms.list_aliases()["Aliases"]]
    if values["name"] not in known:
        key = aws.kms.create_key(Tags=pairs(tags, "TagKey", "TagValue"))["KeyMetadata"]["KeyId"]
        aws.kms.enable_key_rotation(KeyId=key)
        aws.kms.create_alias(AliasName=values["name"], TargetKeyId=key)


def alias_gone(aws, values: Values) -> None:
    key = aws.kms.describe_key(KeyId=values["name"])["KeyMetadata"]["KeyId"]
    aws.kms.delete_alias(AliasName=values["name"])
    aws.kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)


def topic(aws, values: Values, tags: Tags) -> None:
    attributes = {"KmsMasterKeyId": values["kms_master_key_id"]}
    aws.sns.create_topic(Name=values["name"], Attributes=attributes, Tags=pairs(tags))


def topic_gone(aws, values: Values) -> None:
    aws.sns.delete_topic(TopicArn=f"arn:aws:sns:{aws.region}:{aws.account}:{values['name']}")


def topic_policy(aws, values: Values, tags: Tags) -> None:
    aws.sns.set_topic_attributes(TopicArn=values["arn"], AttributeName="Policy", AttributeValue=values["policy"])


def subscription(aws, values: Values, tags: Tags) -> None:
    arn = f"arn:aws:sns:{aws.region}:{aws.account}:"
    for each in aws.sns.list_topics()["Topics"]:
        if each["TopicArn"].startswith(f"{arn}propensity-") and each["TopicArn"].endswith("-alerts"):
            aws.sns.subscribe(TopicArn=each["TopicArn"], Protocol=values["protocol"], Endpoint=values["endpoint"])


def alarm(aws, values: Values, tags: Tags) -> None:
    statistic = {"Statistic": values["statistic"]} if values.get("statistic") else {}
    extended = {"ExtendedStatistic": values["extended_statistic"]} if values.get("extended_statistic") else {}
    points = {"DatapointsToAlarm": values["datapoints_to_alarm"]} if values.get("datapoints_to_alarm") else {}
    aws.cloudwatch.put_metric_alarm(
        AlarmName=values["alarm_name"],
        AlarmDescription=values["alarm_description"],
        Namespace=values["namespace"],
        MetricName=values["metric_name"],
        Dimensions=pairs(values["dimensions"], "Name"),
        Period=values["period"],
        EvaluationPeriods=values["evaluation_periods"],
        ComparisonOperator=values["comparison_operator"],
        Threshold=values["threshold"],
        TreatMissingData=values["treat_missing_data"],
        AlarmActions=values["alarm_actions"],
        OKActions=values["ok_actions"],
        Tags=pairs(tags),
        **statistic,
        **extended,
        **points,
    )


def budget(aws, values: Values, tags: Tags) -> None:
    said = {"BudgetName": values["name"], "BudgetType": values["budget_type"], "TimeUnit": values["time_unit"]}
    said["BudgetLimit"] = {"Amount": values["limit_amount"], "Unit": values["limit_unit"]}
    aws.budgets.create_budget(AccountId=aws.account, Budget=said)


def log_group(aws, values: Values, tags: Tags) -> None:
    with contextlib.suppress(aws.logs.exceptions.ResourceAlreadyExistsException):
        aws.logs.create_log_group(logGroupName=values["name"], tags=tags)
    aws.logs.put_retention_policy(logGroupName=values["name"], retentionInDays=values["retention_in_days"])


def task_definition(aws, values: Values, tags: Tags) -> None:
    names = {"taskRoleArn": "task_role_arn", "executionRoleArn": "execution_role_arn", "networkMode": "network_mode"}
    names |= {
        "family": "family",
        "cpu": "cpu",
        "memory": "memory",
        "requiresCompatibilities": "requires_compatibilities",
    }
    said = {name: values[key] for name, key in names.items()}
    containers = json.loads(values["container_definitions"])
    with contextlib.suppress(ClientError):
        newest = aws.ecs.describe_task_definition(taskDefinition=values["family"])["taskDefinition"]
        if newest["containerDefinitions"][0]["image"] == containers[0]["image"]:
            return
    aws.ecs.register_task_definition(**said, containerDefinitions=containers, tags=pairs(tags, "key", "value"))


def task_definition_gone(aws, values: Values) -> None:
    for arn in aws.ecs.list_task_definitions(familyPrefix=values["family"])["taskDefinitionArns"]:
        aws.ecs.deregister_task_definition(taskDefinition=arn)
