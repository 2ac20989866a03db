"""Events: the timesteps of a sequence that matter, each with a few words that say why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..record import record


@record
class Event:
    """A timestep that matters, and why: `label` is a few words, such as "T to remember"."""

    timestep: int
    label: str


def in_order(events: Iterable[Event | None]) -> tuple[Event, ...]:
    """Return the events by timestep, one for each: several labels of one are joined by commas."""
    labels: dict[int, list[str]] = {}
    for event in events:
        if event is not None:
            labels.setdefault(event.timestep, []).append(event.label)
    return tuple(Event(timestep=t, label=", ".join(labels[t])) for t in sorted(labels))


def to_remember(timestep: int, symbol: str) -> Event:
    """Return the event of reading what must be remembered."""
    return Event(timestep=timestep, label=f"{symbol} to remember")


def asked_at_the_end(targets: Sequence[object], what: str) -> Event | None:
    """Return the event of being asked at the last timestep; None where nothing is asked there."""
    if not len(targets) or not targets[-1]:
        return None
    return Event(timestep=len(targets) - 1, label=f"asks for {what}")


def first_illegal(
    string: str, legal: Sequence[frozenset[str]], first: frozenset[str]
) -> Event | None:
    """Return the first symbol that a grammar does not allow; None where it allows all.

    `legal` are for each position the symbols that may follow it, `first` those that may begin.
    """
    for t, (symbol, allowed) in enumerate(zip(string, (first, *legal), strict=False)):
        if symbol not in allowed:
            return Event(timestep=t, label=f"{symbol} is not allowed here") if allowed else None
    return None
