"""The page Your model: open a model file and step through it."""
