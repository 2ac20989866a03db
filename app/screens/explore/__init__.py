"""The page Explore: step a trained network through a sequence."""
