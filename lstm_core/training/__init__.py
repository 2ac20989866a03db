"""Training: back-propagation through time, losses, optimisers, initialisations, fit()."""
