"""What the tests import of Airflow beyond its SDK, from where each supported version has it."""

from __future__ import annotations

try:
    from airflow.dag_processing import dagbag
except ImportError:  # before 3.2
    from airflow.models import dagbag

try:
    from airflow.sdk.exceptions import ParamValidationError
except ImportError:  # before 3.2
    from airflow.exceptions import ParamValidationError

try:
    from airflow.serialization.decoders import decode_timetable
    from airflow.serialization.encoders import encode_timetable
except ImportError:  # before 3.2
    from airflow.serialization.serialized_objects import decode_timetable, encode_timetable

DagBag = dagbag.DagBag


def attribute(timetable, name: str):
    """What a timetable was made with, whose name has an underscore before 3.2."""
    return getattr(timetable, name) if hasattr(timetable, name) else getattr(timetable, f"_{name}")


__all__ = ["DagBag", "ParamValidationError", "attribute", "dagbag", "decode_timetable", "encode_timetable"]
