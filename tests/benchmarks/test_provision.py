"""How the tests come by a browser, on machines that this one is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from benchmarks.provision import (
    DEBIAN_PACKAGE,
    PLAYWRIGHT_DOWNLOAD,
    VARIABLE,
    Machine,
    NoBrowserError,
    provide_browser,
)

DOWNLOADED = "/cache/chromium-1/chrome"
PACKAGED = "/usr/bin/chromium"


@dataclass
class Fake:
    """A machine made up for a test; it remembers what it was told to run."""

    starting: set[str] = field(default_factory=set)  # browsers that run
    broken: set[str] = field(default_factory=set)  # files that are there and do not run
    download: bool = False  # whether Playwright's download works
    package: bool = False  # whether Debian's package can be installed
    ran: list[tuple[str, ...]] = field(default_factory=list)

    def machine(self, **told: object) -> Machine:
        """Return this machine as provisioning sees it."""
        settings = {"environment": {}, "debian": True, "root": True, "windows": False} | told
        return Machine(
            which=lambda name: next((p for p in self.files() if p.endswith("/" + name)), None),
            is_file=lambda path: path in self.files(),
            run=self.run,
            playwright_executable=lambda: DOWNLOADED,
            **settings,  # type: ignore[arg-type]
        )

    def files(self) -> set[str]:
        return self.starting | self.broken

    def run(self, command: tuple[str, ...], seconds: float) -> bool:
        self.ran.append(command)
        if command[1:] == ("--version",):
            return command[0] in self.starting
        if command == PLAYWRIGHT_DOWNLOAD:
            self.starting |= {DOWNLOADED} if self.download else set()
            return self.download
        assert command in DEBIAN_PACKAGE
        if command == DEBIAN_PACKAGE[1] and self.package:
            self.starting.add(PACKAGED)
        return self.package

    def installing(self) -> list[tuple[str, ...]]:
        return [command for command in self.ran if command[1:] != ("--version",)]


@pytest.mark.parametrize(
    "path",
    [
        "/usr/bin/google-chrome",
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        DOWNLOADED,
    ],
)
def test_an_installed_browser_is_used_and_nothing_is_installed(path: str) -> None:
    fake = Fake(starting={path}, download=True, package=True)
    assert provide_browser(fake.machine()) == path
    assert fake.installing() == []


def test_an_installed_browser_that_does_not_start_is_passed_over() -> None:
    fake = Fake(starting={"/usr/bin/chromium"}, broken={"/usr/bin/google-chrome"})
    assert provide_browser(fake.machine()) == "/usr/bin/chromium"


def test_on_windows_a_browser_is_not_asked_its_version_because_it_would_open_a_window() -> None:
    path = "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"
    fake = Fake(starting={path})
    assert provide_browser(fake.machine(windows=True, debian=False, root=False)) == path
    assert fake.ran == []


def test_without_a_browser_playwright_downloads_one() -> None:
    fake = Fake(download=True, package=True)
    assert provide_browser(fake.machine()) == DOWNLOADED
    assert fake.installing() == [PLAYWRIGHT_DOWNLOAD]


def test_where_the_download_is_refused_debian_installs_its_package() -> None:
    fake = Fake(package=True)
    assert provide_browser(fake.machine()) == PACKAGED
    assert fake.installing() == [PLAYWRIGHT_DOWNLOAD, *DEBIAN_PACKAGE]


@pytest.mark.parametrize("machine", [{"root": False}, {"debian": False}])
def test_debians_package_is_left_alone_without_debian_or_root(machine: dict[str, bool]) -> None:
    fake = Fake(package=True)
    with pytest.raises(NoBrowserError):
        provide_browser(fake.machine(**machine))
    assert fake.installing() == [PLAYWRIGHT_DOWNLOAD]


def test_where_nothing_works_one_sentence_says_what_was_tried_and_what_to_do() -> None:
    with pytest.raises(NoBrowserError) as problem:
        provide_browser(Fake().machine())
    sentence = str(problem.value)
    assert "Playwright's download failed" in sentence
    assert "`apt-get update -qq` failed" in sentence
    assert sentence.endswith(f"install Chrome, Chromium or Edge, or name one in {VARIABLE}.")
    assert "\n" not in sentence


def test_a_browser_named_in_the_environment_is_used_before_all_others() -> None:
    fake = Fake(starting={"/usr/bin/chromium", "/opt/mine"})
    assert provide_browser(fake.machine(environment={VARIABLE: "/opt/mine"})) == "/opt/mine"


def test_a_named_browser_that_does_not_start_is_an_error_and_not_replaced() -> None:
    fake = Fake(starting={"/usr/bin/chromium"})
    with pytest.raises(NoBrowserError, match="'/opt/mine', which does not start"):
        provide_browser(fake.machine(environment={VARIABLE: "/opt/mine"}))
