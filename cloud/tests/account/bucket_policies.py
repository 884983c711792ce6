"""Bucket policies are kept, not followed: moto knows no condition, and would deny whatever ours deny by one."""

from __future__ import annotations

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket


def keep_only() -> None:
    """Has moto say neither yes nor no by a bucket's policy."""
    FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL
