"""How to reach Kafka: one place that turns settings into arguments of aiokafka, and waits for the broker at start."""

import asyncio
import logging
import ssl
from typing import Any

import aiokafka
import aiokafka.errors
from aiokafka.admin import AIOKafkaAdminClient

from stream.service.exits import Exit, Stop
from stream.service.settings import Settings


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """The TLS context, or None for a plain connection. Host names and certificates are always checked."""
    if not (settings.tls or settings.tls_ca or settings.tls_cert):
        return None
    context = ssl.create_default_context(cafile=str(settings.tls_ca) if settings.tls_ca else None)
    if settings.tls_cert and settings.tls_key:
        password = settings.tls_key_password.get_secret_value() if settings.tls_key_password else None
        context.load_cert_chain(str(settings.tls_cert), str(settings.tls_key), password)
    return context


def client_arguments(settings: Settings) -> dict[str, Any]:
    """Arguments that every client of aiokafka takes: address, protocol, login."""
    context = tls_context(settings)
    arguments: dict[str, Any] = {
        "bootstrap_servers": settings.broker.split(","),
        "client_id": settings.group,
        "security_protocol": "PLAINTEXT" if context is None else "SSL",
        "ssl_context": context,
    }
    if settings.sasl_mechanism and settings.sasl_password:
        arguments |= {
            "security_protocol": "SASL_PLAINTEXT" if context is None else "SASL_SSL",
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_user,
            "sasl_plain_password": settings.sasl_password.get_secret_value(),
        }
    return arguments


class _Listener(logging.Handler):
    """Keeps the last thing aiokafka complained about, and nothing of it on the screen, while we knock."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


async def connect(settings: Settings) -> AIOKafkaAdminClient:
    """A started admin client; close it yourself.

    Raises Stop(BROKER_UNREACHABLE) after `broker_wait` seconds without an answer.
    """
    deadline = asyncio.get_running_loop().time() + settings.broker_wait
    listener = _Listener()
    logger = logging.getLogger("aiokafka")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        while True:
            # one knock may not outlast the limit: a packet filter that drops in silence answers never
            left = deadline - asyncio.get_running_loop().time()
            admin = AIOKafkaAdminClient(**client_arguments(settings))
            why: BaseException | None = None
            try:
                await asyncio.wait_for(admin.start(), max(left, 0.1))
            except (aiokafka.errors.KafkaError, OSError, TimeoutError) as error:
                await admin.close()
                why = error
            else:
                return admin
            if asyncio.get_running_loop().time() + 0.25 >= deadline:
                detail = listener.last or str(why) or type(why).__name__
                raise Stop(
                    Exit.BROKER_UNREACHABLE,
                    f"No Kafka broker answers at {settings.broker} (waited {settings.broker_wait:g} s): {detail}. "
                    "Set DIDEBAN_BROKER, or start one with `dideban kafka`.",
                ) from why
            await asyncio.sleep(0.25)
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
