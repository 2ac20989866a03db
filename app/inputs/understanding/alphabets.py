"""The symbols that a text spells in a network's alphabet: letters, words, ids, special tokens."""

from __future__ import annotations

import re
from functools import cached_property

from lstm_core.record import record

UNKNOWN = ("<unk>", "[UNK]", "<UNK>", "UNK", "unk", "<oov>", "[OOV]", "<OOV>", "⁇", "\ufffd")
PADDING = ("<pad>", "[PAD]", "<PAD>", "PAD", "pad", "<blank>", "_PAD_", "<mask>")
AROUND_IDS = r"[^\s,;|\[\](){}'\"]+"
SEPARATORS = ",;|[](){}'\""
FILLERS = re.compile(r"<pad>|\[pad\]|_pad_|<blank>|<padding>", re.IGNORECASE)
FILLERS_OF_IDS = re.compile(r"-[0-9]+(\.0+)?|pad", re.IGNORECASE)


@record
class Alphabet:
    """The symbols of a network, and how a text of them is cut."""

    symbols: tuple[str, ...]

    @cached_property
    def known(self) -> frozenset[str]:
        """The symbols, to ask quickly."""
        return frozenset(self.symbols)

    @cached_property
    def longer(self) -> tuple[str, ...]:
        """Symbols of more than one letter, the longest first."""
        return tuple(sorted((s for s in self.symbols if len(s) > 1), key=len, reverse=True))

    @cached_property
    def ids(self) -> bool:
        """Whether the symbols are whole numbers."""
        return len(self.symbols) > 1 and all(s.isascii() and s.isdigit() for s in self.symbols)

    @cached_property
    def lettered(self) -> bool:
        """Whether most symbols are letters, so that a text is read letter by letter."""
        if self.ids and self.longer:
            return False
        return 2 * len(self.longer) < len(self.symbols)

    @property
    def lined(self) -> bool:
        """Whether line breaks are symbols: a text then is one sequence."""
        return self.lettered and "\n" in self.known

    @cached_property
    def unknown(self) -> str | None:
        """The symbol that stands for all others, if there is one."""
        return next((s for s in UNKNOWN if s in self.known), None)

    @cached_property
    def padding(self) -> str | None:
        """The symbol that fills up what is too short, if one is called so."""
        return next((s for s in PADDING if s in self.known), None)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join([*map(re.escape, self.longer), "."]), re.DOTALL)

    def cut(self, text: str) -> list[str]:
        """Return the symbols of a text, known or not.

        White space, and the commas, brackets and quotation marks around symbols, only separate
        them, unless they are symbols.
        """
        if self.ids:
            return self._ids(text)
        return self._letters(text) if self.lettered else self._words(text)

    def _ids(self, text: str) -> list[str]:
        pattern = AROUND_IDS if self.longer or re.search(r"[\s,;|]", text.strip()) else r"\S"
        ids = re.findall(pattern, text)
        return [re.sub(r"^0+(?=\d)|\.0+$", "", token) for token in ids]

    def _letters(self, text: str) -> list[str]:
        symbols = self._pattern.findall(text) if self.longer else list(text)
        spoken = [s for s in symbols if s in self.known or not s.isspace()]
        return spoken if self.lined is False else symbols if "\n" in self.known else spoken

    def _words(self, text: str) -> list[str]:
        parts = []
        for word in text.split():
            bare = word.strip(SEPARATORS)
            if word in self.known or bare not in self.known:
                parts += [word] if word in self.known else self._parted(word)
            else:
                parts.append(bare)
        return parts

    def _parted(self, word: str) -> list[str]:
        """A word that is not known, in its known parts between commas, if it has such."""
        parts = [part for part in re.split(r"[,;|\[\](){}'\"]+", word) if part]
        return parts if len(parts) > 1 and all(part in self.known for part in parts) else [word]

    def separated(self, text: str) -> list[str] | None:
        """Return the symbols of a text in which signs stand between all symbols; None for another.

        "B, T, X" and "['B', 'T']" are such texts where comma and brackets are no symbols.
        """
        signs = "".join(s for s in SEPARATORS if s not in self.known)
        if not self.lettered or not signs or not any(sign in text for sign in signs):
            return None
        pieces = [p.strip() for p in re.split(f"[{re.escape(signs)}]+", text)]
        symbols = [piece for piece in pieces if piece]
        return symbols if symbols and all(s in self.known for s in symbols) else None

    def read(self, text: str) -> list[str]:
        """Return the symbols of a text, by `separated` where it fits, else by `cut`."""
        return self.separated(text) or self.cut(text)

    def other_case(self, symbol: str) -> str:
        """Return a symbol in the case that the alphabet has, or as it is."""
        for other in (symbol.lower(), symbol.upper()):
            if other in self.known:
                return other
        return symbol

    def fills(self, text: str) -> bool:
        """Whether a text is no symbol and only fills a row up: [PAD], or -1 among ids."""
        word = text.strip()
        if word in self.known:
            return False
        return bool(FILLERS.fullmatch(word) or (self.ids and FILLERS_OF_IDS.fullmatch(word)))

    def is_readable(self, text: str) -> bool:
        """Whether a text holds symbols of the alphabet and nothing else."""
        symbols = self.read(text)
        return bool(symbols) and all(symbol in self.known for symbol in symbols)
