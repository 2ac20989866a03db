"""The second screen: the answer in words, from what was measured of each network."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.recall_study import ProbedRecall
from lstm_core.record import record

from ...incidents import contained
from ...words import memory_answer as answer_words
from ...words import phrases
from ...words.formatting import short
from . import results
from .comparison import Network
from .networks import Comparison, verdicts
from .verdict import Answers, Memory, answers_of, memory_of, said_by


@record
class Measured:
    """What was measured of one network."""

    network: Network
    known: ProbedRecall | None
    answers: Answers | None

    @property
    def title(self) -> str:
        """The kind of its cell."""
        return phrases.said(self.network.trace.vocabulary.title)

    @property
    def memory(self) -> Memory | None:
        """What a probe found at the greatest lag; None for a task without a cue."""
        return None if self.known is None else memory_of(self.known)


@contained
def answer(shown: Comparison) -> None:
    """Show the verdict, and below it what it rests on."""
    measured = [
        Measured(
            network=network,
            known=next(reversed(results.probed_recall(network.demo)), None),
            answers=answers_of(network.demo.provenance),
        )
        for network in shown.networks
    ]
    st.html(
        f'<div class="answered"><h2 class="part">{answer_words.ANSWER}</h2>'
        f'<p class="judged">{_unbroken(verdict(shown, measured))}</p>'
        f'<div class="tasks" tabindex="0">{_table(shown, measured)}</div>{_note(measured)}</div>'
    )


def verdict(shown: Comparison, measured: list[Measured]) -> str:
    """Return the verdict on the standard RNN, in one sentence, and what every network does."""
    memories = [each.memory for each in measured]
    if any(memory is None for memory in memories):
        return _verdict_of_answers(measured)
    what, rnn = _what(shown, measured[0]), memories[1]
    phrases = [
        answer_words.remembered(
            each.title, memory.grade, what, _score(memory), memory.last, memory.forgotten
        )
        for each, memory in zip(measured, memories, strict=True)
        if memory is not None
    ]
    lead = answer_words.LEADS[rnn.grade] if rnn is not None else ""
    return answer_words.verdict(lead, phrases)


def _verdict_of_answers(measured: list[Measured]) -> str:
    """The verdict for a task without a cue: whose answers are the better ones."""
    known = [(each.title, each.answers) for each in measured if each.answers is not None]
    if len(known) < len(measured):
        return answer_words.NO_CUE
    (_, own), (_, others), *_ = known
    lead = answer_words.WORSE if others.rank < own.rank else answer_words.AS_GOOD
    phrases = [f"{answer_words.the(title)}: {_answers(answers)}" for title, answers in known]
    return answer_words.verdict(lead, phrases)


def _table(shown: Comparison, measured: list[Measured]) -> str:
    """What was measured of each network, as HTML: a row each."""
    columns = answer_words.COLUMNS[: 4 if measured[0].known is not None else 3]
    head = "".join(
        f'<th scope="col">{escape(column)}</th>' if column else "<td></td>" for column in columns
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(each.network.title)}</th>'
        + "".join(f"<td>{_unbroken(cell)}</td>" for cell in _cells(shown, each))
        + "</tr>"
        for each in measured
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _cells(shown: Comparison, each: Measured) -> list[str]:
    cells = [_said(shown, each.network), "–" if each.answers is None else _answers(each.answers)]
    if (memory := each.memory) is not None:
        cells.append(answer_words.tells(_what(shown, each), _score(memory), memory.last))
    return cells


def _said(shown: Comparison, network: Network) -> str:
    """What a network says where the sequence asks it."""
    said, readout = said_by(network, verdicts(network, shown.opened)), network.demo.model.readout
    if said is None or readout is None:
        return answer_words.NOT_ASKED
    if said.output is None:
        answer = short(said.value)
    else:
        answer = answer_words.expected(readout.labels[said.output], said.value)
    return answer_words.said(said.asked, said.right, answer)


def _answers(answers: Answers) -> str:
    return answer_words.answers(answers.name, answers.value, answers.total)


def _score(memory: Memory) -> str:
    return answer_words.score(memory.measure, memory.score, memory.chance)


def _what(shown: Comparison, each: Measured) -> str:
    """What the probe asks for, in general."""
    labels = each.known.recall.probe.labels if each.known is not None else None
    cue = shown.demo.truth.cue(shown.opened.sequence)
    is_sum = labels is None and cue is not None and cue.then is not None
    return answer_words.what_is_kept(labels, is_sum=is_sum)


def _note(measured: list[Measured]) -> str:
    """What the numbers are, as HTML."""
    known = measured[0].known
    text = (
        answer_words.NO_CUE
        if known is None
        else answer_words.TELLS_NOTE.format(sequences=known.sequences)
    )
    return f'<p class="note said">{escape(text)}</p>'


def _unbroken(text: str) -> str:
    """A text as HTML whose percentages stay in one line."""
    return escape(text).replace(" %", "\N{NO-BREAK SPACE}%")
