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

from app import state
from app.address import spell_address
from app.screens import train_choices, train_running, train_taking
from app.trainer.shared import trainer
from lstm_core.experiment import spell


def page() -> None:
    """Show the page."""
    state.enter("train")
    trainer()  # its workers start while the reader chooses
    status, asked = train_running.now(), train_choices.asked()
    train_choices.choices(asked)
    refused = train_choices.sentences(asked)
    train_running.actions(status, asked, refused)
    train_running.bench(status, train_choices.shown_before(asked, refused))
    train_taking.take(status)
    spell_address(spell(asked))
