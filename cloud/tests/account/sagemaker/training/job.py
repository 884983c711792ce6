"""One training job: its container, from the fetched channels to the packed model."""

from __future__ import annotations

import contextlib
import shutil
import tarfile
import tempfile
import threading
import time
from pathlib import Path

from account.common import containers
from account.common.listing import now
from account.common.logs import SimulatedLogStream
from account.sagemaker import model_data
from account.sagemaker.training import files

REASON = 1024  # characters that AWS keeps of a failure reason


class Job:
    def __init__(self, region, request: dict):
        self._region, self.request = region, request
        self.name = request["TrainingJobName"]
        self.arn = region.arn("training-job", self.name)
        self.status, self.failure = "InProgress", None
        self.created = self.modified = now()
        self._times: dict[str, object] = {}
        self._transitions: list[dict] = []
        self._second("Starting", "Starting the training job")
        self._stopped, self._over, self._ended = threading.Event(), False, threading.Event()
        self._container = None
        self._folder = Path(tempfile.mkdtemp(prefix="account-training-"))

    def run(self) -> None:
        """InProgress → Completed, Failed or Stopped."""
        log = SimulatedLogStream(
            self._region.client("logs"), "/aws/sagemaker/TrainingJobs", f"{self.name}/algo-1-{int(time.time())}"
        )
        try:
            self._work(log)
        except model_data.BadModelData as e:
            self._finish("Failed", "Failed", f"ClientError: Data download failed:{e}")
        except Exception as e:
            self._finish("Failed", "Failed", f"InternalServerError: {type(e).__name__}: {e}")
        finally:
            log.close()
            if self._container:
                self._container.remove()
            shutil.rmtree(self._folder, ignore_errors=True)

    def stop(self) -> None:
        """SIGTERM, and SIGKILL after the grace."""
        with self._region.lock:
            if self.status == "InProgress":
                self.status = "Stopping"
                self._second("Stopping", "Stopping the training job")
        self._stopped.set()

    def end(self) -> None:
        """Ends the container at once: the account is being stopped."""
        self._ended.set()
        self._stopped.set()

    def describe(self) -> dict:
        uri = f"{self.request['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{self.name}/output/model.tar.gz"
        answer = self.summary() | {
            "ModelArtifacts": {"S3ModelArtifacts": uri},
            "SecondaryStatusTransitions": [dict(one) for one in self._transitions],
        }
        if "TrainingStartTime" in self._times:
            answer["TrainingStartTime"] = self._times["TrainingStartTime"]
            if "TrainingEndTime" in self._times:
                seconds = (self._times["TrainingEndTime"] - self._times["TrainingStartTime"]).total_seconds()
                answer["TrainingTimeInSeconds"] = answer["BillableTimeInSeconds"] = max(1, round(seconds))
        if self.failure:
            answer["FailureReason"] = self.failure
        return answer

    def summary(self) -> dict:
        response = {
            "TrainingJobName": self.name,
            "TrainingJobArn": self.arn,
            "CreationTime": self.created,
            "LastModifiedTime": self.modified,
            "TrainingJobStatus": self.status,
            "SecondaryStatus": self._transitions[-1]["Status"],
        }
        if "TrainingEndTime" in self._times:
            response["TrainingEndTime"] = self._times["TrainingEndTime"]
        return response

    def _work(self, log: SimulatedLogStream) -> None:
        if self._stopped.wait(self._region.settings.step):
            self._finish("Stopped", "Stopped")
            return
        self._second("Downloading", "Downloading input data")
        files.write(self._region.client("s3"), self.request, self._folder)
        self._second("Training", "Training image download completed. Training in progress.")
        self._times["TrainingStartTime"] = now()
        algorithm = self.request["AlgorithmSpecification"]
        command = {
            "entrypoint": algorithm.get("ContainerEntrypoint"),
            # SageMaker gives train where neither is set; an entry point of one's own stands alone.
            "arguments": algorithm.get("ContainerArguments", [] if "ContainerEntrypoint" in algorithm else ["train"]),
            "environment": files.environment(self._region, self),
        }
        image = containers.local(algorithm["TrainingImage"], self._region.settings.image)
        self._container = containers.start(image, command, self._folder, log.line, serve=False)
        code = self._watch()
        log.close()
        self._second("Uploading", "Uploading generated training model")
        self._upload()
        stopped = self._stopped.is_set() and not self._over
        if stopped or self._over:
            self._finish("Stopped", "MaxRuntimeExceeded" if self._over else "Stopped")
        elif code == 0:
            self._finish("Completed", "Completed")
        else:
            self._finish("Failed", "Failed", files.failure(self._folder, code, REASON))

    def _watch(self) -> int:
        """The exit code, after a stop or the time limit where those come first."""
        ended: list[int] = []
        thread = threading.Thread(target=lambda: ended.append(self._container.wait()), daemon=True)
        thread.start()
        limit = time.monotonic() + self.request["StoppingCondition"].get("MaxRuntimeInSeconds", 86400)
        while thread.is_alive() and not self._stopped.is_set():
            if time.monotonic() > limit:
                self._over = True
                break
            thread.join(0.05)
        if thread.is_alive():
            self._container.terminate()
            grace = time.monotonic() + self._region.settings.grace_seconds
            while thread.is_alive() and time.monotonic() < grace and not self._ended.is_set():
                thread.join(0.05)
            self._container.kill()
            thread.join(30)
        return ended[0] if ended else 137

    def _upload(self) -> None:
        """The model's folder, and what else was put out, as archives."""
        bucket, prefix = model_data.split(self.request["OutputDataConfig"]["S3OutputPath"])
        for folder, name in (("model", "model.tar.gz"), ("output/data", "output.tar.gz")):
            source = self._folder / folder
            if name == "output.tar.gz" and not any(source.iterdir()):
                continue
            with tempfile.TemporaryFile() as file:
                with tarfile.open(fileobj=file, mode="w:gz") as tar:
                    for entry in sorted(source.iterdir()):
                        tar.add(entry, entry.name)
                file.seek(0)
                key = f"{prefix.rstrip('/')}/{self.name}/output/{name}".lstrip("/")
                self._region.client("s3").upload_fileobj(file, bucket, key)

    def _second(self, status: str, message: str) -> None:
        with self._region.lock, contextlib.suppress(IndexError):
            self.modified = now()
            if self._transitions:
                self._transitions[-1]["EndTime"] = self.modified
            self._transitions.append({"Status": status, "StartTime": self.modified, "StatusMessage": message})

    def _finish(self, status: str, secondary: str, failure: str | None = None) -> None:
        with self._region.lock:
            self.failure = failure[:REASON] if failure else None
            self._second(secondary, failure or f"Training job {status.lower()}")
            self._transitions[-1]["EndTime"] = self.modified
            self._times["TrainingEndTime"] = self.modified
            self.status = status
