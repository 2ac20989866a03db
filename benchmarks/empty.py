"""Streamlit's own empty page: what any app of Streamlit's costs before its own begins."""

import streamlit as st

st.html("<p class='empty'>An empty page</p>")
