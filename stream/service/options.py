"""What the commands that talk to Kafka have in common: `--broker` and settings with a clear error."""

import argparse

from stream.service.settings import Settings, load_settings


def add_broker(parser: argparse.ArgumentParser) -> None:
    """The option that goes before DIDEBAN_BROKER."""
    parser.add_argument("--broker", metavar="HOST:PORT[,…]", help="Kafka brokers (default: DIDEBAN_BROKER)")


def settings_of(options: argparse.Namespace) -> Settings:
    """Settings from the environment and the command's options. Raises Stop(USAGE)."""
    return load_settings(broker=options.broker)


def topic_named(settings: Settings, name: str) -> str:
    """The full name of a topic: one of ours gets the prefix, any other name stays as it is written."""
    ours = {settings.articles, settings.tagged, settings.rejected, settings.mentions, settings.alerts}
    return settings.topic(name) if name in ours or name.startswith(f"{settings.alerts}.") else name
