from __future__ import annotations

import pytest

from cloud import github


def test_outputs_follow_one_another(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    github.output(one="1", two="2 and more")
    github.output(three="")
    assert (tmp_path / "output").read_text() == "one=1\ntwo=2 and more\nthree=\n"


def test_rejects_a_value_that_would_set_an_output_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    with pytest.raises(ValueError, match="the output one has more than one line"):
        github.output(one="1\ntwo=2")
    assert not (tmp_path / "output").exists()


def test_reports_whether_there_is_a_page_of_the_run_for_the_summary(tmp_path, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert not github.summary("# Heading")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert github.summary("# Heading")
    assert (tmp_path / "summary.md").read_text() == "# Heading\n"
