"""A state folder of the tests' own."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

# Read when the modules under test are imported.
os.environ["PROPENSITY_STATE"] = tempfile.mkdtemp(prefix="propensity-state-")
sys.path.insert(0, str(PROJECT / "airflow"))
