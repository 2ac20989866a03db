"""What is said to a teacher: of lesson links, plans, exercises and hand-outs."""

from __future__ import annotations

TEACH = "Teach"
TEACH_HELP = "A link for a class, with its QR code, and a lesson plan of such links"
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
