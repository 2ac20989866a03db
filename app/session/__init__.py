"""One reader's session: what is looked at, what is remembered, what is loaded for it."""
