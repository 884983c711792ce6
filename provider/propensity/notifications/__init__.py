"""Notifications of failures: a line in the log, and in the channel of a Connection."""

from __future__ import annotations

from propensity.notifications.notifiers import FailureNotifier, TimeoutNotifier

__all__ = ["FailureNotifier", "TimeoutNotifier"]
