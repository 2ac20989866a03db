"""The lines of Python that compare networks on one sequence again, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lstm_core.demo import Demo

from ..session.opened_view import OpenedView
from .snippet import sequence_line


def memory_snippet(opened: OpenedView, networks: Sequence[Demo], file_name: str) -> str:
    """Return Python that runs these networks over the sequence of a view, and shows the first.

    It prints the mean of every network's memory at the view's timestep. `file_name` is what the
    file of the runs is called that the page hands out: it is read where the sequence is neither
    the network's own nor drawn from a seed.
    """
    t, saved = opened.view.t, _is_saved(opened)
    read = "saved['symbols']" if saved else "sequence.symbols"
    symbols = "" if opened.sequence.symbols is None else f", symbols={read}"
    return "\n".join(
        [
            *_runs(opened, networks, file_name),
            "for trace in traces:",
            f"    print(trace.kind, trace.state.memory[{t}].mean())",
            f"gatescope.show(traces[0]{symbols}, t={t})",
        ]
    )


def studies_snippet(
    opened: OpenedView, networks: Sequence[Demo], file_name: str, last: int, *, cue: bool
) -> str:
    """Return Python that measures what the pictures of the page show of these networks.

    What is left of the memory, what moved the states, the gain of each step, over the `last`
    timesteps that were read; with `cue` what a probe reads of it, and the studies in their files.
    """
    t = opened.view.t
    return "\n".join(
        [
            *_runs(opened, networks, file_name, _ANALYSES if cue else _ANALYSES[:-1]),
            "from gatescope.figures.variants import learning_curves, seed_dots",
            "from gatescope.session.assets import assets_folder",
            "from lstm_core.studies import read_study, read_table",
            "",
            f"left = [memory_left(trace, {t}, {last}).left for trace in traces]",
            f"moved = [influence(trace, {t}, {last}) for trace in traces]",
            f"gains = [largest_singular_values(trace, {min(last, len(opened.trace))})"
            " for trace in traces]",
            "for k in range(len(traces)):",
            "    print(left[k][-1], moved[k].hidden.norm[0], gains[k][-1])",
            *(_RECALL if cue else []),
            *_STUDIES,
        ]
    )


_ANALYSES = (
    "from lstm_core.analysis.influence import influence",
    "from lstm_core.analysis.jacobians import largest_singular_values",
    "from lstm_core.analysis.memory_left import memory_left",
    "from lstm_core.recall_study import fresh_sequences, probe_recall",
)
_RECALL = (
    "drawn = fresh_sequences(networks[0])",
    "for network in networks:",
    "    print(probe_recall(network, drawn)[-1].recall.score[-1])",
)
_STUDIES = (
    "folder = assets_folder() / 'studies'",
    "study = read_study((folder / 'variants.json').read_bytes())",
    "tasks = read_table((folder / 'tasks.json').read_bytes())",
    "pictures = [learning_curves(study), seed_dots(study)]",
)


def _is_saved(opened: OpenedView) -> bool:
    return opened.view.source.kind not in {"sequence", "seed"}


def _runs(
    opened: OpenedView, networks: Sequence[Demo], file_name: str, imports: Sequence[str] = ()
) -> Iterator[str]:
    """The networks, the sequence and the traces."""
    saved = _is_saved(opened)
    yield from ["import numpy as np", ""] if saved else []
    yield "import gatescope"
    yield from imports
    yield ""
    names = ", ".join(
        f"gatescope.demo({', '.join(map(repr, network.name.split('/')))})" for network in networks
    )
    yield f"networks = [{names}]"
    yield "network = networks[0]"
    yield f"saved = np.load({file_name!r})" if saved else sequence_line(opened)
    run = "run_inputs(saved['inputs'])" if saved else "run(sequence)"
    yield f"traces = [n.model.{run}.layers[-1].forward for n in networks]"
