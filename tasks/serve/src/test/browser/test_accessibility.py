"""axe-core finds no violations in any state of the page."""

from __future__ import annotations

import re

import pytest
from conftest import DESKTOP, PHONE, faults, upload
from playwright.sync_api import expect


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(address, open_page, customers, tmp_path, scheme, viewport):
    page = open_page(address, scheme=scheme, viewport=viewport)
    page.click("#needs summary")
    page.click("footer summary")
    assert faults(page) == []

    upload(page, customers(200))
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"

    doubtful = customers(20, name="doubtful.csv")
    doubtful.write_text(re.sub(r"(?m)^\d+((,[^,]*){3}),[^,]*,", r"same\1,-1,", doubtful.read_text()))
    upload(page, doubtful)
    expect(page.locator("#doubtful")).to_be_visible()
    expect(page.locator("#identified")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"

    broken = tmp_path / "broken.csv"
    broken.write_text(customers(3).read_text().replace("ale,", "ael,"))
    page.set_input_files("#file", broken)
    expect(page.locator("#problem li").first).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_all_of_it_is_reached_by_keyboard(address, open_page, customers):
    page = open_page(address)
    upload(page, customers(60))
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.id || document.activeElement.textContent.trim().slice(0, 20)")
        )
    wanted = {"Skip to content", "file", "try", "sample", "slider", "threshold", "best", "own", "even", "download"}
    wanted |= {"search", "only", "page-size", "next-page", "last-page", "Score", "id"}
    assert wanted <= reached
