from __future__ import annotations

import re
from pathlib import Path

import pytest
import workflow

DOCUMENTS = sorted([*workflow.PROJECT.glob("*.md"), *workflow.PROJECT.glob("docs/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_commands_that_a_page_names_are_there(document):
    # In code alone: in a sentence, make is a verb.
    code = re.findall(r"^```.*?^```|`[^`\n]+`", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    named = {
        name for piece in code for name in re.findall(r"(?:^|[`\s;(])make(?: -s)? ([a-z][a-z0-9_-]*)(?![\w/.=])", piece)
    }
    assert named <= workflow.targets()


def anchors(document: Path) -> set[str]:
    """What GitHub calls the page's headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_pages_and_headings_that_a_page_links_to_are_there(document):
    for page, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)", document.read_text(encoding="utf-8")):
        target = document.parent / page if page else document
        assert target.exists(), page
        if anchor:
            assert anchor in anchors(target), f"{page}#{anchor}"
