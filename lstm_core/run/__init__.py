"""The run of a cell over a sequence: the trace, and the kernels that fill it fast."""
