"""Train: choose a task and a network, press Train, and watch it learn.

What the student or the teacher wants to find out here, in this order:

1. What is asked of the network, and what network is it?         the choices
2. What will it cost: how many numbers, how long?                the line below them
3. Does it learn, and how well does it answer by now?            loss and success, live
4. What do its gates do, and when do they begin to do it?        the watched sequence; scrub
5. Does the error reach what has to be remembered?               gradient norm at each timestep
6. What if I stop here, go back, or take it step by step?        Pause, One update, Go on from here
7. What does the trained network do at each timestep?            Step through it on Explore
8. How do I take it home, and how do others repeat it?           Save as, Copy link
"""

from __future__ import annotations

from lstm_core.experiment import spell

from ...components.address import spell_address
from ...session import experiments, state
from ...session.view import View
from ...session.view import spell as spell_view
from ...trainer.instance import trainer
from ..shared import links
from . import choices, result, run_panel


def page() -> None:
    """Show the page."""
    state.open_page("train")
    trainer()  # its workers start while the reader chooses
    asked = choices.asked()
    run_panel.adopt_offered_run(asked)
    status = run_panel.now()
    run_panel.remember(status)
    hidden = state.current_view().hidden
    choices.remember()
    state.remember_view(View(hidden=hidden))
    choices.choices(asked, hidden)
    refused = choices.sentences(asked)
    run_panel.actions(status, asked, refused)
    run_panel.bench(status, choices.shown_before(asked, refused))
    result.take(status)
    links.teaching(experiments.task_title(asked.task), hidden)
    spell_address(state.in_address({**spell(asked), **spell_view(View(hidden=hidden))}))
