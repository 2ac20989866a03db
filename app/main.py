"""The entry point: `streamlit run app/main.py`. It finds its own package and runs the pages.

The folder that this file stands in is the package: `app` in a checkout, `gatescope` where it was
installed. Streamlit puts the folder itself on the path, so the one above is added here.
"""

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

import_module(f"{HERE.name}.navigation").run()
