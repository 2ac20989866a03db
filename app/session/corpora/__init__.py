"""Corpora of this server: what they are made of, how they are made, and where they are kept."""
