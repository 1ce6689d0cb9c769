"""Where conversations are kept: in memory, in a SQLite file, or in PostgreSQL."""

from bot.store.opening import open_store, store_at
from bot.store.protocol import Kept, Move, Store, StoreError

__all__ = ["Kept", "Move", "Store", "StoreError", "open_store", "store_at"]
