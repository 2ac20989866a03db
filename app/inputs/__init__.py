"""Bytes in, sequences out: what a reader's files and texts mean. Pure: no Streamlit."""
