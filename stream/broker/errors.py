"""What can go wrong with the broker that the project starts itself: every error says what to do about it."""


class BrokerError(Exception):
    """The broker, or something it needs, is not to be had; the message says what and the remedy."""


class ExtraMissingError(BrokerError):
    """The Python packages of the extra `broker` are not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"the Python package {package} is not installed; Kafka needs it: pip install 'dideban[broker]'"
        )


class JarDigestError(BrokerError):
    """A jar is not the one that the lock names."""


class JarUnavailableError(BrokerError):
    """A jar could not be downloaded."""


class PortTakenError(BrokerError):
    """Another process listens on the wanted port."""


class StartFailedError(BrokerError):
    """Kafka ended, or did not answer in time; the message carries the tail of its log."""
