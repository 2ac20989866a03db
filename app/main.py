"""The entry point: `streamlit run app/main.py`. Path, page, navigation, nothing else."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # `streamlit run` puts app/ on the path, not the folder above it
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from app import words  # noqa: E402
from app.pages import explore  # noqa: E402

st.set_page_config(page_title=words.TITLE, page_icon="◗", layout="wide")
st.html(Path(__file__).parent / "page.css")
st.logo(Path(__file__).parent / "logo.svg", size="large")
st.navigation([st.Page(explore.page, title="Explore", default=True)], position="top").run()
