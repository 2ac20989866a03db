"""The page Learn: lessons on the real stage."""
