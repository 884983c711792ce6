"""Changes a dataset's file so that its comments, its order and its layout stay."""

from __future__ import annotations

import io
import json
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.tokens import CommentToken
from ruamel.yaml.util import load_yaml_guess_indent

from stack.failure import Failure


def with_defaults(text: str, learner: str, parameters: dict[str, Any]) -> str:
    """The text with this learner and its parameters as the dataset's own; all else stays as it is.

    Comments within the learner's old parameters are deleted with them.

    Raises:
        Failure: where the text is not a YAML mapping
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # no line is wrapped
    try:
        content = yaml.load(text)
        _, sequence, offset = load_yaml_guess_indent(text)
    except YAMLError as error:
        raise Failure(f"the file is not YAML: {' '.join(str(error).split())}", 2) from error
    if not isinstance(content, CommentedMap):
        raise Failure("the file is not a YAML mapping", 2)
    mapping = next((value.lc.col for value in content.values() if _is_block(value, CommentedMap)), 2)
    yaml.indent(mapping=mapping, sequence=sequence or 4, offset=offset or 2)
    _put(content, "learner", learner)
    own = yaml.load(json.dumps(parameters))  # JSON is YAML, whose layout and quotes are kept
    if isinstance(content.get("parameters"), CommentedMap):
        _put(content["parameters"], learner, own)
    else:
        lines = _cut_following_lines(content, "parameters" if "parameters" in content else "learner")
        content.pop("parameters", None)
        content.insert(list(content).index("learner") + 1, "parameters", CommentedMap({learner: own}))
        _append_lines(content, "parameters", lines)
    out = io.StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def _put(mapping: CommentedMap, key: str, value: Any) -> None:
    """Sets a key's value, at the end where the key is new; the lines before the next key stay before it."""
    last = key if key in mapping else next(reversed(mapping), None)
    lines = "" if last is None else _cut_following_lines(mapping, last)
    if _is_block(mapping.get(key), CommentedMap):
        mapping.ca.items.pop(key, None)  # comments above the first of its keys
    mapping[key] = value
    _append_lines(mapping, key, lines)


def _cut_following_lines(mapping: CommentedMap, key: str) -> str:
    """Removes the blank lines and comments below a key's value, and returns them."""
    tokens, place = _last_tokens(mapping, key)
    if tokens[place] is None:
        return ""
    comment, _, lines = tokens[place].value.partition("\n")
    tokens[place].value = comment + "\n"
    return lines


def _append_lines(mapping: CommentedMap, key: str, lines: str) -> None:
    tokens, place = _last_tokens(mapping, key)
    if tokens[place] is not None:
        tokens[place].value += lines
    elif lines:
        tokens[place] = CommentToken("\n" + lines, CommentMark(0), None)


def _last_tokens(node: CommentedMap | CommentedSeq, key: str | int) -> tuple[list[CommentToken | None], int]:
    """What ruamel.yaml keeps with a value's last line: the token at the index is its comment and the lines below."""
    while _is_block(node[key], CommentedMap | CommentedSeq) and node[key]:
        node = node[key]
        key = next(reversed(node)) if isinstance(node, CommentedMap) else len(node) - 1
    return node.ca.items.setdefault(key, [None, None, None, None]), 2 if isinstance(node, CommentedMap) else 0


def _is_block(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and not value.fa.flow_style()
