"""Reads the rulebook (`stream/rulebook/`, YAML) into the frozen records that the core works with."""

from stream.rulebook_reader.book import load
from stream.rulebook_reader.errors import RulebookError

__all__ = ["RulebookError", "load"]
