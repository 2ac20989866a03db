"""The networks that were trained here, each kept under the name that its recipe gives it."""

from __future__ import annotations

from lstm_core.subject import Subject

from .demos import demo_or_first
from .shared_store import store
from .subjects import Trained


def keep_trained(network: Trained) -> None:
    """Keep a network that was trained here, for every session that knows its name."""
    store.put(("trained", network.name), network)


def trained(name: str) -> Trained | None:
    """Return the trained network of this name; None where it is not, or no longer, kept."""
    network: Trained | None = store.get(("trained", name))
    return network


def network(name: str) -> Subject:
    """Return the trained network or the demo of this name; the first demo where neither is."""
    return trained(name) or demo_or_first(name)
