"""When jobs on other machines are stopped, by what services answer that fail: without an account or a container."""

from __future__ import annotations

import logging

from botocore.exceptions import ClientError

from propensity.runners.remote_job import Results
from propensity.runners.training_job import TrainingJob

LOG = logging.getLogger("test")


class Service:
    """A client of an AWS service that keeps the names of the calls.

    :param answers: what a call answers, or raises, or a function of its arguments; by default an empty answer
    """

    def __init__(self, **answers):
        self.answers = answers
        self.calls = []

    def __getattr__(self, name):
        def call(**arguments):
            self.calls.append(name)
            answer = self.answers.get(name, {})
            if isinstance(answer, Exception):
                raise answer
            return answer(**arguments) if callable(answer) else answer

        return call


def fault(code):
    return ClientError({"Error": {"Code": code, "Message": "the test's"}}, "Test")


def training_job(sagemaker, s3):
    job = TrainingJob(name="job-0", connection=None, region=None, results="s3://bucket/results", waiter="own")
    job.sagemaker = sagemaker
    job.store = Results(s3, job.results)
    return job


def test_a_training_job_is_stopped_if_it_cannot_be_read_who_waits_for_it(caplog):
    for s3 in (
        Service(list_objects_v2=fault("AccessDenied")),
        Service(list_objects_v2={"Contents": [{"Key": "other"}]}, head_object=fault("403")),
    ):
        sagemaker = Service(describe_training_job={"TrainingJobStatus": "InProgress"})
        training_job(sagemaker, s3).stop(LOG)
        assert sagemaker.calls[-1] == "stop_training_job"
    assert caplog.text.count("who waits for the training job job-0 cannot be read, so it is stopped") == 1
