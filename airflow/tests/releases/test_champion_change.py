from __future__ import annotations

import pytest

from stack.releases.champion_change import ChampionChange

REASON = "version 2 of customers is not the champion; version 3 is"


def test_a_rollback_of_another_version_may_have_meant_a_promotion():
    change = ChampionChange(version=2)
    assert change.promotion_instead("rollback", "customers", REASON, STAGE="dev") == (
        "make promote VERSION=2 DATASET=customers STAGE=dev"
    )


@pytest.mark.parametrize(
    ("task", "version", "reason"),
    [("promote", 2, REASON), ("rollback", None, REASON), ("rollback", 2, "customers has no version 2")],
)
def test_other_failures_have_no_promotion(task, version, reason):
    assert ChampionChange(version=version).promotion_instead(task, "customers", reason) == ""
