"""Archives of files: a zip or tar with model files among others.

Stable-Baselines3 zips `policy.pth` with its optimiser and its settings; people zip the folder
of a run. Every file in the archive that is a model file by its content is opened; those with
recurrent layers are the parts of the archive, and `Options.part` opens one of them.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ..model import Model
from ..model.findings import Findings
from ..record import record
from .containers import MAX_ENTRIES, entry_view, open_zip
from .door import Options, open_source, recognised
from .errors import ModelFileError, shown
from .run_folder import with_settings
from .shards import is_later_part
from .source import Readable, Source

MAX_OPENED = 64  # files of one archive that are opened as models
NESTED = ("archives", "compressed")  # in an archive they are passed over
INNER = ": "  # between a file and the part inside it


@record
class Opened:
    """A file of an archive that holds a model, and the names of its own parts."""

    name: str
    source: Source
    model: Model

    @property
    def parts(self) -> list[str]:
        """What `Options.part` calls the models in this file."""
        inner = self.model.findings.parts if self.model.findings else ()
        return [f"{self.name}{INNER}{part}" for part in inner] or [self.name]


def read(source: Source, options: Options) -> Model:
    """Return the model in an archive: the first, or the one that `options.part` names.

    Raises ModelFileError where no file in it is a model, and where there is no such part.
    """
    return model_of_files(dict(_files(source)), source.allowance, options)


def model_of_files(
    files: Mapping[str, Readable], allowance: int, options: Options, where: str = "in an archive"
) -> Model:
    """Return the model among some files; each may keep its weights in another of them.

    All models together may take `allowance` bytes. Raises ModelFileError as `read` does.
    """
    opened, problems = _opened(files, allowance, options)
    if not opened:
        raise ModelFileError(_without_models(list(files), problems, where))
    parts = tuple(part for one in opened for part in one.parts)
    if options.part is not None and options.part not in parts:
        named = ", ".join(shown(part) for part in parts[:10])
        raise ModelFileError(
            f"There is no part {shown(options.part)} {where}: expected one of {named}."
        )
    part = options.part or parts[0]
    chosen = next(one for one in opened if part in one.parts)
    inner = part.removeprefix(chosen.name).removeprefix(INNER) or None
    model = chosen.model if inner is None else open_source(chosen.source, _only(options, inner))
    model = with_settings(model, chosen.name, files)
    findings = model.findings or Findings(
        format="Gatescope archive", places=tuple(layer.name for layer in model.layers)
    )
    return replace(
        model,
        findings=replace(
            findings,
            format=f"{findings.format}, {chosen.name} {where}",
            entry=chosen.name,
            parts=parts if len(parts) > 1 else (),
        ),
    )


def _only(options: Options, part: str | None) -> Options:
    return replace(options, part=part)


def _opened(
    files: Mapping[str, Readable], allowance: int, options: Options
) -> tuple[list[Opened], dict[str, str]]:
    """Return the models in an archive, and why other files that look like models do not open."""
    opened: list[Opened] = []
    problems: dict[str, str] = {}
    for name, content in files.items():
        if is_later_part(name, files):
            continue
        inner = Source(content, PurePosixPath(name).name, _beside(name, files))
        try:
            known = recognised(inner)
        except ModelFileError:
            continue
        if known.module in NESTED or len(opened) + len(problems) >= MAX_OPENED:
            continue
        try:
            model = open_source(inner, _only(options, None))
        except ModelFileError as error:
            problems[name] = str(error)
        else:
            opened.append(Opened(name=name, source=inner, model=model))
        held = sum(one.model.size * one.model.dtype.itemsize for one in opened)
        if held > allowance:
            raise ModelFileError(
                f"The models take {held} bytes, many times what their files hold: that is refused."
            )
    return opened, problems


def _beside(name: str, files: Mapping[str, Readable]) -> dict[str, Readable]:
    """The files in the same folder as `name` or below it, by their path from there."""
    folder = name.rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    return {other.removeprefix(start): files[other] for other in files if other.startswith(start)}


def _files(source: Source) -> Iterator[tuple[str, memoryview]]:
    """Yield each file of an archive that is not hidden, with its content."""
    files = _tar_files(source) if is_tar(source) else _zip_files(source)
    for name, content in files:
        hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
        if not hidden:
            yield name, content


def is_tar(source: Source) -> bool:
    """Whether a file is a tar archive that is not compressed."""
    return bytes(source.view[257:262]) == b"ustar"


def _zip_files(source: Source) -> Iterator[tuple[str, memoryview]]:
    with open_zip(source) as archive:
        entries = [info for info in archive.infolist() if not info.is_dir()]
    for info in entries:
        yield info.filename, entry_view(source, info)


def _tar_files(source: Source) -> Iterator[tuple[str, memoryview]]:
    """Yield the plain files of a tar; links and devices are passed over."""
    try:
        with source.open() as file, tarfile.open(fileobj=file, mode="r:") as archive:
            for count, member in enumerate(archive):
                if count > MAX_ENTRIES:
                    raise ModelFileError(f"The tar archive lists more than {MAX_ENTRIES} files.")
                end = member.offset_data + member.size
                if member.isreg() and not member.issparse() and end <= source.size:
                    yield member.name, source.view[member.offset_data : end]
    except (tarfile.TarError, ValueError, OSError, EOFError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError("The tar archive is damaged or cut off.") from error


def _without_models(names: list[str], problems: dict[str, str], where: str) -> str:
    if problems:
        name, problem = next(iter(problems.items()))
        return f"No file {where} opens. {shown(name)}: {problem}"
    listed = ", ".join(shown(name) for name in names[:5]) or "no files"
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return (
        f"There are {listed}{more} {where}: none of them is a model file known here; put the "
        "file that your framework saved into it, or open that file itself."
    )
