"""Checks requests and responses against botocore's service model, so that the simulated account stays true to AWS."""

from __future__ import annotations

import datetime
import functools

import botocore.session
import regex
from botocore.validate import ParamValidator

from account.common.errors import AwsError, invalid

TYPES = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "character": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (int, float, datetime.datetime),
}


@functools.cache
def model(service: str = "sagemaker"):
    return botocore.session.get_session().get_service_model(service)


def check_request(operation: str, request: dict) -> None:
    """Rejects what the service model does not know, in SageMaker's words."""
    shape = model().operation_model(operation).input_shape
    problems = found(shape, request)
    if problems:
        errors = "error" if len(problems) == 1 else "errors"
        raise invalid(f"{len(problems)} validation {errors} detected: {'; '.join(problems)}")
    report = ParamValidator().validate(request, shape)
    if report.has_errors():
        raise invalid(report.generate_report())


def check_answer(operation: str, answer: dict) -> None:
    """An internal error of the simulated account: a response that the service model does not allow."""
    shape = model().operation_model(operation).output_shape
    if shape is None:
        assert not answer, f"{operation} answers nothing, not {answer}"
        return
    problems = found(shape, answer)
    assert not problems, f"{operation} answers what AWS does not: {problems}"


def found(shape, value, path: str = "") -> list[str]:
    """What is wrong with a value, in SageMaker's words; a member that the model lacks is wrong, too."""
    kind = shape.type_name
    if not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        raise AwsError("SerializationException", f"{path or 'the request'} must be of the type {kind}")
    if kind == "structure":
        return structure(shape, value, path)
    problems = [rejection(value, path, constraint) for constraint in broken(shape, value)]
    if kind == "list":
        for number, member in enumerate(value, 1):
            problems += found(shape.member, member, f"{path}.{number}.member")
    elif kind == "map":
        for key, member in value.items():
            problems += found(shape.key, key, f"{path}.key") + found(shape.value, member, f"{path}.{key}.member")
    return problems


def structure(shape, value: dict, path: str) -> list[str]:
    problems = []
    for name in value.keys() - shape.members.keys():
        raise AwsError("SerializationException", f"{path or shape.name} has no member {name}")
    for name in shape.required_members:
        if value.get(name) is None:
            problems.append(rejection(None, camel(path, name), "not be null"))
    for name, member in value.items():
        if member is not None:
            problems += found(shape.members[name], member, camel(path, name))
    return problems


def broken(shape, value):
    """The constraints that a value breaks, each as SageMaker says it after "Member must"."""
    rules, measured = shape.metadata, value if isinstance(value, int | float) else None
    size = len(value) if isinstance(value, str | list | dict) else None
    for rule, word in (("min", "greater"), ("max", "less")):
        bound = rules.get(rule)
        if bound is None:
            continue
        for noun, given in (("length", size), ("value", measured)):
            if given is not None and (given < bound if rule == "min" else given > bound):
                yield f"have {noun} {word} than or equal to {bound}"
    if isinstance(value, str):
        pattern = rules.get("pattern")
        if pattern and not regex.fullmatch(pattern, value, regex.DOTALL if pattern == ".*" else 0):
            yield f"satisfy regular expression pattern: {pattern}"
        if rules.get("enum") and value not in rules["enum"]:
            yield f"satisfy enum value set: [{', '.join(rules['enum'])}]"


def rejection(value, path: str, constraint: str) -> str:
    said = "null" if value is None else f"'{value}'"
    return f"Value {said} at '{path}' failed to satisfy constraint: Member must {constraint}"


def camel(path: str, name: str) -> str:
    name = name[:1].lower() + name[1:]
    return f"{path}.{name}" if path else name
