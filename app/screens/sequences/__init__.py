"""Sequences: all of a reader's sequences at once, surveyed and searched."""
