"""The entry point: `streamlit run app/main.py`. Path, page, navigation, nothing else."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # `streamlit run` puts app/ on the path, not the folder above it
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from app import memory_words, model_words, train_words, words  # noqa: E402
from app.screens import explore, memory, train, your_model  # noqa: E402

HERE = Path(__file__).parent
st.set_page_config(page_title=words.TITLE, page_icon=str(HERE / "icon.svg"), layout="wide")
st.html(HERE / "page.css")
st.logo(HERE / "logo.svg", size="large")
st.navigation(
    [
        st.Page(explore.page, title="Explore", default=True),
        st.Page(memory.page, title=memory_words.TITLE, url_path="memory"),
        st.Page(train.page, title=train_words.TITLE, url_path="train"),
        st.Page(your_model.page, title=model_words.TITLE, url_path="model"),
    ],
    position="top",
).run()
