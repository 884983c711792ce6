"""The task instances that wait for a job that several may share."""

from __future__ import annotations

import time

from botocore.exceptions import ClientError

from propensity.runners.remote_job import Results


class Waiters:
    """An object on S3 for each task instance that waits for a job, beside the job's result.

    One whose worker died leaves its object behind: it counts until its own time limit. The lifecycle rule of the
    results deletes it.

    :param job: the job's name
    """

    def __init__(self, results: Results, job: str) -> None:
        self.s3, self.bucket = results.s3, results.bucket
        self.prefix = results.key(f"{job}.waiting/")

    def join(self, waiter: str, until: float) -> None:
        """Adds a task instance, which waits until then at the latest, in seconds since 1970."""
        self.s3.put_object(Bucket=self.bucket, Key=self.prefix + waiter, Body=b"", Metadata={"until": str(until)})

    def leave(self, waiter: str) -> bool:
        """Removes a task instance; whether none is left."""
        self.s3.delete_object(Bucket=self.bucket, Key=self.prefix + waiter)
        listed = self.s3.list_objects_v2(Bucket=self.bucket, Prefix=self.prefix).get("Contents", [])
        return not any(self._waits(entry["Key"]) for entry in listed)

    def _waits(self, key: str) -> bool:
        try:
            found = self.s3.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            # 404: it has left since the objects were listed; S3 may also report this as 403.
            if error.response["Error"]["Code"] in ("404", "403"):
                return False
            raise
        return float(found["Metadata"]["until"]) > time.time()
