"""How often one client may ask for work: a leaky bucket per address, in bounded memory."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from emotion_stream.errors import RateLimited

MAX_CLIENTS = 10_000


class RateLimit:
    """`per_minute` calls at once, after that one every 60 / `per_minute` seconds.

    Kept as the time at which a client's bucket is empty again (the generic cell rate algorithm of
    ITU-T I.371), so a client is one number; the ones seen longest ago are forgotten first.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._empty_at: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str) -> None:
        """Count one call. Raises RateLimited with the seconds to wait."""
        now, interval_s = self._clock(), 60 / self._per_minute
        empty_at = max(self._empty_at.get(client, now), now) + interval_s
        wait_s = empty_at - now - 60
        if wait_s > 1e-6:
            raise RateLimited(
                f"More than {self._per_minute} recordings in a minute. "
                f"Try again in {math.ceil(wait_s)} s.",
                retry_after_s=math.ceil(wait_s),
            )
        self._empty_at[client] = empty_at
        self._empty_at.move_to_end(client)
        if len(self._empty_at) > MAX_CLIENTS:
            self._empty_at.popitem(last=False)
