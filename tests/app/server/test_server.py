"""What stands before the app: hosts, headers, and the server's own pages."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document import document
from app.server import hosts, logs, pages
from app.server.headers import POLICY, policy, with_security_headers
from app.server.metrics import exposition
from app.server.uploads import NO_ROOM, PLACE, with_answered_uploads
from app.session import demos
from app.words import hosting as words
from app.words import pages as page_words
from app.words.language import LANGUAGES, speaking

APPS_OWN = "the app's own answer"


async def app(scope, receive, send) -> None:
    """A server that answers everything, and takes what a connection sends."""
    if scope["type"] == "websocket":
        await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": APPS_OWN.encode()})


def asked(server: Any, path: str = "/", kind: str = "http", **headers: str) -> list[dict[str, Any]]:
    """What a server sends to a request."""
    sent: list[dict[str, Any]] = []

    async def send(message) -> None:
        sent.append(message)

    async def receive():
        return {"type": "websocket.receive"}

    path, _, query = path.partition("?")
    scope = {
        "type": kind,
        "path": path,
        "method": "GET",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, server(scope, receive, send)).result()
    return sent


def text(sent: list[dict[str, Any]]) -> str:
    return b"".join(message.get("body", b"") for message in sent).decode()


# Hosts

NUMBERS = st.ip_addresses().map(lambda ip: f"[{ip}]" if ip.version == 6 else str(ip))
STRANGERS = st.from_regex(
    r"[a-z]{1,9}(\.[a-z]{1,9}){0,2}\.(example|localhost\.test)", fullmatch=True
)


@given(NUMBERS, st.integers(1, 65535))
def test_a_number_is_answered_whatever_the_port(number: str, port: int) -> None:
    assert hosts.is_known(number, [])
    assert hosts.is_known(f"{number}:{port}", [])


@given(STRANGERS)
def test_a_name_is_answered_only_where_it_is_allowed(name: str) -> None:
    domain = name.partition(".")[2]
    assert not hosts.is_known(name, [])
    assert not hosts.is_known(name, [f"{name}.org", f"*.{name}", "localhost"])
    assert hosts.is_known(f"{name.upper()}.:8501", [f" {name} "])
    assert hosts.is_known(name, [f"*.{domain}"])
    assert hosts.is_known(name, ["*"])


@pytest.mark.parametrize("host", [None, "", "a@localhost", "localhost/x", "localhost:x", "[::1"])
def test_what_is_no_host_is_not_answered(host: str | None) -> None:
    assert not hosts.is_known(host, ["*"])


def test_names_that_no_stranger_can_point_elsewhere_are_answered() -> None:
    services = ("mine.hf.space", "mine.streamlit.app")
    for host in ("localhost:8501", *services, *hosts.own_names()):
        assert hosts.is_known(host, []), host
        assert text(asked(hosts.with_known_hosts(app), host=host)) == APPS_OWN, host


def test_a_page_under_a_strange_name_gets_neither_an_answer_nor_a_connection() -> None:
    server = hosts.with_known_hosts(app)
    refused = asked(server, host="rebound.example", origin="http://rebound.example")
    assert refused[0]["status"] == 421
    assert "rebound.example" in text(refused)
    assert "--allow-host" in text(refused)
    [closed] = asked(server, kind="websocket", host="rebound.example")
    assert closed["type"] == "websocket.close"


# Headers


def headers_of(sent: list[dict[str, Any]]) -> dict[bytes, bytes]:
    return dict(sent[0]["headers"])


@pytest.mark.parametrize("path", ["/", "/static/js/index.js", "/_stcore/health", "/media/x.svg"])
def test_every_answer_says_what_a_browser_must_not_do(path: str) -> None:
    headers = headers_of(asked(with_security_headers(app), path))
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"default-src" in headers[POLICY.encode()]
    assert (b"sandbox" in headers[POLICY.encode()]) == path.startswith("/media/")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("page", page_words.TITLES)
def test_a_page_runs_the_scripts_that_stand_in_it_and_no_other(page: str, code: str) -> None:
    html = document(page, code)
    rules = dict(rule.split(" ", 1) for rule in policy(html).split("; "))
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", html, re.DOTALL)
    assert scripts
    for script in scripts:
        code_hash = b64encode(sha256(script.encode()).digest()).decode()
        assert f"'sha256-{code_hash}'" in rules["script-src"]
    assert "unsafe" not in rules["script-src"]
    sources = " ".join(rules.values())
    assert not re.search(r"https?:|\*", sources), "nothing comes from elsewhere"


# The server's own pages


def test_a_server_is_ready_where_a_network_loads_and_runs(monkeypatch) -> None:
    assert asked(pages.with_host_pages(app), "/ready")[0]["status"] == 200
    monkeypatch.setattr(pages, "demo_names", tuple)
    failed = asked(pages.with_host_pages(app), "/ready")
    assert failed[0]["status"] == 503
    assert re.fullmatch(r"not ready: incident [0-9a-f]{8}\n", text(failed))


def test_metrics_are_what_prometheus_reads() -> None:
    demos.demo_names()
    for line in exposition().splitlines():
        assert re.fullmatch(
            r"# (HELP gatescope_\w+ .+\.|TYPE gatescope_\w+ (gauge|counter))"
            r'|gatescope_\w+(\{\w+="\w+"\})? \d+',
            line,
        ), line
    assert "gatescope_store_bytes " in exposition()


def test_an_open_page_and_its_messages_are_counted() -> None:
    def value(name: str) -> int:
        return int(re.search(rf"^gatescope_{name} (\d+)$", exposition(), re.M)[1])

    before, seen = value("notices_total"), []

    async def looking(scope, receive, send) -> None:
        await receive()
        seen.append(value("sessions"))

    asked(pages.with_host_pages(looking), kind="websocket")
    assert seen == [value("sessions") + 1]
    assert value("notices_total") == before + 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_kept_about_a_visitor_is_said_in_the_language_of_the_address(code: str) -> None:
    html = text(asked(pages.with_host_pages(app), f"/privacy?language={code}"))
    assert f'<html lang="{code}">' in html
    with speaking(code):
        assert f"<h1>{words.PRIVACY}</h1>" in html


def test_all_else_is_the_apps() -> None:
    for path in ("/", "/readiness", "/learn/metrics"):
        assert text(asked(pages.with_host_pages(app), path)) == APPS_OWN


# Logs


def test_a_line_of_the_log_is_one_json_object_with_the_traceback_in_it() -> None:
    try:
        raise ValueError("what\nwent wrong")
    except ValueError as error:
        record = logging.LogRecord(
            "gatescope", logging.ERROR, "", 0, "incident %s", ("ab12",), (type(error), error, None)
        )
    record.incident = "ab12"
    line = logs.JSONLines().format(record)
    assert "\n" not in line
    read = json.loads(line)
    assert read["message"] == "incident ab12"
    assert (read["level"], read["incident"]) == ("error", "ab12")
    assert "went wrong" in read["traceback"]


# Uploads


def failing(error: Exception, status: int = 500) -> Any:
    """A server whose answer fails, as Starlette's does: the answer is sent, and then it raises."""

    async def fail(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"Internal Server Error"})
        raise error

    return with_answered_uploads(fail)


def test_an_upload_that_finds_no_room_is_answered_in_one_sentence_and_logged_in_a_line(caplog):
    with caplog.at_level(logging.ERROR, "gatescope"):
        start, body = asked(failing(OSError(28, "No space left on device")), f"/{PLACE}a/b")
    assert (start["status"], body["body"].decode()) == (507, NO_ROOM)
    assert [(one.getMessage(), one.exc_info) for one in caplog.records] == [
        ("an upload cannot be written: [Errno 28] No space left on device", None)
    ]


def test_other_requests_and_other_errors_pass_as_they_are():
    with pytest.raises(OSError, match="gone"):
        asked(failing(OSError("gone")), "/media/a")
    with pytest.raises(ValueError, match="else"):
        asked(failing(ValueError("else")), f"/{PLACE}a/b")
    start, body = asked(with_answered_uploads(app), f"/{PLACE}a/b")
    assert (start["status"], body["body"].decode()) == (200, APPS_OWN)
