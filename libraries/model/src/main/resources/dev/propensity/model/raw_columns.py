"""Scores raw rows in Python as the project's own scorer does in Java.

MLflow loads this module for `mlflow.pyfunc.load_model`. `predict` takes a frame (or a list of
row dictionaries) of raw columns, texts, numbers or dates, in any order; the identifier, the label
and other columns are ignored. Returns a frame of `score` and `label`, with the rows' index.

Cells follow the rules of the project's CSV reader: blanks around a text (spaces, tabs and line
ends, no others) do not count, a missing value is an empty cell or one of the column's own words
for it, texts are compared in Unicode's form NFC. Texts of numbers have a decimal point.
"""

import datetime
import json
import math
import os
import re
import unicodedata
from numbers import Integral, Real

import numpy
import pandas

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE | re.ASCII)
BLANKS = " \t\r\n"
"""What does not count around a cell."""
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
)
"""What does not count around a column's name: Java's white space, which has no no-break spaces and no U+0085."""
DATE_TOKEN = re.compile(r"([a-zA-Z])\1*|[^a-zA-Z]", re.DOTALL)
DATE_DIGITS = {
    **{token: f"(?P<{token[0]}>[0-9]{{{len(token)}}})" for token in ("yyyy", "MM", "dd", "HH", "mm", "ss")},
    **{token: f"(?P<{token}>[0-9]{{1,2}})" for token in ("M", "d", "H")},
}
ISO_TIME = (
    r"(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?)?"
)
EXACT_DIGITS = 15
LARGEST = float(numpy.finfo(numpy.float32).max)


def _load_pyfunc(folder):
    return RawColumnsModel(folder)


class RawColumnsModel:
    def __init__(self, folder):
        encoder = _read(folder, "encoder.json")
        self.features = [Feature(feature) for feature in encoder["features"]]
        self.parts = [(place, part) for place, feature in enumerate(self.features) for part in feature.parts]
        model = _read(folder, "model.json")
        self.threshold = model["threshold"]
        self.calibrator = model["calibrator"]
        # The learner's part, below: its own scores, or its float32 margins.
        self.scorer = load_scorer(folder) if self.calibrator["method"] == "none" else load_margins(folder)  # noqa: F821

    def predict(self, rows):
        frame = rows if isinstance(rows, pandas.DataFrame) else pandas.DataFrame(rows)
        scores = self.scorer(self.encode(frame))
        if self.calibrator["method"] != "none":
            scores = _calibrated(scores.astype(numpy.float64), self.calibrator)
        labels = (scores.astype(numpy.float64) >= self.threshold).astype(numpy.int8)
        return pandas.DataFrame({"score": scores, "label": labels}, index=frame.index)

    def encode(self, frame):
        """The features that the model's trees see, as float32 [rows][features]."""
        values = numpy.empty((len(frame), len(self.features) + len(self.parts)), dtype=numpy.float32)
        for place, feature in enumerate(self.features):
            values[:, place] = feature.encode(frame)
        for place, (source, part) in enumerate(self.parts, len(self.features)):
            values[:, place] = [self.features[source].dates.part(part, days) for days in values[:, source]]
        return values


def _calibrated(margins, calibrator):
    """The probabilities of these margins; the steps are those of the Java classes of the same names."""
    slope = calibrator["slope"]
    if calibrator["method"] == "platt":
        log_odds = slope * margins + calibrator["intercept"]
    else:
        points, theirs = numpy.array(calibrator["margins"]), numpy.array(calibrator["log_odds"])
        left = numpy.clip(numpy.searchsorted(points, margins, side="right") - 1, 0, len(points) - 2)
        share = (margins - points[left]) / (points[left + 1] - points[left])
        log_odds = theirs[left] + (theirs[left + 1] - theirs[left]) * share
        log_odds = numpy.where(margins <= points[0], theirs[0] + slope * (margins - points[0]), log_odds)
        log_odds = numpy.where(margins >= points[-1], theirs[-1] + slope * (margins - points[-1]), log_odds)
    log_odds = log_odds.astype(numpy.float32).astype(numpy.float64)
    with numpy.errstate(over="ignore"):
        return (1 / (1 + numpy.exp(-log_odds))).astype(numpy.float32)


