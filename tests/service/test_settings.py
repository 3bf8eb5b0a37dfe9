"""Settings: what is wrong names its variable, secrets stay secret, the docs say what the class says."""

import ssl
from pathlib import Path

import pytest

from stream.service import settings as module
from stream.service.connection import client_arguments, tls_context
from stream.service.exits import Exit, Stop
from stream.service.options import topic_named
from stream.service.settings import load_settings, variables


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours from outside."""
    for name in variables():
        monkeypatch.delenv(name, raising=False)


def test_everything_has_a_default_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().broker == "127.0.0.1:9092"
    monkeypatch.setenv("DIDEBAN_BROKER", " kafka1:9092, kafka2:9093 ")
    monkeypatch.setenv("DIDEBAN_TOPIC_PREFIX", "news.")
    found = load_settings()
    assert found.broker == "kafka1:9092,kafka2:9093"
    assert found.topic(found.mentions) == "news.mentions"
    assert load_settings(broker="k:1", web_port=None).broker == "k:1"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIDEBAN_INSTANCE", "")
    assert load_settings().instance is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BROKER", "kafka", "DIDEBAN_BROKER: 'kafka' is not host:port"),
        ("BROKER", "kafka:99999", "DIDEBAN_BROKER: 'kafka:99999' is not host:port"),
        ("WEB_PORT", "many", "DIDEBAN_WEB_PORT: "),
        ("PARTITIONS", "0", "DIDEBAN_PARTITIONS: "),
        ("TOPIC_PREFIX", "a b", "DIDEBAN_TOPIC_PREFIX: "),
        ("SASL_USER", "me", "DIDEBAN_SASL_USER is set: say how to log in by DIDEBAN_SASL_MECHANISM"),
        ("SASL_MECHANISM", "PLAIN", "DIDEBAN_SASL_USER and DIDEBAN_SASL_PASSWORD are needed"),
        ("TLS_CERT", "/nowhere/cert.pem", "DIDEBAN_TLS_CERT and DIDEBAN_TLS_KEY go together"),
        ("TLS_CA", "/nowhere/ca.pem", "DIDEBAN_TLS_CA: no such file"),
        ("ALERTS", "mentions", "two topics have the same name"),
        ("BROKRE", "k:1", "DIDEBAN_BROKRE is no setting of Dideban; did you mean DIDEBAN_BROKER?"),
        ("COLOUR", "red", "DIDEBAN_COLOUR is no setting of Dideban; see docs/settings.md"),
        ("SASL_PASSWORD_FILE", "/nowhere/secret", "DIDEBAN_SASL_PASSWORD_FILE: /nowhere/secret can't be read"),
    ],
)
def test_what_is_wrong_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"DIDEBAN_{name}", value)
    with pytest.raises(Stop) as caught:
        load_settings()
    assert said in str(caught.value)
    assert caught.value.code is Exit.USAGE


def test_a_secret_comes_from_a_file_and_is_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("open sesame\n")
    monkeypatch.setenv("DIDEBAN_SASL_MECHANISM", "SCRAM-SHA-512")
    monkeypatch.setenv("DIDEBAN_SASL_USER", "desk")
    monkeypatch.setenv("DIDEBAN_SASL_PASSWORD_FILE", str(tmp_path / "password"))
    found = load_settings()
    assert "open sesame" in client_arguments(found).values()
    assert client_arguments(found)["security_protocol"] == "SASL_PLAINTEXT"
    for shown in (repr(found), str(found), found.model_dump_json()):
        assert "sesame" not in shown


def test_a_wrong_secret_is_not_shown_in_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIDEBAN_SASL_PASSWORD", "open sesame")
    monkeypatch.setenv("DIDEBAN_SASL_MECHANISM", "GUESS")
    with pytest.raises(Stop) as caught:
        load_settings()
    assert "DIDEBAN_SASL_MECHANISM" in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_tls_checks_names_and_certificates() -> None:
    assert tls_context(load_settings()) is None
    context = tls_context(load_settings(tls=True))
    assert context is not None
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert client_arguments(load_settings(tls=True))["security_protocol"] == "SSL"


def test_our_topics_take_the_prefix_and_others_do_not() -> None:
    found = load_settings(topic_prefix="news.")
    assert [topic_named(found, name) for name in ("alerts", "alerts.economy", "wire")] == [
        "news.alerts",
        "news.alerts.economy",
        "wire",
    ]


def test_the_table_has_every_variable_with_its_default() -> None:
    table = module.table()
    assert all(f"`{name}`" in table for name in variables())
    assert "| `DIDEBAN_SASL_PASSWORD`, `DIDEBAN_SASL_PASSWORD_FILE` | unset |" in table
    assert "; one of DEBUG, INFO, WARNING, ERROR |" in table
    assert "; one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 |" in table


def test_the_folder_of_the_broker_is_no_misspelt_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_settings()
    monkeypatch.setenv("DIDEBAN_CACHE_DIR", "elsewhere")
    assert load_settings() == before
