"""The fast way through a model: the numbers that traces give, several times faster.

A trace keeps everything that a reader may look at, sequence by sequence. An update needs less,
and throws it away: here signals are feature-major, (T, H, N), so that all units and sequences
of a gate lie side by side in memory and every operation runs through them in one go, however
small the network is. Arrays are written over by the next update. A property test holds that
this way and that of traces (`training.recorded`) give the same loss and gradients.
"""

from .buffers import Buffers
from .model_pass import fast_gradients, fast_loss, supports

__all__ = ["Buffers", "fast_gradients", "fast_loss", "supports"]
