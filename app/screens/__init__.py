"""The pages, each a table of contents: read the view, load, place controls, place figures."""
