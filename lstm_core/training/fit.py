"""Training as a sequence of values: each update makes a new model from the one before.

    for progress in training(model, batches, recipe):
        ...                      # progress.model is usable at once; stop whenever you like

`fit` runs it to the end. A `Progress` is all there is to a training run at that point: hand it
back as `resume` and the run goes on as if it had never stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..model import Model
from ..model.weights import weights, with_weights
from ..record import record
from ..run.products import warm_products
from .batch import Batch, States, start_of
from .fast import Buffers
from .losses import Loss
from .objective import loss_gradients_and_states
from .optimisers import Adam, Memory, Optimiser, Schedule, clipped, constant


@record
class Recipe:
    """How to train; everything but the model and the data."""

    loss: Loss
    updates: int
    learning_rate: float
    optimiser: Optimiser = Adam()
    schedule: Schedule = constant()
    longest_gradient: float | None = None
    write_penalty: float = 0.0  # λ of the cost on what is written, see `write_penalty`

    def check(self) -> None:
        """Raise ValueError for numbers that train nothing."""
        if not (self.updates >= 0 and self.learning_rate > 0):
            raise ValueError(
                f"updates are {self.updates} and learning_rate {self.learning_rate}: "
                "expected a count and a positive number"
            )


@record
class Progress:
    """Where training stands after `updates` updates.

    `loss` and `gradient_norm` (before clipping) are those of the batch that the last update
    learned from, measured before it; `states` are where its sequences ended.
    """

    updates: int
    model: Model
    loss: float
    gradient_norm: float
    learning_rate: float
    memory: Memory
    states: States = ()


def training(
    model: Model, batches: Iterable[Batch], recipe: Recipe, resume: Progress | None = None
) -> Iterator[Progress]:
    """Yield the progress after each update, until the recipe's updates are done.

    `batches` gives one batch per update, and training ends early where it ends. Nothing is
    computed until the next progress is asked for. `resume` goes on from an earlier progress,
    whose model takes the place of `model`; `batches` are then those still to come. A batch
    that `follows` begins in the states in which the one before it ended.
    """
    warm_products()
    before = resume.updates if resume else 0
    current = resume.model if resume else model
    memory = resume.memory if resume else recipe.optimiser.start(weights(model))
    states = resume.states if resume else ()
    buffers = Buffers(current.dtype)
    for update, batch in zip(range(before, recipe.updates), batches, strict=False):
        learning_rate = recipe.learning_rate * recipe.schedule(update / recipe.updates)
        start = start_of(current, batch, states)
        loss, unclipped, states = loss_gradients_and_states(
            current, batch, recipe.loss, start, buffers, recipe.write_penalty
        )
        gradients, length = clipped(unclipped, recipe.longest_gradient)
        moved, memory = recipe.optimiser.update(weights(current), gradients, memory, learning_rate)
        current = with_weights(current, moved)
        yield Progress(
            updates=update + 1,
            model=current,
            loss=loss,
            gradient_norm=length,
            learning_rate=learning_rate,
            memory=memory,
            states=states,
        )


def fit(
    model: Model,
    batches: Iterable[Batch],
    recipe: Recipe,
    on_progress: Callable[[Progress], object] | None = None,
) -> Model:
    """Train to the end and return the trained model; `on_progress` hears of every update.

    >>> from lstm_core.experiment import batches, model_of, recipe_of, recommended
    >>> tiny = recommended("temporal_order_6a", length=20).replace(units=2, updates=3)
    >>> losses = []
    >>> model = fit(
    ...     model_of(tiny), batches(tiny), recipe_of(tiny), lambda now: losses.append(now.loss)
    ... )
    >>> len(losses)
    3
    """
    for progress in training(model, batches, recipe):
        model = progress.model
        if on_progress is not None:
            on_progress(progress)
    return model
