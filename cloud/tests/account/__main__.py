"""python -m account --port 0: prints the address when ready, and runs until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import signal
import threading

from account.server import SimulatedAccount
from account.settings import SimulatedSettings


def main() -> None:
    parser = argparse.ArgumentParser(prog="account", description="A simulated AWS account on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 for a free one (default)")
    parser.add_argument(
        "--image",
        default=SimulatedSettings.image,
        help="the local image that runs for every image of the account's registry",
    )
    parser.add_argument("--endpoint-image", help="the one that runs for endpoints (default: that of --image)")
    parser.add_argument(
        "--seconds-per-step",
        type=float,
        default=SimulatedSettings.step,
        help="how long a minute of SageMaker's lasts here",
    )
    parser.add_argument("--health-seconds", type=float, default=SimulatedSettings.health_seconds)
    parser.add_argument("--grace-seconds", type=float, default=SimulatedSettings.grace_seconds)
    options = parser.parse_args()
    settings = SimulatedSettings(
        image=options.image,
        endpoint_image=options.endpoint_image,
        step=options.seconds_per_step,
        health_seconds=options.health_seconds,
        grace_seconds=options.grace_seconds,
    )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with SimulatedAccount(settings, options.port) as account:
        print(account.url, flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
