"""What is said to a teacher: of lesson links, plans, exercises and hand-outs."""

from __future__ import annotations

TEACH = "Teach"
CONTROLS = {
    "network": "The list of networks",
    "cell": "The choice of the cell",
    "sequence": "The list of sequences",
    "own": "Sequences of one's own",
    "new": "New random sequences",
    "layer": "The choice of the layer",
    "details": "The tabs below the stage",
    "pages": "The other pages",
    "link": "The buttons for links",
}
CONTROLS_OF = {
    "learn": {"network": "The list of lessons"},
    "train": {"network": "The choice of task and network"},
    "sequences": {"own": "Uploading sequences"},
}
WITHOUT_FILE = (
    "A link cannot carry your file: whoever opens it brings the file, or a model of their own."
)
LINK = {
    "hide": "Leave out for the class",
    "link": "Lesson link",
    "copy": "Copy lesson link",
    "copied": "Lesson link copied",
    "failed": "Copy the link from the field",
    "code": "QR code of the lesson link",
    "enlarge": "Show the QR code large",
    "close": "Close",
    "too_long": "This link is too long for a QR code.",
    "local": "This address leads to this machine alone: open the page under the name by which the "
    "class reaches it.",
    "plan": "Lesson plan",
    "add": "Add this screen",
    "save": "Save plan",
    "open": "Open plan",
    "play": "Begin",
    "empty": "A plan is a list of such links: add this screen, then go to the next one.",
    "remove": "Remove {title}",
    "step": "{title}, timestep {t}",
    "bad": "There is no link in this file: a lesson plan is a text file with one link a line.",
}
PLAN = {
    "region": "Lesson plan",
    "place": "{k} of {n}: {title}",
    "back": "Back",
    "next": "Next",
    "end": "End the plan",
    "keys": "Shift + Page down goes on, Shift + Page up goes back; so does a clicker at the ends "
    "of a sequence that is presented.",
}
ROOM = {
    "region": "Follow me",
    "lead": "The stages of your class go where yours goes: network, sequence, changes, timestep "
    "and unit. A student who does something else takes over, and comes back with one button. The "
    "server keeps nothing of it.",
    "word": "Room word",
    "open_room": "Open the room",
    "bad": "A room word has 3 to 24 letters, digits or hyphens: type one such as lstm-7b.",
    "room_link": "Link to the room",
    "copy_room": "Copy the room's link",
    "copied_room": "The room's link is copied",
    "room_code": "QR code of the link to the room",
    "close_room": "Close the room",
    "leading": "Your class follows you in room {word}.",
    "count": "{n} connected",
    "unseen": "Your class stays where it was: this screen is about files that only you have.",
    "taken": "Somebody else has a room of this word: leave it, and choose another word.",
    "full": "There are too many rooms on this server now: try again later.",
    "connecting": "Connecting to room {word} …",
    "waiting": "You are in room {word}; the teacher is not there yet.",
    "following": "You follow the teacher in room {word}.",
    "alone": "You have taken over; the class goes on in room {word}.",
    "closed": "Room {word} is closed.",
    "stop": "Stop following",
    "again": "Follow again",
    "leave": "Leave the room",
}
ONE_PROCESS = (
    "This works where one process of Gatescope serves the class, as it does unless whoever hosts "
    "it chose otherwise. Several processes need a folder in common for it (GATESCOPE_STORE)."
)

SHOW_ANSWERS = "Show the answers"
OTHER_EXERCISES = "Other exercises"
NO_NUMBER = "That is no number: type one such as 0.73."


def exercises_lead(seed: int, tolerance: float) -> str:
    """Say what is asked here, and which exercises these are."""
    return (
        f"Exercises {seed}: numbers of this network on a random sequence, rounded to two decimals. "
        f"An answer is right within {tolerance}. The link opens these same exercises."
    )


def exercise(asked: str, givens: str, unit: int, timestep: int) -> str:
    """Ask for a value; `givens` are what it follows from, a being the preactivation."""
    return f"What is {asked} of unit {unit} at timestep {timestep}, if {givens}?"


def exercise_right(equation: str) -> str:
    """Say that an answer is right, and by which equation."""
    return f"✓ Right: {equation}."


def exercise_wrong(equation: str) -> str:
    """Say that an answer is wrong, and which equation leads to the right one."""
    return f"✗ Not so. Use {equation}."


HANDOUT = "Hand-out"
HANDOUT_HELP = (
    "Two pages to print, or to save as PDF, from the browser: this screen with blanks to fill in, "
    "and the solutions"
)
NAME, TIMESTEP, READS = "Name", "timestep", "reads"
PREACTIVATIONS = "a is the sum in the brackets. Compute the boxes from it, to two decimals."


def solutions(title: str) -> str:
    """Head the page with the solutions."""
    return f"Solutions: {title}"


def heatmap_title(signal: str) -> str:
    """Head the table of values; `signal` is what the cell remembers in."""
    return f"{signal} of some units: fill in the empty row"


def about_module(t: int, token: str, unit: int) -> str:
    """Head the drawing of the module."""
    reads = f", which reads “{token}”" if token else ""
    return f"The module at timestep {t}{reads}; unit {unit}"


def unit_name(unit: int) -> str:
    """Name a unit at the edge of a table."""
    return f"unit {unit}"


def exercises_title(number: int) -> str:
    """Head the exercises, which are on another sequence."""
    return f"Exercises {number}, on a random sequence"


def gates_title(unit: int) -> str:
    """Head the table of the gates of a unit, from which its memory follows."""
    return f"Gates of unit {unit} at the same timesteps"