class Feature:
    def __init__(self, feature):
        column = feature["column"]
        self.name = column["name"]
        self.missing = column.get("missing", False)
        self.missing_values = {word.strip(BLANKS) for word in column.get("missing_values", [])}
        self.minimum = column.get("minimum", -LARGEST)
        self.maximum = column.get("maximum", LARGEST)
        self.values = column.get("values", [])
        self.kind = column["kind"]
        self.dates = Dates(column["date"]) if self.kind == "date" else None
        self.parts = column["date"].get("parts", []) if self.kind == "date" else []
        self.categories = feature["categories"]
        self.allowed = Words(self.values)
        self.words = Words(self.categories, feature.get("numeric", False)) if self.kind == "category" else self.allowed

    def encode(self, frame):
        names = [_column_name(name) for name in frame.columns]
        found = names.count(_column_name(self.name))
        if found == 0:
            if self.missing:
                return numpy.full(len(frame), numpy.nan, dtype=numpy.float32)
            raise ValueError(f"column {self.name} is missing")
        if found > 1:
            raise ValueError(f"column {self.name} is a duplicate; rename or remove one")
        known = {}
        encoded = numpy.empty(len(frame), dtype=numpy.float32)
        for row, cell in enumerate(frame.iloc[:, names.index(_column_name(self.name))]):
            key = (type(cell), cell)
            if key not in known:
                try:
                    known[key] = self.encode_cell(cell)
                except ValueError as e:
                    raise ValueError(f"row {row + 1}, {self.name} is {cell!r}: {e}") from None
            encoded[row] = known[key]
        return encoded

    def encode_cell(self, cell):
        if isinstance(cell, str):
            cell = cell.strip(BLANKS)
        if _is_missing(cell) or not self.missing_values.isdisjoint(_spellings(cell)):
            if not self.missing:
                raise ValueError("value is missing")
            return numpy.nan
        if self.kind == "date":
            return self.dates.days(cell)
        return self.number(cell) if self.kind == "number" else self.code(cell)

    def number(self, cell):
        if isinstance(cell, str):
            if NOT_FINITE.fullmatch(cell):
                raise ValueError("not a finite number")
            cell = _number(cell)
            if cell is None:
                raise ValueError("not a number")
        elif isinstance(cell, (bool, numpy.bool_)) or not isinstance(cell, Real):
            raise ValueError("not a number")
        value = float(cell)
        if not math.isfinite(value):
            raise ValueError("not a finite number")
        if value < self.minimum:
            raise ValueError(f"below {self.minimum}")
        if value > self.maximum:
            raise ValueError(f"above {self.maximum}")
        return numpy.float32(value)

    def code(self, cell):
        code = self.words.find(cell)
        if code is not None:
            return code
        if self.kind == "boolean" and isinstance(cell, (bool, numpy.bool_)):
            return int(cell)
        if self.kind != "category" or (self.values and self.allowed.find(cell) is None):
            raise ValueError("must be one of " + ", ".join(self.values))
        return len(self.categories)


class Dates:
    """Dates as days since the column's day 0. Times and time zones do not count: a date is taken as it is written."""

    def __init__(self, rule):
        self.formats = [_date_format(text) for text in rule["formats"]]
        self.since = datetime.date.fromisoformat(rule["since"])
        self.minimum = datetime.date.fromisoformat(rule.get("minimum", "0001-01-01"))
        self.maximum = datetime.date.fromisoformat(rule.get("maximum", "9999-12-31"))

    def days(self, cell):
        date = self.date(cell)
        if date < self.minimum:
            raise ValueError(f"before {self.minimum}")
        if date > self.maximum:
            raise ValueError(f"after {self.maximum}")
        return numpy.float32((date - self.since).days)

    def date(self, cell):
        if isinstance(cell, numpy.datetime64):
            cell = pandas.Timestamp(cell)
        if isinstance(cell, datetime.datetime):
            return cell.date()
        if isinstance(cell, datetime.date):
            return cell
        error = "not a date"
        for match in [form.fullmatch(text) for text in _spellings(cell) for form in self.formats]:
            if match is not None:
                fields = {field: int(digits) for field, digits in match.groupdict().items()}
                if fields.get("H", 0) < 24 and fields.get("m", 0) < 60 and fields.get("s", 0) < 60:
                    try:
                        return datetime.date(fields["y"], fields["M"], fields["d"])
                    except ValueError:
                        pass
                error = "there is no such date"
        raise ValueError(error)

    def part(self, name, days):
        if math.isnan(days):
            return numpy.nan
        date = self.since + datetime.timedelta(int(days))
        return date.month if name == "month" else date.isoweekday()


