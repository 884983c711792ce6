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

__all__ = ["DagBag", "ParamValidationError", "dagbag", "decode_timetable", "encode_timetable"]
