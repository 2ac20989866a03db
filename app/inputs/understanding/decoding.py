"""The text that bytes spell: Unicode by its mark or its form, else Western European."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError

MARKS = (
    (BOM_UTF32_LE, "utf-32", "UTF-32"),
    (BOM_UTF32_BE, "utf-32", "UTF-32"),
    (BOM_UTF8, "utf-8-sig", "UTF-8 with its mark"),
    (BOM_UTF16_LE, "utf-16", "UTF-16"),
    (BOM_UTF16_BE, "utf-16", "UTF-16"),
)
CONTROL = frozenset(range(9)) | frozenset(range(14, 26)) | frozenset((28, 29, 30))


@record
class Text:
    """What a file says, its lines apart by line feeds; `guessed` if the encoding is only likely."""

    text: str
    encoding: str
    guessed: bool = False
    carriage_returns: bool = False


def decoded(name: str, data: bytes) -> Text:
    """Return the text of a file; UploadError where the bytes are no text."""
    text, encoding, guessed = _decoded(name, data)
    returns = "\r" in text
    if returns:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.rstrip("\x1a")
    if not text or text.isspace():  # which looks no further than the first letter
        raise UploadError(f"{shown(name)} is empty: give at least one timestep.")
    return Text(text=text, encoding=encoding, guessed=guessed, carriage_returns=returns)


def _decoded(name: str, data: bytes) -> tuple[str, str, bool]:
    for mark, codec, title in MARKS:
        if data.startswith(mark):
            return _strictly(name, data, codec, title), title, False
    if b"\0" in data[:4096]:
        codec = _without_mark(name, data)
        return _strictly(name, data, codec, "UTF-16"), "UTF-16 without its mark", True
    try:
        text, encoding, guessed = data.decode("utf-8"), "UTF-8", False
    except UnicodeDecodeError:
        text, encoding, guessed = _western(data), "Western European (Windows-1252)", True
    _expect_text(name, text)
    return text, encoding, guessed


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _strictly(name: str, data: bytes, codec: str, title: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UploadError(
            f"{shown(name)} begins as {title} and is damaged at byte {error.start + 1:,}: "
            "save it as UTF-8 and try again."
        ) from None


def _without_mark(name: str, data: bytes) -> str:
    """UTF-16 that begins without its mark, told by where the zero bytes of plain letters are."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * len(head) / 2 or min(even, odd) > 0.05 * max(even, odd):
        raise UploadError(
            f"{shown(name)} is not a text file, nor one of another kind that is read here: it "
            "contains zero bytes."
        )
    return "utf-16-be" if even > odd else "utf-16-le"


def _expect_text(name: str, text: str) -> None:
    head = text[:100_000].rstrip("\x1a")
    strange = next((k for k, letter in enumerate(head) if ord(letter) in CONTROL), None)
    if strange is not None:
        raise UploadError(
            f"{shown(name)} is not a text file, nor one of another kind that is read here: "
            f"character {strange + 1:,} is the control character {ord(head[strange]):#04x}."
        )
