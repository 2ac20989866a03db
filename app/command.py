"""The command `gatescope`: open the app, or do without it what `COMMANDS` names.

gatescope                      the app, in the browser
gatescope --port 8600 --address 0.0.0.0 --no-browser
gatescope model.pt --sequence series.csv    the app on files of this machine
gatescope model.pt --corpus DIR    the app on a corpus
gatescope inspect model.pt     what is in a model file
gatescope trace model.pt series.csv --out run.npz
gatescope convert model.keras model.safetensors
gatescope doctor model.pt series.csv mine.npy    the fault in an implementation of yours
gatescope capture --snippet torch    lines that record a model in a process of yours
gatescope site public          the demos and lessons as plain files for any web server
gatescope corpus trace FILES --model M --out DIR    survey and index of many sequences
gatescope train --task adding --cell rnn --out model.npz
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

MAIN = Path(__file__).with_name("main.py")
PROGRAM = "gatescope"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in COMMANDS:
        return COMMANDS[given[0]](given[1:], f"{PROGRAM} {given[0]}")
    made = parser()
    chosen = made.parse_args(given)
    if chosen.version:
        print(f"{PROGRAM} {version(PROGRAM)}")
        return 0
    if not chosen.files and (chosen.sequence or chosen.layer or chosen.corpus):
        made.error("--sequence, --layer and --corpus need the file of a model before them")
    if chosen.files:
        if chosen.address not in {None, "localhost"}:
            made.error(f"--address is {chosen.address!r}: files are shown on this machine alone")
        from .commands import local

        if problem := local.announced(chosen.files, chosen.sequence, chosen.layer, chosen.corpus):
            print(problem, file=sys.stderr)
            return 1
        chosen.address = "localhost"
    open_app(streamlit_options(chosen))
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line that opens the app."""
    made = argparse.ArgumentParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [options] [FILE …]\n       {PROGRAM} {{{','.join(COMMANDS)}}} …",
        description="See an LSTM think: open the app in the browser.",
        epilog="without the app:\n" + "\n".join(_commands()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument(
        "files", nargs="*", metavar="FILE", help="a model to look at, in one file or several"
    )
    made.add_argument(
        "--sequence", action="append", default=[], metavar="FILE", help="sequences for that model"
    )
    made.add_argument(
        "--layer", type=int, default=0, metavar="K", help="its layer to look at first, from 0"
    )
    made.add_argument("--corpus", metavar="DIR", help="a corpus of that model, to be looked at")
    made.add_argument(
        "--port", type=port, help="where it listens (8501, or the next one that is free)"
    )
    made.add_argument(
        "--address", help="who can reach it (localhost: this machine only; 0.0.0.0: the network)"
    )
    made.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name that it answers to, beside this machine's own and its numbers; *.school.edu",
    )
    made.add_argument(
        "--base-path", metavar="/PATH", help="below which path it answers, behind a proxy"
    )
    made.add_argument("--no-browser", action="store_true", help="open no window, only listen")
    made.add_argument("--version", action="store_true", help="say which version this is")
    return made


def _commands() -> Iterator[str]:
    """A line for each command that needs no app: what is typed, and what it does."""
    for name, command in COMMANDS.items():
        yield f"  {PROGRAM} {name:14} {(command.__doc__ or '').split(chr(10))[0]}"


def port(text: str) -> int:
    """Return the number of a port; raises ArgumentTypeError for what is none."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: expected 1 to 65535")
    return int(text)


def streamlit_options(chosen: argparse.Namespace) -> list[str]:
    """Return the options of `streamlit run` that say the same; what is not given is in the file."""
    options = {
        "server.port": chosen.port,
        "server.address": chosen.address,
        "server.baseUrlPath": chosen.base_path,
        "server.headless": "true" if chosen.no_browser else None,
    }
    given = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return given + [f"--server.allowedHosts={name}" for name in chosen.allow_host]


def jupyter_server() -> dict[str, Any]:
    """Return what jupyter-server-proxy starts: the app below the address of a reader's Jupyter.

    The names in braces are filled by the proxy.
    """
    options = ["--port", "{port}", "--no-browser", "--base-path", "{base_url}" + PROGRAM]
    options += [
        "--allow-host",
        "*",
    ]  # Jupyter's own name is not known here, and Jupyter asks who comes
    return {
        "command": [PROGRAM, *options],
        "absolute_url": True,
        "timeout": 60,
        "launcher_entry": {"title": "Gatescope"},
    }


def open_app(options: Sequence[str]) -> None:
    """Serve the app until it is interrupted; its settings are found beside `main.py`.

    Leaves by SystemExit, with Streamlit's exit code and its sentence where it cannot listen.
    """
    from streamlit.web import cli

    cli.main(["run", str(MAIN), *options], prog_name=PROGRAM)


def train(arguments: Sequence[str], program: str) -> int:
    """Train a network, as `python -m lstm_core.training` does."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # it is read when NumPy is imported
    from lstm_core import training_command

    return training_command.main(arguments, program)


def inspect(arguments: Sequence[str], program: str) -> int:
    """Say what is in model files."""
    from .commands import inspect

    return inspect.main(arguments, program)


def trace(arguments: Sequence[str], program: str) -> int:
    """Write every signal of a run."""
    from .commands import trace

    return trace.main(arguments, program)


def convert(arguments: Sequence[str], program: str) -> int:
    """Write a model for another program."""
    from .commands import convert

    return convert.main(arguments, program)


def capture(arguments: Sequence[str], program: str) -> int:
    """Print lines that record a model in your process."""
    from .commands import capture

    return capture.main(arguments, program)


def doctor(arguments: Sequence[str], program: str) -> int:
    """Say what is the matter with an implementation."""
    from .commands import doctor

    return doctor.main(arguments, program)


def corpus(arguments: Sequence[str], program: str) -> int:
    """Survey and index many sequences, on one machine or several."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a block is one core's
    from .commands.corpus import command

    return command.main(arguments, program)


def site(arguments: Sequence[str], program: str) -> int:
    """Write demos and lessons as plain files for a web server."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads would only wait
    from .commands import site

    return site.main(arguments, program)


COMMANDS: Mapping[str, Callable[[Sequence[str], str], int]] = {
    "inspect": inspect,
    "trace": trace,
    "convert": convert,
    "capture": capture,
    "doctor": doctor,
    "corpus": corpus,
    "site": site,
    "train": train,
}
"""What can be done without the app; each is imported when it is asked for."""