def _date_format(text):
    """The texts that a format, or `iso`, matches."""
    tokens = [token.group() for token in DATE_TOKEN.finditer("yyyy-MM-dd" if text == "iso" else text)]
    pattern = "".join(DATE_DIGITS.get(token, re.escape(token)) for token in tokens)
    return re.compile(pattern + (ISO_TIME if text == "iso" else ""))


class Words:
    """Words by their place in a list.

    Texts are compared in Unicode's form NFC; where all words are plain numbers, texts are compared
    as numbers: 28, 28.0 and 2.8e1 are one. Numbers, of a pandas column that is no text, are always
    compared so.
    """

    def __init__(self, words, numeric=None):
        self.numeric = _are_numbers(words) if numeric is None else numeric
        self.codes = {word: code for code, word in reversed(list(enumerate(words)))}
        self.numbers = {}
        for code, word in enumerate(words):
            self.codes.setdefault(_normalized(word.strip(BLANKS)), code)
            number = _number(word)
            if number is not None:
                self.numbers.setdefault(number, code)

    def find(self, cell):
        """The place of the word that the cell holds; None where it is not in the list."""
        for spelling in _spellings(cell):
            if spelling in self.codes:
                return self.codes[spelling]
        if not isinstance(cell, str):
            is_number = isinstance(cell, Real) and not isinstance(cell, (bool, numpy.bool_))
            return self.numbers.get(float(cell)) if is_number else None
        return self.numbers.get(_number(cell)) if self.numeric else self.codes.get(_normalized(cell))


def _are_numbers(words):
    """Whether each word is a plain number; codes such as 007 are none."""
    return bool(words) and all(_is_plain_number(word) for word in words)


def _is_plain_number(word):
    digits = word.removeprefix("-")
    leading_zero = len(digits) > 1 and digits[0] == "0" and digits[1].isdigit()
    before_exponent = re.split("[eE]", digits)[0]
    few_digits = sum(letter.isdigit() for letter in before_exponent) <= EXACT_DIGITS
    return not leading_zero and few_digits and _number(word) is not None


def _number(text):
    """The number that a text is; None where it is none, or is beyond a double."""
    number = float(text) if NUMBER.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def _normalized(text):
    return unicodedata.normalize("NFC", text)


def _column_name(name):
    return _normalized(str(name).strip(WHITE_SPACE))


def _spellings(cell):
    """How a cell may be written in a CSV. pandas reads 28 as 28.0 where the column has empty cells."""
    if isinstance(cell, str):
        return [cell]
    if isinstance(cell, (bool, numpy.bool_)):
        return [str(bool(cell)), str(bool(cell)).lower(), str(int(cell))]
    if isinstance(cell, Integral):
        return [str(int(cell)), f"{int(cell)}.0"]
    if isinstance(cell, Real) and float(cell).is_integer():
        return [repr(float(cell)), str(int(cell))]
    return [str(cell)]


def _is_missing(cell):
    if cell is None or cell is pandas.NA or cell is pandas.NaT:
        return True
    if isinstance(cell, str):
        return not cell
    return isinstance(cell, Real) and math.isnan(cell)


def _read(folder, file):
    with open(os.path.join(folder, file), encoding="utf-8") as stream:
        return json.load(stream)
