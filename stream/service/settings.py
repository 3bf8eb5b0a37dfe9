"""Settings: environment variables `DIDEBAN_*` → one frozen `Settings`, read once at start.

Each secret can also lie in a file that `DIDEBAN_…_FILE` names (Docker and Kubernetes secrets). A variable that begins
with `DIDEBAN_` and is not in the list is an error: a misspelt setting must not pass in silence. docs/settings.md is
written by `dideban schemas` from this class.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from stream.service.exits import Exit, Stop

PREFIX = "DIDEBAN_"
NOT_OURS = frozenset({f"{PREFIX}CACHE_DIR"})  # read by `dideban kafka` and `demo`, harmless to a worker


class Settings(BaseSettings):
    """All that a newsroom can set from outside. Times are seconds, sizes bytes."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True, hide_input_in_errors=True
    )

    broker: str = Field("127.0.0.1:9092", description="Kafka brokers, `host:port`, several with commas between")
    broker_wait: float = Field(30.0, gt=0, description="seconds to wait for a broker at start before giving up")
    group: str = Field("dideban", pattern=r"^[A-Za-z0-9._-]+$", description="consumer group; also the client's name")
    instance: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9._-]+$",
        description="name of this worker in the group for static membership: a restart within the session timeout "
        "moves no partition; unset: dynamic membership. Each worker needs its own",
    )
    session_timeout: float = Field(
        30.0, ge=6, le=80, description="seconds without a heartbeat after which a worker counts as gone"
    )
    commit_interval: float = Field(1.0, gt=0, description="seconds between commits of what has been handled")
    linger: float = Field(
        0.0, ge=0, le=1, description="seconds that a send waits for company; 0 is best for latency, see docs"
    )

    topic_prefix: str = Field("", pattern=r"^[A-Za-z0-9._-]*$", description="put before the name of every topic")
    articles: str = Field("articles", pattern=r"^[A-Za-z0-9._-]+$", description="topic that articles arrive on")
    tagged: str = Field("articles.tagged", pattern=r"^[A-Za-z0-9._-]+$", description="topic of tagged articles")
    rejected: str = Field("articles.rejected", pattern=r"^[A-Za-z0-9._-]+$", description="topic of rejected records")
    mentions: str = Field("mentions", pattern=r"^[A-Za-z0-9._-]+$", description="topic of the ordered log of mentions")
    alerts: str = Field(
        "alerts", pattern=r"^[A-Za-z0-9._-]+$", description="topic of alerts; each desk has its own, `<alerts>.<desk>`"
    )
    agenda: str = Field(
        "agenda",
        pattern=r"^[A-Za-z0-9._-]+$",
        description="topic of what is planned for a day; it never goes to alerts",
    )
    partitions: int = Field(4, ge=1, le=1000, description="partitions of `articles` where Dideban creates the topic")
    replication: int = Field(
        -1, ge=-1, le=7, description="replicas of topics that Dideban creates; -1 takes the broker's default"
    )

    data_dir: Path = Field(Path(".dideban"), description="folder for what a worker keeps on disk; nothing vital")
    rulebook: Path | None = Field(None, description="folder of own rules, lexicons and policy; unset: as delivered")
    controls: Path | None = Field(
        None, description="file of mutes and watches, or folder of such .yaml files; read again when they change"
    )
    tick: float = Field(
        60.0, ge=0, le=3600, description="seconds between ticks into the log, by which embargoes and mutes end; 0: none"
    )
    body_bytes: int = Field(1_000_000, ge=1000, description="largest body of an article, in bytes of UTF-8")

    web_host: str = Field("127.0.0.1", description="address of /metrics, /livez and /readyz; 0.0.0.0 in a container")
    web_port: int = Field(8080, ge=0, le=65535, description="their port; 0 takes a free one and logs it")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level that is logged")

    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = Field(
        None, description="how to log in to Kafka; unset: without login"
    )
    sasl_user: str | None = Field(None, description="user name for SASL")
    sasl_password: SecretStr | None = Field(None, description="password for SASL")
    tls: bool = Field(
        False, description="encrypt the connection to Kafka; set by itself where `TLS_CA` or `TLS_CERT` is"
    )
    tls_ca: Path | None = Field(None, description="file of trusted authorities (PEM); unset: those of the system")
    tls_cert: Path | None = Field(None, description="file of the client's certificate (PEM)")
    tls_key: Path | None = Field(None, description="file of the client's private key (PEM)")
    tls_key_password: SecretStr | None = Field(None, description="password of the private key")

    @field_validator("broker")
    @classmethod
    def _hosts_and_ports(cls, value: str) -> str:
        for part in value.split(","):
            host, colon, port = part.strip().rpartition(":")
            if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
                raise ValueError(f"{part.strip()!r} is not host:port; write kafka1:9092,kafka2:9092")
        return ",".join(part.strip() for part in value.split(","))

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        if self.sasl_mechanism and not (self.sasl_user and self.sasl_password):
            raise ValueError(f"{PREFIX}SASL_MECHANISM is set: {PREFIX}SASL_USER and {PREFIX}SASL_PASSWORD are needed")
        if self.sasl_user and not self.sasl_mechanism:
            raise ValueError(f"{PREFIX}SASL_USER is set: say how to log in by {PREFIX}SASL_MECHANISM")
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError(f"{PREFIX}TLS_CERT and {PREFIX}TLS_KEY go together")
        for name in ("tls_ca", "tls_cert", "tls_key"):
            path = getattr(self, name)
            if path is not None and not path.is_file():
                raise ValueError(f"{PREFIX}{name.upper()}: no such file: {path}")
        names = [self.articles, self.tagged, self.rejected, self.mentions, self.alerts, self.agenda]
        if len(set(names)) < len(names):
            raise ValueError(f"two topics have the same name: {', '.join(names)}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFiles(settings_cls)

    def topic(self, name: str) -> str:
        """The full name of a topic: `topic("alerts.diplomacy")` → `<prefix>alerts.diplomacy`."""
        return self.topic_prefix + name


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that `DIDEBAN_<NAME>_FILE` names; its last line break does not count."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        if not path or not is_secret(field):
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n"), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            raise Stop(Exit.USAGE, f"{PREFIX}{field_name.upper()}_FILE: {path} can't be read: {error}") from error

    def __call__(self) -> dict[str, Any]:
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, _ = self.get_field_value(field, name)
            if value is not None:
                found[key] = value
        return found


def is_secret(field: Any) -> bool:
    """Whether a field holds a secret, so that it has a `_FILE` variable and is never shown."""
    return field.annotation is SecretStr or SecretStr in get_args(field.annotation)


def variables() -> list[str]:
    """Every environment variable that is read."""
    names = []
    for name, field in Settings.model_fields.items():
        names.append(PREFIX + name.upper())
        if is_secret(field):
            names.append(f"{PREFIX}{name.upper()}_FILE")
    return names


def load_settings(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from the environment; `given` (from a command's options) goes first.

    Raises Stop(USAGE) with a sentence that names the variable.
    """
    known = variables()
    for name in environ if environ is not None else os.environ:
        if name.startswith(PREFIX) and name not in known and name not in NOT_OURS:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
            hint = f"; did you mean {near[0]}?" if near else "; see docs/settings.md"
            raise Stop(Exit.USAGE, f"{name} is no setting of Dideban{hint}")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            where = "".join(f"{PREFIX}{str(part).upper()}: " for part in problem["loc"][:1])
            lines.append(where + problem["msg"].removeprefix("Value error, "))
        raise Stop(Exit.USAGE, "\n".join(lines)) from None


def _choices(annotation: Any) -> list[str]:
    """The words that a setting may have, where its type is a closed list of words; also where it may be unset."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for part in get_args(annotation) for word in _choices(part)]


def table() -> str:
    """The settings as a Markdown table, as docs/settings.md holds it."""
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = "unset" if field.default is None else f"`{field.default}`" if str(field.default) else "empty"
        variable = f"`{PREFIX}{name.upper()}`"
        if is_secret(field):
            variable += f", `{PREFIX}{name.upper()}_FILE`"
        choices = _choices(field.annotation)
        said = (field.description or "").strip() + (f"; one of {', '.join(choices)}" if choices else "")
        rows.append(f"| {variable} | {default} | {said} |")
    return "\n".join(rows) + "\n"
