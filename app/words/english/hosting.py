"""What a visitor is told of the server: of what went wrong on it, and of what it keeps."""

from __future__ import annotations

from .common import UPLOAD_HOURS

PRIVACY = "What this page keeps about you"
PRIVACY_TITLE = "What this page keeps about you · Gatescope"
BACK = "Back to the page"
KEPT = (
    "Nothing about who you are: no account, no name, no statistics, and no request to anybody "
    "else. The pages ask nothing but this server, and the server asks nobody.",
    f"What you upload, type or paste is kept for {UPLOAD_HOURS} hours after it was last used, so "
    "that a reload finds it again, or until you remove it. Only an address with your session's "
    "random word leads to it; Copy link leaves that word out.",
    "A network that you train is forgotten soon after you leave. Save it to keep it.",
    "Two cookies belong to the server: one guards uploads against other sites, and one may lead "
    "you back to the same process. Neither says who you are, and no page reads them.",
    "The log of errors says what the program did; an error may quote a value that it could not "
    "read. Gatescope writes down no visitor's address; a web server that its host put before it "
    "may.",
    "In a room (Teach, Follow me) the place where the teacher is goes through the server to those "
    "who follow. It is forgotten when the teacher closes the room, or two minutes after they have "
    "gone; of those who follow nothing is known but how many there are.",
)
IN_MEMORY = "All of it is in the server's memory: nothing is written to a disk to be kept."
IN_FOLDER = (
    "On this server uploads are also written to a folder that its processes share, for the same "
    "hours, so that you find them again when one of the processes ends. So is a "
    "room, while it lasts."
)


def part_failed(number: str) -> str:
    """Say that one part of a page is missing."""
    return (
        "This part could not be shown, because of a fault in the program; the rest of the page is "
        f"not concerned. Whoever hosts it finds in the log what it was: incident {number}."
    )


def page_failed(number: str) -> str:
    """Say that a page is missing or not whole."""
    return (
        "This page could not be shown to its end, because of a fault in the program. Reload it, "
        f"or go to another page. Whoever hosts it finds in the log what it was: incident {number}."
    )
