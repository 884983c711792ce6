"""Terraform's plan as a comment on the pull request that brought the commit to its branch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import requests

from cloud import github
from cloud.account import Target, account
from cloud.provisioning import planning
from cloud.stage import stage
from stack.failure import Failure

MAX_LENGTH = 60_000
"""Characters of a plan that go into a comment; GitHub takes 65,536 in all."""


def infra_comment(target: Target) -> None:
    """Writes the plan that infra-plan left to the run's page and to the commit's pull request, over the one before.

    A commit of no pull request has it on the run's page alone. The account's number is left out.
    """
    name = stage(target.stage)
    text = comment(name, plan_text(name)).replace(account(target).id, "…")
    github.summary(text)
    repository, commit = _required("GITHUB_REPOSITORY"), _required("GITHUB_SHA")
    api = f"{os.environ.get('GITHUB_API_URL') or 'https://api.github.com'}/repos/{repository}"
    with requests.Session() as session:
        session.headers.update(
            {
                "Authorization": f"Bearer {_required('GITHUB_TOKEN')}",
                "Accept": "application/vnd.github+json",
            }
        )
        try:
            pulls = list(_pages(session, f"{api}/commits/{commit}/pulls"))
            for number in [pull["number"] for pull in pulls]:
                print(_write(session, api, number, name, text))
        except requests.RequestException as error:
            raise Failure(f"the plan cannot be posted to GitHub: {error}", 1) from error
    if not pulls:
        print(f"{commit} belongs to no pull request: the plan is only on the run's page")


def plan_text(name: str) -> str:
    """What infra-plan left.

    Raises:
        Failure: where there is no plan of this stage
    """
    file = planning.text(name)
    if not file.is_file():
        raise Failure(f"there is no {planning.short_path(file)}: make infra-plan STAGE={name}", 2)
    return file.read_text(encoding="utf-8").strip()


def comment(name: str, plan: str) -> str:
    """The plan in Markdown; its beginning where it is too long."""
    cut = "" if len(plan) <= MAX_LENGTH else f"\n… and {len(plan) - MAX_LENGTH:,} more characters, in the run's log"
    # A fence that no line of the plan can end.
    return f"{_marker(name)}\n## Terraform's plan for {name}\n\n~~~~~~~~~~\n{plan[:MAX_LENGTH]}{cut}\n~~~~~~~~~~"


def _marker(name: str) -> str:
    return f"<!-- terraform plan of {name} -->"


def _write(session: requests.Session, api: str, number: int, name: str, text: str) -> str:
    """Changes the comment of an earlier plan of this stage, or makes one; its address."""
    comments = _pages(session, f"{api}/issues/{number}/comments")
    own = next((each["id"] for each in comments if each["body"].startswith(_marker(name))), None)
    if own is not None:
        answer = session.patch(f"{api}/issues/comments/{own}", json={"body": text}, timeout=30)
    else:
        answer = session.post(f"{api}/issues/{number}/comments", json={"body": text}, timeout=30)
    return _json(answer)["html_url"]


def _pages(session: requests.Session, address: str) -> Iterator[dict[str, Any]]:
    """The items of all pages of a list, each page requested when it is reached."""
    parameters = {"per_page": 100}
    while address:
        response = session.get(address, params=parameters, timeout=30)
        yield from _json(response)
        address, parameters = response.links.get("next", {}).get("url"), None  # which has the parameters in it


def _json(response: requests.Response):
    response.raise_for_status()
    return response.json()


def _required(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise Failure(f"{variable}= is missing: GitHub Actions sets it", 2)
    return value
