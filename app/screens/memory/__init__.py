"""The page Memory: networks side by side, and what each still knows."""
