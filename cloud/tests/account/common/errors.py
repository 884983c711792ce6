"""What the account rejects, in AWS's codes and words."""

from __future__ import annotations


class AwsError(Exception):
    """An answer that is an error: its code, message and HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400, **members):
        super().__init__(message)
        self.code, self.message, self.status, self.members = code, message, status, members


def invalid(message: str) -> AwsError:
    return AwsError("ValidationException", message)


def missing(kind: str, arn: str) -> AwsError:
    """SageMaker's answer to a name that it does not know."""
    return invalid(f'Could not find {kind} "{arn}".')


def existing(kind: str, arn: str) -> AwsError:
    """SageMaker's answer to a name that is taken."""
    return invalid(f'Cannot create already existing {kind} "{arn}".')


def limited(instance_type: str, usage: str, limit: int, used: int, more: int) -> AwsError:
    """SageMaker's answer to more instances than the account may have."""
    return AwsError(
        "ResourceLimitExceeded",
        f"The account-level service limit '{instance_type} for {usage} usage' is {limit} Instances, with current "
        f"utilization of {used} Instances and a request delta of {more} Instances. Please use AWS Service Quotas to "
        "request an increase for this quota. If AWS Service Quotas is not available, contact AWS support to request "
        "an increase for this quota.",
    )
