"""The parts that several pages use: toolbar, stage, details, sequence input."""
