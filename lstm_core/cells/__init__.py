"""The cells: each module is one cell, its equations first."""
