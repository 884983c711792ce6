"""What a test may ask of the account over HTTP: POST /_control lets something go wrong, GET shows what is there."""

from __future__ import annotations

import json

from werkzeug import Request, Response

from account.common.answers import document

FAULTS = ("throttle", "fail", "lose", "unhealthy", "midway", "silent", "failing", "hold", "clear")


def answer(account, request: Request) -> Response:
    if request.method == "GET":
        return document(state(account), 200)
    asked = json.loads(request.get_data())
    for name, arguments in asked.items():
        if name == "limits":
            account.settings.limits |= arguments
        elif name == "policy":
            account.policies.attach(**arguments)
        elif name in FAULTS:
            getattr(account.faults, name)(**arguments)
        else:
            return document({"message": f"{name} is none of {', '.join((*FAULTS, 'limits', 'policy'))}"}, 400)
    return document({}, 200)


def state(account) -> dict:
    """Each endpoint's fleets, by region: configuration, share of the traffic and containers that run."""
    regions = {}
    for name, sagemaker in account.regions.items():
        with sagemaker.lock:
            regions[name] = {
                endpoint.name: {"status": endpoint.status, "share": endpoint.share, "fleets": fleets(endpoint)}
                for endpoint in sagemaker.endpoints.by_name.values()
            }
    return {"endpoints": regions}


def fleets(endpoint) -> list[dict]:
    return [
        {
            "config": fleet.config["EndpointConfigName"],
            "containers": {name: one.url for name, one in fleet.containers.items()},
        }
        for fleet in (endpoint.fleet, endpoint.pending)
        if fleet
    ]


def credentials() -> Response:
    """The keys of a role, as a task of ECS asks for them."""
    keys = {"AccessKeyId": "role", "SecretAccessKey": "role", "Token": "role", "Expiration": "2099-01-01T00:00:00Z"}
    return document(keys, 200)
