"""The sentences of the page Sequences: many sequences surveyed and searched."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count

TITLE = "Sequences"
HEADLINE = "All your sequences at once: which is unlike the rest, and where else does that happen?"
NOTHING_YET = (
    "Choose a network and its sequences and press Survey. Every sequence is run once; what every "
    "gate and state did is kept, so that it can be searched."
)
NOT_KEPT = "This survey is not kept here, or not any more: press Survey to run every sequence once."
DETAILS = "Details of the sequence on the stage"
OTHER_MODEL = "This corpus was made with another network: choose the network that it was made with."
GONE = "That file is no longer kept: give it again."
NO_MEMORY = "There is not enough memory for these sequences: survey fewer of them."
NO_ROOM = "These sequences need more room than this server gives to one survey: what is done stays."
NO_DISK = (
    "This server's disk takes no more of this survey: what is done stays, and Survey goes on from "
    "there once there is room again."
)
BROKE = "The survey broke off, perhaps for want of memory: press Survey, and it goes on from there."

# The row above
COUNT = "How many"
SURVEY = "Survey"
SURVEY_HELP = "Run every sequence once, and keep what every gate and state did"
FRESH = "Fresh sequences of its task"
RECORDED = "The recorded sequences"
OF_WHICH = "Sequences"
CANCEL = "Stop"
CANCEL_HELP = "What is done stays, and Survey goes on from there"

# The survey
SURVEY_HEAD = "The survey"
SURVEY_COLUMNS = {
    "number": "Number",
    "name": "Name",
    "picture": "Memory",
    "label": "Label",
    "predicted": "Predicted",
    "right": "Right",
    "timesteps": "Timesteps",
    "loss": "Loss",
    "memory": "Largest memory",
    "saturated": "Saturated gates",
    "unlike": "Unlike the rest",
}
RIGHT = {1: "right", 0: "wrong"}
FILTER = "Name contains"
FILTER_HELP = "A text or a regular expression"
LABELS = "Labels"
ONLY_WRONG = "Wrong ones only"
SORT = "Sort by"
UPWARDS = "Smallest first"
NUMBER = "Sequence number"
OPEN = "Put on the stage"
OPEN_HELP = "Or click the box at the left of a row"
COLUMNS_HEAD = "What the columns say"
COLUMNS_NOTE = (
    "Memory: the mean of |c| over all units, over time (|h| where there is no cell state). Loss: "
    "the mean surprise −ln p of the symbols that came, or of the label; of numbers the mean "
    "squared error in the network's scale. Largest memory: the largest |c|. Saturated gates: the "
    "share below 0.1 or above 0.9. Unlike the rest: how many robust standard deviations the mean "
    "hidden state of each unit is from the median of all sequences, as a root mean square over "
    "units; 1 is ordinary, and short sequences reach high values more easily."
)

# The search
SEARCH_ALL = "Search for this in all sequences"
SEARCH_HEAD = "Where else does this happen?"
SEARCH_NOTE = (
    "Drag over a heatmap of the stage, or press shift with ← and → there, to mark a range. Its "
    "units are those whose signal is at or above the threshold throughout the range, and below it "
    "just outside."
)
OTHER_LAYER = "This survey is of another layer or direction: choose the one that was surveyed."
NO_UNITS = (
    "No unit is on throughout this range and off outside it: choose another range, signal or "
    "threshold, or fewer sides on which it is off."
)
FIRST = "First timestep"
LAST = "Last timestep"
SIGNAL = "Signal"
OUTSIDE = "Off outside"
OUTSIDES = {
    "both": "before and after",
    "before": "before",
    "after": "after",
    "neither": "on neither side",
}
THRESHOLD = "Threshold"
LEAST = "Units that must be on"
MATCH = "Match"
OPEN_MATCH = "Jump to it"
EXPORT_CSV = "Matches (CSV)"
EXPORT_JSON = "Matches (JSON)"
MATCH_COLUMNS = {
    "rank": "Rank",
    "name": "Sequence",
    "first": "First",
    "last": "Last",
    "read": "Read",
    "exact": "Units as here",
    "others": "Other units on",
}
READS = "Reads"
COUNTS_NOTE = (
    "What is read at each position of the matches in the picture, counted from where a match "
    "begins: how often, or of numbers the mean."
)
MATCH_HOVER = (
    "%{customdata}<br>%{x} from the beginning<br>reads %{text}<br>mean %{z:.3f}<extra></extra>"
)
FROM_BEGINNING = "Timesteps from where the match begins"

# Words and patterns
TEXT_HEAD = "Words and patterns"
PATTERN = "Text or regular expression"
PATTERN_HELP = "Searched in every sequence as it was read"
PATTERN_TOO_LONG = "This expression takes too long: make it simpler, or look for a text."
PLACE = "Place"

# The overviews
OVERVIEWS_HEAD = "All sequences at a glance"
OVERVIEW = "Overview"
OVERVIEWS = {
    "gates": "Gates",
    "event": "Around an event",
    "units": "Units that go together",
    "states": "Sequences on two axes",
}
GATES_NOTE = "The mean of every gate over all timesteps of all sequences, for each unit."
GATES_SEQUENCES_NOTE = "How open each gate is on average in one sequence, and in how many."
UNITS_NOTE = (
    "Correlations of the units over timesteps spread evenly over all sequences. Units that rise "
    "and fall together stand side by side."
)
STATES_NOTE = (
    "Each point is a sequence: its mean hidden state on the two directions in which these differ "
    "most (principal components), by label, or else by what was predicted. A click puts it on the "
    "stage."
)
NO_EVENT = "This happens nowhere: choose another event."
SYMBOL = "Symbol"
LABEL = "Of the label"
ANY = "any"
UNLABELLED = "no label"
OTHERS = "others"
COLUMN = "Column"
RISES_TO = "Rises to"
GATE_HOVER = "%{y}, unit %{x}: %{z:.3f}<extra></extra>"
MEAN_GATE = "Mean of the gate in a sequence"
SEQUENCES_COUNTED = "Sequences"
FROM_EVENT = "Timesteps from the event"


def on_stage(name: str) -> str:
    """Name the sequence on the stage."""
    return f"On the stage: {name}"


def asks(name: str) -> str:
    """Say that a file leaves something to ask."""
    return (
        f"{name} leaves something to ask: open it on Explore or Your model first, then survey it."
    )


def progress(done: int, of: int, left: float | None, before: int) -> str:
    """Say how many sequences are run, and how long the rest will take."""
    if before:
        return f"Waiting for its turn: {count(before, 'survey')} of other readers first."
    said = f"{done:,} of {count(of, 'sequence')}"
    return said if left is None else f"{said}, {count(max(round(left), 1), 'second')} left"


def too_long(minutes: int) -> str:
    """Say that a survey took as long as it may."""
    return (
        f"One survey may take {count(minutes, 'minute')}, because others wait: what is done stays, "
        "and Survey goes on from there."
    )


def stopped(done: int, of: int) -> str:
    """Say that a survey was stopped, and that what is done stays."""
    return f"Stopped after {done:,} of {count(of, 'sequence')}. Survey goes on from there."


def surveyed(sequences: int, timesteps: int, skipped: int, problem: str) -> str:
    """Say how much was run, and what was left out, why the first of them."""
    said = f"{count(sequences, 'sequence')}, {count(timesteps, 'timestep')}."
    return f"{said} Left out: {count(skipped, 'sequence')}. {problem}" if skipped else said


def rows(shown: int, of: int) -> str:
    """Say how many rows the filters leave."""
    return f"{shown:,} of {count(of, 'sequence')}"


def suggested(threshold: float) -> str:
    """Say where a threshold comes from."""
    return (
        f"{number(threshold)} parts the values of this signal best in two (Otsu's method). "
        "Steps are the edges that the index knows exactly."
    )


def hypothesis(units: tuple[int, ...], length: int, threshold: float) -> str:
    """Say which units a search is about."""
    listed = ", ".join(map(str, units[:12])) + (" …" if len(units) > 12 else "")
    what = "Unit" if len(units) == 1 else "Units"
    return f"{what} {listed}: at or above {number(threshold)} for {count(length, 'timestep')}."


def matched(total: int, chance: float, units: int) -> str:
    """Say how many matches there are, and how many chance would give."""
    said = f"{total:,} {'match' if total == 1 else 'matches'} in all sequences"
    if units == 1:
        return f"{said}; with one unit there is no chance level."
    return f"{said}; {chance:,.1f} would be expected by chance."


def places(matches: int, most: int) -> str:
    """Say how many places a pattern has."""
    if not matches:
        return "This stands nowhere."
    first = "The first " if matches == most else ""
    return f"{first}{count(matches, 'place')}."


def no_pattern(reason: str) -> str:
    """Say that a text is no regular expression."""
    return f"This is no regular expression: {reason}. Put a \\ before signs such as ( [ * + ?"


def states_note(drawn: int, sequences: int) -> str:
    """Say what a point of the projection is, and whether all sequences are drawn."""
    some = f" {drawn:,} of the {sequences:,} sequences are drawn." if drawn < sequences else ""
    return STATES_NOTE + some


def event_note(events: int, cut: bool) -> str:
    """Say over how many events the mean is taken."""
    first = "the first " if cut else ""
    return f"The mean over {first}{count(events, 'event')}; 0 is the timestep of the event."


def direction(number_: int, share: float) -> str:
    """Name a main direction, and how much of the variance lies along it."""
    return f"Direction {number_} ({percent(share)} of the variance)"
