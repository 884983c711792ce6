"""Writes the Parquet files beside it, by PyArrow 25: python make.py."""

from __future__ import annotations

import base64
import datetime
import decimal
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

HERE = Path(__file__).parent


def write(table: pa.Table, name: str, **options: Any) -> None:
    pq.write_table(table, HERE / name, store_schema=False, write_statistics=False, **options)


def people(first: int, last: int) -> pa.Table:
    """Rows with numbers, text that needs quotes, and missing values."""
    numbers = range(first, last + 1)
    words = ["red", "größe", 'a "b", c', " x ", "two\nlines", None, ""]
    return pa.table(
        {
            "id": pa.array(numbers, pa.int64()),
            "word": pa.array([words[i % 7] for i in numbers], pa.string()),
            "amount": pa.array([None if i % 5 == 0 else i / 10 for i in numbers], pa.float64()),
            "flag": pa.array([i % 3 == 0 for i in numbers], pa.bool_()),
        }
    )


def types() -> pa.Table:
    """A column of each type, its second row missing."""
    day = datetime.date(2026, 1, 31)
    moment = datetime.datetime(2026, 1, 31, 8, 30, 0, 250_000)
    utc = pa.timestamp("ms", "UTC")
    columns = {
        "int8": pa.array([-128, None], pa.int8()),
        "uint32": pa.array([4_294_967_295, None], pa.uint32()),
        "uint64": pa.array([18_446_744_073_709_551_615, None], pa.uint64()),
        "int64": pa.array([-9_223_372_036_854_775_808, None], pa.int64()),
        "float16": pa.array([0.5, None], pa.float16()),
        "float": pa.array([0.1, None], pa.float32()),
        "double": pa.array([0.1 + 0.2, None], pa.float64()),
        "decimal": pa.array([decimal.Decimal("-12.50"), None], pa.decimal128(9, 2)),
        "wide": pa.array([decimal.Decimal("12345678901234567890.1"), None], pa.decimal128(38, 1)),
        "bool": pa.array([True, None], pa.bool_()),
        "string": pa.array(["a", None], pa.string()),
        "dictionary": pa.array(["b", None], pa.string()).dictionary_encode(),
        "date": pa.array([day, None], pa.date32()),
        "local": pa.array([moment, None], pa.timestamp("us")),
        "instant": pa.array([moment.replace(microsecond=0), None], utc),
        "nanos": pa.array([1, None], pa.timestamp("ns")),
        "time": pa.array([datetime.time(23, 59, 59), None], pa.time32("ms")),
        "uuid": pa.array([bytes(range(16)), None], pa.uuid()),
        "null": pa.array([None, None], pa.null()),
        "list": pa.array([[1], None], pa.list_(pa.int32())),
        "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int32())),
        "struct": pa.array([{"a": 1, "b": 2}, None], pa.struct({"a": pa.int32(), "b": pa.int32()})),
        "binary": pa.array([b"\xff", None], pa.binary()),
        "last": pa.array([7, None], pa.int16()),
    }
    return pa.table(columns)


def offers() -> pa.Table:
    """Customers for an endpoint, the third of them of an age that is no number."""
    return pa.table(
        {
            "customer": ["c1", "c2", "c3"],
            "age": ["40", "50", "young"],
            "income": pa.array([1.5, 2.0, 1e-7], pa.float64()),
            "town": ["two\nlines", "3.0", "3.0"],
            "size": ["small"] * 3,
            "member": ["no"] * 3,
        }
    )


class NoKms(pe.KmsClient):
    """Keys in the clear."""

    def wrap_key(self, key_bytes: bytes, _: str) -> str:
        return base64.b64encode(key_bytes).decode()

    def unwrap_key(self, wrapped_key: str, _: str) -> bytes:
        return base64.b64decode(wrapped_key)


def encrypted(name: str, plaintext_footer: bool) -> None:
    settings = pe.EncryptionConfiguration(
        footer_key="footer", column_keys={"column": ["word"]}, plaintext_footer=plaintext_footer
    )
    factory = pe.CryptoFactory(lambda _: NoKms())
    properties = factory.file_encryption_properties(pe.KmsConnectionConfig(), settings)
    write(people(1, 3), name, encryption_properties=properties)


def main() -> None:
    table = people(1, 20)
    for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        write(table, f"{codec}.parquet", compression=codec)
    write(table, "groups.parquet", row_group_size=8)
    write(table, "v2.parquet", data_page_version="2.0", compression="zstd")
    write(table, "plain.parquet", use_dictionary=False, data_page_size=64, write_batch_size=4)
    encodings = {"id": "DELTA_BINARY_PACKED", "word": "DELTA_BYTE_ARRAY", "amount": "BYTE_STREAM_SPLIT", "flag": "RLE"}
    write(
        table,
        "encodings.parquet",
        use_dictionary=False,
        column_encoding=encodings,
        data_page_version="2.0",
        write_page_checksum=True,
    )
    write(table.slice(0, 0), "no-rows.parquet")
    write(types(), "types.parquet")
    write(pa.table({"0": [1, 2], "1": ["a", "b"]}), "numbered.parquet")
    write(offers(), "offers.parquet")
    write(offers().slice(0, 2), "two-offers.parquet")
    moments = [datetime.datetime(2026, 1, 31, 8, 30), datetime.datetime(1969, 12, 31, 23, 59, 59, 500_000)]
    at = pa.table({"at": pa.array(moments, pa.timestamp("ns"))})
    write(at, "int96.parquet", use_deprecated_int96_timestamps=True)
    encrypted("encrypted.parquet", plaintext_footer=False)
    encrypted("encrypted-columns.parquet", plaintext_footer=True)

    parts = HERE / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir()
    write(people(1, 3), "parts/part-00000.snappy.parquet")
    write(people(4, 5).select(["flag", "amount", "word", "id"]), "parts/part-00001.snappy.parquet")
    for name in ("_SUCCESS", "._SUCCESS.crc", ".part-00000.snappy.parquet.crc"):
        (parts / name).touch()
    pq.write_metadata(people(1, 3).schema, parts / "_metadata")


if __name__ == "__main__":
    main()
