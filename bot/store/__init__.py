"""Where conversations are kept: in memory, in a SQLite file, or in PostgreSQL."""

from bot.store.opening import LateStore, open_store
from bot.store.protocol import Kept, Store, StoreError, Turn

__all__ = ["Kept", "LateStore", "Store", "StoreError", "Turn", "open_store"]
