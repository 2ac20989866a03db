"""What the names of columns say: times, indices, ids, labels; and when two names mean the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TIME = _words(
    "date datetime time timestamp day days year years yr month months hour hours minute minutes "
    "second seconds week weeks quarter quarters ts epoch period dt datum zeit zeitstempel jahr "
    "monat tag stunde woche quartal fecha hora año ano mes dia temps heure annee année mois jour "
    "unix utc gmt tid dato rok godina ora anno mese giorno when yyyymmdd yyyy yyyymm decimaldate "
    "datefraction decimalyear decyear julian doy dayofyear qtr yearmonth observedat createdat "
    "recordedat datestamp elapsed mjd jd season"
)
PARTS = {  # of a date or a time: the least and the most that each may be
    **dict.fromkeys(("month", "months", "monat", "mes", "mois", "mese"), (1, 12)),
    **dict.fromkeys(("day", "days", "tag", "dia", "jour", "giorno"), (1, 31)),
    **dict.fromkeys(("hour", "hours", "stunde", "hora", "heure", "ora"), (0, 24)),
    **dict.fromkeys(("minute", "minutes", "second", "seconds"), (0, 60)),
    **dict.fromkeys(("week", "weeks", "woche"), (0, 53)),
    **dict.fromkeys(("quarter", "quarters", "quartal", "qtr"), (1, 4)),
    **dict.fromkeys(("doy", "dayofyear", "julian"), (0, 366)),
    **dict.fromkeys(("year", "years", "yr", "jahr", "año", "ano", "annee", "année"), (0, 3000)),
}
INDEX = _words(
    "index idx unnamed rownames rowname row rows rownum rownumber no nr num number n obs "
    "observation i # lfd nummer level0 rowid sno counter seqno record line t step steps timestep "
    "timesteps tick ticks frame sample cycle x iteration iter epoch"
)
ID = _words(
    "id ids key uid uuid guid series sequence seq unit subject station group batch patient trial "
    "episode run session user device sensor ticker symbol country state city store item location "
    "site person firm company product region county name code engine participant animal plant "
    "customer household basin catchment zone area species gvkey permno cusip isin stock market "
    "machine vehicle track trajectory traj stay dam strain tree rat chick class label target y "
    "category cls plot block asset"
)
TOTALS = _words(
    "total totals subtotal sum mean average avg summe gesamt mittel mittelwert durchschnitt somme "
    "moyenne totale media suma promedio"
)
FLAGS = _words(
    "mark marks marker markers marked flag flags mask masked indicator is has on off binary bool "
    "boolean event holiday weekend"
)
LABEL = _words("label labels class target y category cls outcome diagnosis")
ANSWERS = _words(
    "label labels class classes target targets output outputs outcome outcomes answer answers "
    "truth groundtruth gt prediction predictions predicted pred forecast forecasts response "
    "responses dependent expected desired teacher diagnosis category cls ytrue ypred yhat "
    "etiqueta etiquetas clase objetivo objetivos salida salidas respuesta respuestas prediccion "
    "predicción pronostico pronóstico resultado esperado ziel zielwert zielgröße ausgabe antwort "
    "vorhersage klasse cible sortie réponse reponse classe étiquette etiquette "
    "标签 標籤 标记 目标 目標 目标值 输出 輸出 答案 预测 預測 预测值 真值 真实值 类别 類別 "
    "结果 因变量"
)
TEXT = _words(
    "string sequence seq text symbols symbol tokens token sentence char chars character characters "
    "code source content word words peptide protein dna smiles input document body message ids "
    "input_ids token_ids letters"
)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return a name without its unit in brackets, in lower case, letters and digits only.

    "Temp (degC)" and "temp" are the same name, as "air_temp" and "Air Temp" are.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>", " ", text)
    letters = "".join(re.findall(r"\w+", bare)).replace("_", "")
    return letters or "".join(text.split())


@lru_cache(maxsize=8192)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name: "sunspot.year" and "SunspotYear" have two."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    pieces = re.findall(r"[^\W\d_]+|#", parted.casefold())
    return tuple(pieces)


def says_time(name: str) -> bool:
    """Whether a name may be that of a time, or of a part of one."""
    return plain(name) in TIME or any(token in TIME for token in tokens(name))


def part_range(name: str) -> tuple[int, int] | None:
    """Return the least and the most of a part of a date or time that a name means, if any."""
    words = tokens(name)
    return PARTS.get(words[-1]) or PARTS.get(words[0]) if words else None


def is_total(cell: str) -> bool:
    """Whether a cell says that its row adds up or averages the others."""
    words = tokens(cell)
    return bool(words) and len(words) <= 3 and not TOTALS.isdisjoint(words)


def says_index(name: str) -> bool:
    """Whether a name may be that of a running number."""
    words = tokens(name)
    return plain(name) in INDEX or (bool(words) and words[0] in {"unnamed", "index", "rownames"})


def says_id(name: str) -> bool:
    """Whether a name may be that of what a row belongs to: an id, a station, a class."""
    words = tokens(name)
    return plain(name) in ID or (
        bool(words) and (words[-1] in {"id", "code", "key"} or words[0] == "id")
    )


def says_yes_or_no(name: str) -> bool:
    """Whether a name may be that of a number that is 0 or 1: mark, is_open, holiday."""
    return not FLAGS.isdisjoint(tokens(name))


def says_label(name: str) -> bool:
    """Whether a name may be that of a label of a whole sequence."""
    return plain(name) in LABEL


def says_answer(name: str) -> bool:
    """Whether a name may be that of what is to be predicted: y, target, price_target, 标签."""
    return plain(name) in {"y", *ANSWERS} or not ANSWERS.isdisjoint(tokens(name))


def says_text(name: str) -> bool:
    """Whether a name may be that of a column of symbols."""
    return plain(name) in TEXT or bool({*tokens(name)} & TEXT)


def resemble(name: str, other: str) -> bool:
    """Whether two names probably mean the same: one begins or ends with the other."""
    a, b = sorted((plain(name), plain(other)), key=len)
    if len(a) < 3:
        return bool({*tokens(name)} & {*tokens(other)})
    if a in b and (b.startswith(a) or b.endswith(a)):
        return True
    return bool({t for t in tokens(name) if len(t) > 2} & {t for t in tokens(other) if len(t) > 2})


def numbered(names: tuple[str, ...]) -> bool:
    """Whether names count: t0, t1, t2; 1990, 1991; the same words and numbers one apart."""
    matches = [re.fullmatch(r"(.*?)(\d+)(\D*)", name.strip()) for name in names]
    if len(names) < 2 or not all(matches):
        return False
    words = {(m[1], m[3]) for m in matches if m}
    places = [int(m[2]) for m in matches if m]
    steps = {b - a for a, b in pairwise(places)}
    return len(words) == 1 and len(steps) == 1 and steps != {0}


def count_of(name: str) -> tuple[str, int] | None:
    """Return the words and the number of a name that counts: x1, "sensor 2"; None for others."""
    match = re.fullmatch(r"(\D*?)[ _]?(\d+)", name.strip())
    return (match[1].casefold(), int(match[2])) if match else None
