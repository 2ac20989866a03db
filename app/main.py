"""The entry point: `streamlit run app/main.py`. It finds its own package and runs the pages.

Streamlit imports this module for the server, `app`, and then runs it as a script, once for each
thing that a reader does.

The folder that this file stands in is the package: `app` in a checkout, `gatescope` where it was
installed. Streamlit puts the folder itself on the path, so the one above is added here.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from streamlit.starlette import App

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

if __name__ == "__main__":
    import_module(f"{HERE.name}.navigation").run()
else:
    served, incidents = (import_module(f"{HERE.name}.{name}") for name in ("served", "incidents"))
    app: Any = App(  # `streamlit run` looks for this
        __file__, lifespan=served.started, on_script_error=incidents.on_script_error
    )
    app = served.served(app)
