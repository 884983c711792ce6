"""Lists as SageMaker pages, filters and sorts them."""

from __future__ import annotations

import base64
import binascii
import datetime

from account.common.errors import invalid

PAGE = 10  # what SageMaker answers where MaxResults is not given


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def page(request: dict, members: str, summaries: list[dict], kind: str) -> dict:
    """One page of summaries, whose names, times and states are members that begin with the kind."""
    name, status = f"{kind}Name", f"{kind}Status"
    chosen = [summary for summary in summaries if fits(request, summary, name, status)]
    order = {"Name": name, "CreationTime": "CreationTime", "Status": status}[request.get("SortBy", "CreationTime")]
    chosen.sort(key=lambda summary: summary[order], reverse=request.get("SortOrder", "Descending") == "Descending")
    start = begin(request.get("NextToken"))
    end = start + request.get("MaxResults", PAGE)
    answer = {members: chosen[start:end]}
    if end < len(chosen):
        answer["NextToken"] = base64.b64encode(str(end).encode()).decode()
    return answer


def begin(token: str | None) -> int:
    try:
        return int(base64.b64decode(token, validate=True)) if token else 0
    except (ValueError, binascii.Error):
        raise invalid("Invalid NextToken") from None


def fits(request: dict, summary: dict, name: str, status: str) -> bool:
    if request.get("NameContains", "").lower() not in summary[name].lower():
        return False
    if request.get("StatusEquals") not in (None, summary.get(status)):
        return False
    for member in ("CreationTime", "LastModifiedTime"):
        if member in summary:
            time = summary[member].timestamp()
            if not request.get(f"{member}After", time) <= time <= request.get(f"{member}Before", time):
                return False
    return True
