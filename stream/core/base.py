"""What every record is."""

import msgspec


class Record(msgspec.Struct, frozen=True):
    """Base of all records: frozen. Each is built by keyword only (`kw_only` is not inherited)."""
