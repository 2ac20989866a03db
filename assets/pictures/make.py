"""Take the README's pictures of the running app: `python -m assets.pictures.make`."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser

from app.export.site import site_files
from app.export.writing import write_files
from benchmarks.visit import app, browser

HERE = Path(__file__).parent

PICTURES = {  # name: address, width, height, dark
    "explore": ("/?demo=first_letter&t=12&unit=0", 1280, 880, False),
    "memory": ("/memory", 1280, 1180, False),
    "train": ("/train?task=temporal_order_6a&length=30&updates=400", 1280, 1420, False),
    "sunspots": ("/?demo=sunspots&t=60&unit=2&all_units=1", 1280, 1180, True),
    "adding": ("/?demo=adding&sequence=Early%20and%20late&t=99&unit=3", 1280, 900, False),
    "phone": ("/?demo=first_letter&t=12&unit=0", 390, 1180, False),
}
# What is waited for.
AT_REST = {"train": "text=Update 400 of 400", "memory": ".st-key-picture-left .js-plotly-plot"}


def main() -> None:
    """Open each address in an empty profile, wait until it rests, and keep what is seen."""
    with app() as server, browser() as chromium:
        for name, (address, width, height, dark) in PICTURES.items():
            page = chromium.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
            )
            page.goto(server.url + address)
            if name == "train":
                page.get_by_role("button", name="Train", exact=True).click()
                page.mouse.move(0, 0)  # a help text would stand over the page
            page.locator(AT_REST.get(name, "[data-timestep]")).first.wait_for(timeout=120_000)
            page.wait_for_timeout(2500)
            page.screenshot(path=HERE / f"{name}.png")
            page.context.close()
        picture_site(chromium)


def picture_site(chromium: Browser) -> None:
    """Keep what a page of the static edition shows, from a plain web server."""
    with TemporaryDirectory() as folder:
        write_files(Path(folder), site_files())
        handler = partial(SimpleHTTPRequestHandler, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            page = chromium.new_page(viewport={"width": 1280, "height": 860})
            page.goto(f"http://127.0.0.1:{server.server_port}/learn/story.html?step=5&t=12")
            page.locator("[data-timestep]").first.wait_for(timeout=120_000)
            page.wait_for_timeout(1000)
            page.screenshot(path=HERE / "site.png")
            page.context.close()
            server.shutdown()


if __name__ == "__main__":
    main()
