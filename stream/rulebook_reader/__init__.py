"""Reads the rulebook (`stream/rulebook/`, YAML) into the frozen records that the core works with."""
