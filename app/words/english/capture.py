"""Every sentence of captured runs: what was recorded where a model lives. Texts here are plain."""

from __future__ import annotations

from .common import count

CAPTURE = (
    "Print Python text that records a model's recurrent layers where Gatescope is not installed, "
    "and writes the file that the app opens. In a process that has it: with "
    "gatescope.capture(model) as run: model(batch); then run.save('run.gatescope.npz')."
)
SNIPPET = "the framework: torch or keras"

# On the page
HEAD = "Your model is part of something larger, or its file does not open?"
INTRO = (
    "Capture it where it lives: run these lines in your own Python, with your own data, and open "
    "the file that they write. Nothing is converted and nothing guessed: the file holds the "
    "weights of every recurrent layer, what each really read, and what it answered."
)
INSTALLED = (
    "import gatescope\n\n"
    "with gatescope.capture(model) as run:  # a torch.nn.Module or a keras.Model\n"
    "    model(batch)  # any forward pass: a rollout, a stream, a pipeline\n"
    'run.save("run.gatescope.npz")\n'
)
WITHOUT = "Without installing Gatescope"
FRAMEWORKS = {"torch": "PyTorch", "keras": "Keras"}
NO_CHECK = (
    "Your framework's own outputs are in the file, and were compared above: there is nothing left "
    "to run."
)


def seam(call: int) -> str:
    """Name the timestep at which another call begins, counted from 1."""
    return f"call {call:,} begins"


def recorded_name(first: int, calls: int, row: int, rows: int) -> str:
    """Name a recorded sequence by its calls and its place in the batch, counted from 0."""
    last = first + calls
    spelled = f"Call {first + 1:,}" if calls == 1 else f"Calls {first + 1:,} to {last:,}"
    return f"{spelled}, sequence {row + 1:,} of {rows:,}" if rows > 1 else spelled


def recorded_note(timesteps: int, shown: int, calls: int) -> str:
    """Say what a recorded sequence is, and what of it is shown."""
    read = f"Recorded where your model lives: {count(timesteps, 'timestep')}"
    if calls > 1:
        every = calls == timesteps
        read += ", one in each call" if every else f" in {calls:,} calls, marked where each begins"
    cut = f" Only the first {shown:,} fit here." if shown < timesteps else ""
    return f"{read}.{cut}"


def agrees(numbers: int, sequences: int, difference: float, tolerance: float) -> str:
    """Say that what was recorded is what we compute, and by how much they differ."""
    return (
        f"✓ Your framework answered the same: {count(numbers, 'recorded number')} in "
        f"{count(sequences, 'sequence')} differ from ours by at most {difference:.2g} "
        f"(rounding explains {tolerance:g})."
    )


def differs(numbers: int, sequences: int, difference: float, tolerance: float) -> str:
    """Say that what was recorded is not what we compute, and by how much they differ."""
    return (
        f"✗ Your framework answered something else: {count(numbers, 'recorded number')} in "
        f"{count(sequences, 'sequence')} differ from ours by up to {difference:.2g}, more than "
        f"the {tolerance:g} that rounding explains."
    )


def largest(name: str, t: int, unit: int, ours: float, theirs: float) -> str:
    """Say where the difference is largest, and the two numbers there."""
    return f"Most at timestep {t} of {name}, output {unit}: {ours:.7g} here, {theirs:.7g} recorded."


def nothing_recorded(name: str) -> str:
    """Say that a file has no sequence of its own."""
    return f"{name} holds no recorded sequences: give a file with sequences as DATA."
