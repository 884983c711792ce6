"""The specification that a run is pinned to, regardless of later edits of its file."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from propensity.pinned import pinned

FIRST, EDITED = "name: shop\n", "name: shop\n# edited\n"


class FakeRun:
    """A run of three tasks, the last one of many instances, and its XComs."""

    def __init__(self):
        self.xcoms: dict[tuple[str, int], str] = {}
        self.dag = SimpleNamespace(
            roots=[SimpleNamespace(task_id="download")], task_ids=["download", "preprocess", "predict"]
        )

    def task(self, name: str, text: str, map_index: int = -1, try_number: int = 1) -> str:
        """Runs a task whose process has read this text from the file."""
        self.xcoms.pop((name, map_index), None)  # as Airflow does before each try
        ti = SimpleNamespace(
            task_id=name,
            try_number=try_number,
            xcom_push=lambda key, value: self.xcoms.update({(name, map_index): value}),
            xcom_pull=lambda task_ids, key, map_indexes: self.xcoms.get((task_ids, map_indexes)),
        )
        return pinned({"ti": ti, "dag": self.dag}, text)


def test_the_tasks_after_the_first_take_its_text():
    run = FakeRun()
    assert run.task("download", FIRST) == FIRST
    assert run.task("preprocess", EDITED) == FIRST
    assert run.task("predict", EDITED, map_index=0) == FIRST


@pytest.mark.parametrize(("later", "map_index"), [("preprocess", -1), ("predict", 0)])
def test_the_first_task_keeps_its_text_when_it_is_cleared(later, map_index):
    run = FakeRun()
    run.task("download", FIRST)
    run.task(later, FIRST, map_index)

    assert run.task("download", EDITED, try_number=2) == FIRST
    assert run.task("preprocess", EDITED, try_number=2) == FIRST


def test_a_first_task_that_failed_takes_the_edited_text_when_it_is_tried_again():
    run = FakeRun()
    run.task("download", FIRST)
    assert run.task("download", EDITED, try_number=2) == EDITED
    assert run.task("preprocess", EDITED) == EDITED
