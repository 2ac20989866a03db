"""The log of the server: sentences for a person, or a JSON object a line for a machine.

`GATESCOPE_LOG=json` chooses the second for everything that is logged, Streamlit's own lines
included. An incident is logged once, by `app/incidents.py`, with its number.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime

OPTION = "GATESCOPE_LOG"
EXTRAS = ("incident", "at")
TWICE = "Uncaught app execution"  # what Streamlit logs of an error that is an incident here


class JSONLines(logging.Formatter):
    """Writes a record as one line of JSON: time (UTC), level, logger, message, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in EXTRAS if hasattr(record, name)},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logs() -> None:
    """Have every logger of this process write in the form that `GATESCOPE_LOG` asks for."""
    ours = logging.getLogger("gatescope")
    if not ours.handlers:
        ours.addHandler(logging.StreamHandler())
        ours.handlers[0].setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        ours.setLevel(logging.INFO)
        ours.propagate = False
    logging.getLogger("streamlit.error_util").addFilter(lambda record: record.msg != TWICE)
    if os.environ.get(OPTION) == "json":
        for logger in [logging.getLogger(), *_loggers()]:
            for handler in logger.handlers:
                handler.setFormatter(JSONLines())


def _loggers() -> list[logging.Logger]:
    known = logging.Logger.manager.loggerDict.values()
    return [logger for logger in known if isinstance(logger, logging.Logger)]
