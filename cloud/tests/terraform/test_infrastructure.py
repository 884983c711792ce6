from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
import terraform_stub
from samples import DEV
from terraform_stub import STATE, make_bucket

from cloud.provisioning import infrastructure
from cloud.rows_file import Rows
from stack.failure import Failure


@pytest.fixture(autouse=True)
def dev(monkeypatch, tmp_path):
    with terraform_stub.dev(monkeypatch, tmp_path):
        yield


@pytest.fixture
def terraform(monkeypatch, tmp_path):
    return partial(terraform_stub.install, monkeypatch, tmp_path)


def test_reports_where_terraform_is_available(monkeypatch, tmp_path):
    make_bucket()
    monkeypatch.setenv("TERRAFORM", str(tmp_path / "none"))
    with pytest.raises(Failure, match=r"missing: Terraform 1.10 or newer as .*none") as failure:
        infrastructure.infra_plan(DEV)
    assert failure.value.code == 2


def test_rejects_a_terraform_that_cannot_lock(terraform):
    make_bucket()
    terraform("1.9.8")
    with pytest.raises(Failure, match=r"Terraform 1.9.8 is too old: 1.10 or newer is needed"):
        infrastructure.infra_plan(DEV)


def test_plans_nothing_for_another_account(terraform, tmp_path):
    terraform("1.11.4")
    with pytest.raises(Failure, match="credentials are of account 123456789012"):
        infrastructure.infra_plan(replace(DEV, account="210987654321"))
    assert not (tmp_path / "asked").exists()


def test_reports_how_to_create_the_bucket_of_the_state(terraform):
    terraform("1.11.4")
    with pytest.raises(Failure, match=f"no bucket {STATE} for the state of dev: make infra-bootstrap STAGE=dev"):
        infrastructure.infra_plan(DEV)


def test_destroys_nothing_without_confirmation(terraform):
    make_bucket()
    asked = terraform("1.11.4")
    with pytest.raises(Failure, match="nothing was changed"):
        infrastructure.infra_destroy(DEV)
    assert "plan -no-color -destroy" in asked() and "-auto-approve" not in asked()


def test_reports_which_command_creates_a_stage_whose_settings_are_requested(terraform):
    terraform("1.11.4")
    with pytest.raises(Failure, match=f"no bucket {STATE}: dev does not exist yet: make create_dev_setup STAGE=dev"):
        infrastructure.infra_output(DEV)


def test_deletes_nothing_of_a_stage_that_was_never_created(terraform, capsys, tmp_path):
    terraform("1.11.4")
    infrastructure.infra_destroy(DEV)
    assert capsys.readouterr().out.startswith(
        "nothing to delete: Terraform has created no resources of dev in account 123456789012"
    )
    assert not (tmp_path / "asked").exists()


def create_dev_setup(target):
    infrastructure.create_dev_setup(target, Rows())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (create_dev_setup, "without the prompt: make create_dev_setup STAGE=dev YES=1"),
        (infrastructure.infra_bootstrap, "without the prompt: make infra-bootstrap STAGE=dev YES=1"),
    ],
)
def test_reports_which_command_needs_no_confirmation(command, said, terraform):
    terraform("1.11.4")
    with pytest.raises(Failure, match=f"nothing was changed; {said}"):
        command(DEV)


def test_looks_for_the_rows_before_it_creates_anything(terraform, tmp_path):
    terraform("1.11.4")
    absent = Rows(str(tmp_path / "absent.csv"))
    with pytest.raises(Failure, match="no such file"):
        infrastructure.create_dev_setup(DEV, absent)
    assert not (tmp_path / "asked").exists()


def test_rejects_an_image_by_its_tag(terraform):
    make_bucket()
    terraform("1.11.4")
    with pytest.raises(Failure, match=r"IMAGE=propensity:latest: must be an image with its digest"):
        infrastructure.infra_plan(DEV, "propensity:latest")


def test_reports_that_nothing_was_applied_yet(terraform):
    make_bucket()
    terraform("1.11.4")
    with pytest.raises(Failure, match="nothing was applied to dev yet: make infra-plan STAGE=dev"):
        infrastructure.infra_output(DEV)
