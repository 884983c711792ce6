"""The packages that pip installs with the bare wheel: plain Airflow, without those that the extras add."""

from __future__ import annotations

import csv
import posixpath
import sysconfig
from collections import defaultdict
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def link_required(distribution: str, folder: Path) -> None:
    """Links what a package in the folder requires, from the packages of this Python."""
    [wheel] = distributions(name=distribution, path=[str(folder)])
    names = _required(wheel.requires)
    owners, children = defaultdict(set), defaultdict(set)
    for found in distributions():
        name = canonicalize_name(found.name)
        for [file, *_] in csv.reader((found.read_text("RECORD") or "").splitlines()):
            entry = "" if file.startswith("../") else file
            while entry:
                parent = posixpath.dirname(entry)
                owners[entry].add(name)
                children[parent].add(entry)
                entry = parent
    packages = Path(sysconfig.get_path("purelib"))

    def link(parent: str) -> None:
        for entry in children[parent]:
            if owners[entry] <= names:
                (folder / entry).symlink_to(packages / entry)
            elif owners[entry] & names:  # a folder of several packages, such as airflow/providers
                (folder / entry).mkdir()
                link(entry)

    link("")


def _required(requirements: list[str]) -> set[str]:
    """The names of the packages that these requirements bring, each with what it requires itself."""
    installed = {canonicalize_name(found.name): found for found in distributions()}
    pending, found = [("", "", requirements)], set()
    while pending:
        name, extra, lines = pending.pop()
        if (name, extra) in found:
            continue
        found.add((name, extra))
        for requirement in map(Requirement, lines):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                needed = canonicalize_name(requirement.name)
                more = installed[needed].requires or []
                pending += [(needed, wanted, more) for wanted in ("", *requirement.extras)]
    return {name for name, _ in found}
