"""Why the trainer refuses a run or ends it, each in one plain sentence for the reader."""

from __future__ import annotations


def too_long(minutes: float, most: float) -> str:
    """Say that an experiment would take too long."""
    return (
        f"This would take about {minutes:,.0f} minutes of a processor to itself, and "
        f"{most:.0f} are allowed here: choose fewer updates, units or timesteps, "
        "or a smaller batch."
    )


def update_too_long(seconds: float, most: float) -> str:
    """Say that one update would keep other readers waiting."""
    return (
        f"One update would take about {seconds:,.1f} seconds, and {most:g} are allowed here: "
        "choose fewer units or timesteps, or a smaller batch."
    )


def too_large(megabytes: float, most: float) -> str:
    """Say that one update would take too much memory."""
    return (
        f"One update would take about {megabytes:,.0f} MB of memory, and {most:.0f} are allowed "
        "here: choose fewer units or timesteps, or a smaller batch."
    )


def too_many(most: int, waiting: int) -> str:
    """Say that as many runs are being trained, and wait for it, as may be."""
    return (
        f"{most} networks are being trained here and {waiting} more wait for their turn: "
        "please try again in a few minutes."
    )


def too_many_kept(most: int) -> str:
    """Say that as many runs are kept as may be."""
    return f"{most} training runs are kept here already: please try again in a few minutes."


def diverged(updates: int) -> str:
    """Say that training diverged, and what helps."""
    return (
        f"After {updates:,} updates the numbers grew beyond all bounds: "
        "choose a smaller learning rate or a smaller longest gradient."
    )


def broken(updates: int, reason: str) -> str:
    """Say that an update could not be computed."""
    return f"Training broke off after {updates:,} updates: {reason.rstrip('.')}."


def process_gone(updates: int) -> str:
    """Say that the worker process has ended, and what can be done."""
    return (
        f"The process that trained this network ended unexpectedly: "
        f"Resume goes on from {updates:,} updates."
    )


def time_is_up(minutes: float) -> str:
    """Say that a run has used its processor time."""
    return (
        f"This run has used its {minutes:.0f} minutes of processor time: what it learned is kept."
    )
