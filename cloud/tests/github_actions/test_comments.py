from __future__ import annotations

from dataclasses import replace

import github_api
import pytest
from samples import DEV

from cloud.provisioning import comments
from stack.failure import Failure


@pytest.fixture
def github():
    with github_api.running() as server:
        yield server


@pytest.fixture(autouse=True)
def environment(github, tmp_path, monkeypatch):
    for name, value in {
        "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
        "GITHUB_REPOSITORY": "owner/propensity",
        "GITHUB_SHA": "abc",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_TOKEN": "the-token",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(comments, "plan_text", lambda name: "+ a bucket in 123456789012")


def test_writes_the_plan_to_the_pull_request_and_the_runs_page_without_the_accounts_number(github, tmp_path):
    comments.infra_comment(DEV)

    body = github.comments[0]["body"]
    assert "## Terraform's plan for dev" in body
    assert "+ a bucket in …\n" in body
    assert "123456789012" not in body + (tmp_path / "summary.md").read_text()
    assert (tmp_path / "summary.md").read_text() == body + "\n"


def test_writes_over_the_plan_before_and_beside_another_stages(github, monkeypatch):
    comments.infra_comment(DEV)
    monkeypatch.setattr(comments, "plan_text", lambda name: "No changes.")
    comments.infra_comment(DEV)
    comments.infra_comment(replace(DEV, stage="uat"))

    assert ["dev:" in each["body"] or "of dev" in each["body"] for each in github.comments] == [True, False]
    assert "No changes." in github.comments[0]["body"]


def test_finds_the_plan_before_among_more_comments_than_a_page_holds(github, monkeypatch):
    github.comments = [{"id": number, "html_url": "", "body": "looks good"} for number in range(1, 151)]
    comments.infra_comment(DEV)
    monkeypatch.setattr(comments, "plan_text", lambda name: "No changes.")
    github.comments += [{"id": number, "html_url": "", "body": "merge it"} for number in range(152, 301)]

    comments.infra_comment(DEV)

    assert len(github.comments) == 300
    assert "No changes." in github.comments[150]["body"]


def test_a_commit_of_no_pull_request_has_its_plan_on_the_runs_page(github, tmp_path, capsys):
    github.pulls = []
    comments.infra_comment(DEV)
    assert github.comments == []
    assert "a bucket" in (tmp_path / "summary.md").read_text()
    assert "abc belongs to no pull request" in capsys.readouterr().out


def test_fails_in_one_line_without_the_token_in_it_where_github_rejects(monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "a-stale-token")
    with pytest.raises(Failure, match="the plan cannot be posted to GitHub: 401") as failure:
        comments.infra_comment(DEV)
    assert failure.value.code == 1
    assert "a-stale-token" not in str(failure.value)


def test_cuts_a_plan_that_is_longer_than_a_comment_may_be():
    text = comments.comment("dev", "x" * 70_000)
    assert len(text) < 65_536
    assert "… and 10,000 more characters" in text
