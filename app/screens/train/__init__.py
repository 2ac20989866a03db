"""The page Train: choose a task, train a network, watch it learn."""
