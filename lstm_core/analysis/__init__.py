"""What a trace can be asked: each module is one question."""
