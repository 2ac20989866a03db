"""nginx as `deploy/nginx.conf.template` sets it up, before processes of the app on this machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .provision import Machine, installing
from .server import ROOT, Server, free_port, serving

TEMPLATE = ROOT / "deploy" / "nginx.conf.template"
HOST = "localhost"
DEBIAN_PACKAGE = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx-light"),
)
AROUND = """
daemon off; master_process off; pid {folder}/pid; error_log stderr error;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {site}
}}
"""


def installed() -> str | None:
    """Return where nginx is; None where there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def provided() -> str | None:
    """Return where nginx is; on Debian, as root, it is installed where there is none."""
    machine = Machine()
    if installed() is None and machine.debian and machine.root:
        with installing():
            installed() or all(machine.run(command, 300) for command in DEBIAN_PACKAGE)
    return installed()


def shared(folder: Path) -> dict[str, str]:
    """Return what processes that stand behind one nginx have in common: secret and folder."""
    secret = "of all the processes of one instance"
    return {"STREAMLIT_SERVER_COOKIE_SECRET": secret, "GATESCOPE_STORE": str(folder)}


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template as envsubst fills it: of the names in braces alone those that are given."""
    return re.sub(r"\$\{(\w+)\}", lambda found: values.get(found[1], found[0]), template)


@contextmanager
def before(ports: Sequence[int], folder: Path, log: Path) -> Iterator[Server]:
    """Run nginx before the processes on these ports, until the block ends; raises as `serving`."""
    port = free_port()
    each = "server 127.0.0.1:{} max_fails=1 fail_timeout=5s;"
    values = {
        "GATESCOPE_HOST": f"{HOST} 127.0.0.1",
        "GATESCOPE_LISTEN": f"127.0.0.1:{port}",
        "GATESCOPE_SERVERS": " ".join(each.format(one) for one in ports),
    }
    site = filled(TEMPLATE.read_text(encoding="utf-8"), values)
    conf = folder / "nginx.conf"
    conf.write_text(AROUND.format(folder=folder, site=site), encoding="utf-8")
    command = [installed() or "nginx", "-p", str(folder), "-c", str(conf)]
    with serving(command, port, log, folder=folder, environment={}) as server:
        yield server
