"""terraform/ by itself: the form of its files, that it is valid, its own tests with a mocked provider."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cloud.stage import PROJECT, STAGES

TREE = PROJECT / "terraform"
ENVIRONMENTS = Path(os.environ.get("PROPENSITY_ENVIRONMENTS") or PROJECT / ".propensity" / "environments")
FOLDERS = sorted(str(file.parent.relative_to(TREE)) for file in TREE.rglob("main.tf") if ".terraform" not in file.parts)


@pytest.fixture(scope="module")
def terraform(tmp_path_factory):
    """Runs Terraform in a copy, so that the lock file of a substitute provider stays out of the tree."""
    from account.planned import provider

    copy = tmp_path_factory.mktemp("terraform")
    shutil.copytree(TREE, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".terraform*"))
    environment = os.environ | provider.environment() | {"TF_IN_AUTOMATION": "1"}

    # A backend of its own would be a bucket that is not there.
    for stage in STAGES:
        (copy / "environments" / stage / "backend_override.tf").write_text('terraform {\n  backend "local" {}\n}\n')

    def run(folder: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["terraform", f"-chdir={copy / folder}", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    return run


@pytest.mark.aws
@pytest.mark.parametrize("folder", FOLDERS)
def test_is_valid_and_passes_its_own_tests(folder, terraform):
    for words in (["init", "-no-color"], ["validate", "-no-color"], ["test", "-no-color"]):
        done = terraform(folder, *words)
        assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"Success! (\d+) passed, 0 failed", done.stdout)
    assert passed and int(passed[1]) > 0


@pytest.mark.aws
def test_its_policies_use_names_that_aws_knows(terraform, tmp_path):
    folder, plan = "environments/dev", str(tmp_path / "plan")
    values = {
        "github_repository": "owner/propensity",
        "network": '{subnets=["subnet-1"],security_groups=["sg-1"]}',
        "secrets": '{A="arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf"}',
    }
    assert terraform(folder, "init").returncode == 0
    done = terraform(folder, "plan", f"-out={plan}", *[f"-var={name}={value}" for name, value in values.items()])
    assert done.returncode == 0, done.stderr

    waiting, policies = (
        [json.loads(terraform(folder, "show", "-json", plan).stdout)["planned_values"]["root_module"]],
        {},
    )
    while waiting:
        module = waiting.pop()
        waiting += module.get("child_modules", [])
        for each in module.get("resources", []):
            if each["type"] in ("aws_iam_policy", "aws_iam_role_policy"):
                policies[each["address"]] = json.loads(each["values"]["policy"])["Statement"]
    assert len(policies) == 11
    python = ENVIRONMENTS / "checkov" / "bin" / "python"
    judged = subprocess.run(
        [python, Path(__file__).with_name("iam_reference.py")],
        input=json.dumps(policies),
        capture_output=True,
        text=True,
    )
    assert (judged.returncode, judged.stdout) == (0, ""), judged.stdout + judged.stderr


@pytest.mark.parametrize("stage", STAGES)
def test_tags_all_that_a_stage_has_and_creates(stage):
    text = (TREE / "environments" / stage / "main.tf").read_text()
    tags = rf'"propensity:project" += "propensity"\n +"propensity:environment" = "{stage}"'
    assert len(re.findall(rf"default_tags {{\n +tags = {{\n +{tags}\n", text)) == 1
    assert len(re.findall(rf"\n  tags = {{\n +{tags}\n", text)) == 1


def without_values(text: str) -> str:
    """The text with each literal in place of which another could stand taken out."""
    text = re.sub(r"\b(dev|uat|prod)\b", "STAGE", text)
    return re.sub(r'= (\d+|"ml\.[a-z0-9.]+")', "= VALUE", text)


@pytest.mark.parametrize("name", ["main.tf", "variables.tf", "outputs.tf", "terraform.tfvars.json"])
def test_stages_differ_in_values_alone(name):
    texts = {without_values((TREE / "environments" / stage / name).read_text()) for stage in STAGES}
    assert len(texts) == 1


def test_the_stages_files_are_complete():
    for stage in STAGES:
        values = json.loads((TREE / "environments" / stage / "terraform.tfvars.json").read_text())
        declared = re.findall(r'^variable "(\w+)"', (TREE / "environments" / stage / "variables.tf").read_text(), re.M)
        assert set(values) <= set(declared)
        assert re.fullmatch(r"\d{12}", values["account"])


def test_every_variable_and_output_is_described():
    for file in [*TREE.rglob("variables.tf"), *TREE.rglob("outputs.tf")]:
        if ".terraform" in file.parts:
            continue
        for block in re.split(r"^(?=variable|output)", file.read_text(), flags=re.M)[1:]:
            name = block.splitlines()[0]
            assert "\n  description = " in block, f"{file}: {name}"
            assert name.startswith("output") or re.search(r"\n  type +=", block), f"{file}: {name}"


def test_the_provider_is_pinned_to_one_version():
    pins = {
        pin
        for file in TREE.rglob("*.tf")
        if ".terraform" not in file.parts
        for pin in re.findall(r'source += "hashicorp/aws"\n +version = "(.*)"', file.read_text())
    }
    assert pins == {"6.25.0"}


def test_every_folder_that_terraform_reads_has_tests():
    for folder in FOLDERS:
        assert list(Path(TREE / folder / "tests").glob("*.tftest.hcl")), folder
