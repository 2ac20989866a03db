"""Beside: what stands beside the run on the stage, as one value, and its spelling in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["", "symbol", "exchange", "sequence", "network", "unchanged"]

LONGEST_NAME = 400
LARGEST_TIMESTEP = 10**9
SEPARATOR = ":"


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the run on the stage.

    `symbol`: the same sequence with the symbol `value` at `timesteps[0]`. `exchange`: with the
    symbols at two timesteps exchanged. `sequence`: another of the network's own, by name.
    `unchanged`: the same run without what is changed in it.
    `network`: another network on the same sequence, by the name of a twin or of a file; "" is the
    first that there is. Without a kind it is the first sequence that is offered.
    """

    kind: Kind = ""
    value: str = ""
    timesteps: tuple[int, ...] = ()


def spell_beside(beside: Beside) -> str:
    """Return it as an address says it: "symbol:1:P", "exchange:3:17", "sequence:NAME"; or ""."""
    parts = [beside.kind, *map(str, beside.timesteps)]
    if beside.kind not in ("exchange", "unchanged"):
        parts.append(beside.value)
    return SEPARATOR.join(parts) if beside.kind else ""


def read_beside(text: str) -> Beside:
    """Return what these words say; nonsense is what stands there by itself."""
    kind, _, rest = text.partition(SEPARATOR)
    if kind not in get_args(Kind)[1:] or len(text) > LONGEST_NAME or not text.isprintable():
        return Beside()
    if kind == "unchanged":
        return Beside() if rest else Beside(kind="unchanged")
    if kind in ("sequence", "network"):
        named = bool(rest) or kind == "network"
        return Beside(kind=kind, value=rest) if named else Beside()  # type: ignore[arg-type]
    return _exchange(rest) if kind == "exchange" else _symbol(rest)


def _symbol(text: str) -> Beside:
    timestep, _, symbol = text.partition(SEPARATOR)
    if not (_is_timestep(timestep) and symbol):
        return Beside()
    return Beside(kind="symbol", value=symbol, timesteps=(int(timestep),))


def _exchange(text: str) -> Beside:
    first, _, second = text.partition(SEPARATOR)
    if not (_is_timestep(first) and _is_timestep(second)):
        return Beside()
    return Beside(kind="exchange", timesteps=(int(first), int(second)))


def _is_timestep(text: str) -> bool:
    """Digits as `str` writes them."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_TIMESTEP))
    return plain and str(int(text)) == text
