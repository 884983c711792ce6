from __future__ import annotations

import pytest

from cloud import stage
from stack.failure import Failure


@pytest.mark.parametrize(
    ("given", "said"),
    [(None, "STAGE= is missing; one of dev, uat, prod"), ("test", "STAGE=test: no such stage; one of")],
)
def test_rejects_an_unknown_stage(given, said):
    with pytest.raises(Failure, match=said) as failure:
        stage.stage(given)
    assert failure.value.code == 2
