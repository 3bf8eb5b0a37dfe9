"""What mute, unmute, watch, unwatch and retract share: who asks and why, what is selected, and how it gets to the log."""

import argparse
import asyncio
import getpass
import os
import sys
from typing import Any, get_args

import aiokafka
import aiokafka.errors

from stream.core.controls import Action, Control, Selector, named
from stream.core.records import Level
from stream.service import codec
from stream.service.clock import wall_clock
from stream.service.connection import client_arguments, connect
from stream.service.control_files import KEY
from stream.service.exits import Exit, Stop
from stream.service.options import add_broker, settings_of
from stream.service.settings import Settings

_SELECTED = {
    "type": ("TYPE", "a type or a family of types: attack.armed, attack"),
    "party": ("PARTY", "a party, on either side: IRN, HAMAS, ایران"),
    "place": ("PLACE", "a place of the lexicon"),
    "outlet": ("OUTLET", "the outlet of the report that causes the message"),
    "person": ("PERSON", "a person of the lexicon"),
    "desk": ("DESK", "this desk alone"),
}


def add_selector(parser: argparse.ArgumentParser) -> None:
    """The options that say which alerts are meant."""
    group = parser.add_argument_group("which alerts (all that is given must hold)")
    for name, (metavar, meaning) in _SELECTED.items():
        group.add_argument(f"--{name}", metavar=metavar, help=meaning)
    group.add_argument("--pair", nargs=2, metavar=("PARTY", "PARTY"), help="both are parties")


def add_reason(parser: argparse.ArgumentParser) -> None:
    """The options that every change needs."""
    parser.add_argument("--because", required=True, metavar="WORDS", help="why: it stands in the log and in each alert")
    parser.add_argument("--who", metavar="NAME", help="who asks for it (default: $USER)")
    parser.add_argument("--rulebook", metavar="DIR", help="folder of own rules (DIDEBAN_RULEBOOK)")
    add_broker(parser)


def add_end(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """The options that say when it ends."""
    group = parser.add_mutually_exclusive_group(required=required)
    group.add_argument("--until", metavar="TIME", help="2026-06-01T18:00, or 18:00 for the next one; Tehran's time")
    group.add_argument("--for", dest="span", metavar="SPAN", help="90m, 2h, 3d")


def add_level(parser: argparse.ArgumentParser) -> None:
    """The least level that a watch raises to."""
    parser.add_argument("--level", choices=get_args(Level), default="urgent", help="at least this level (urgent)")


def ask(action: Action, options: argparse.Namespace, target: str = "") -> int:
    """Send a control record to the log; print its id."""
    try:
        settings = settings_of(options)
        control = _control(action, options, target, settings)
        offset = asyncio.run(_send(control, settings))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    print(control.id)
    print(f"{control.words}, by {control.who}: {control.because} (offset {offset} of the log)", file=sys.stderr)
    return Exit.DONE


def _control(action: Action, options: argparse.Namespace, target: str, settings: Settings) -> Control:
    from stream.rulebook_reader import RulebookError, load  # noqa: PLC0415  (compiles the rulebook: not for --help)
    from stream.rulebook_reader.controls import Names, WrongControl, checked, moment, span  # noqa: PLC0415

    now = wall_clock()
    given: dict[str, Any] = {name: getattr(options, name, None) for name in Selector.__struct_fields__}
    selecting = not target
    try:
        until = None
        if getattr(options, "until", None):
            until = moment(options.until, now)
        elif getattr(options, "span", None):
            until = now + span(options.span)
        if until is not None and until <= now:
            raise WrongControl(f"until: {until.isoformat()} has passed")
        control = Control(
            action=action,
            who=(options.who or _user()).strip(),
            because=options.because.strip(),
            at=now,
            until=until,
            select=Names(load(options.rulebook or settings.rulebook)).selector(given) if selecting else Selector(),
            level=getattr(options, "level", None),
            target=target,
        )
        return named(checked(control))
    except WrongControl as error:
        raise Stop(Exit.USAGE, str(error)) from None
    except RulebookError as error:
        raise Stop(Exit.WRONG_RULEBOOK, str(error)) from None


def _user() -> str:
    try:
        return os.environ.get("USER") or getpass.getuser()
    except (OSError, KeyError):  # a container without users
        return ""


async def _send(control: Control, settings: Settings) -> int:
    """Send, and wait for all replicas; give the record's offset."""
    topic = settings.topic(settings.mentions)
    admin = await connect(settings)
    try:
        if topic not in await admin.list_topics():
            raise Stop(Exit.NO, f"There is no topic {topic}. `dideban topics` creates what is missing.")
    finally:
        await admin.close()
    producer = aiokafka.AIOKafkaProducer(**client_arguments(settings), enable_idempotence=True, acks="all")
    await producer.start()
    try:
        headers = [("content-type", codec.CONTENT_TYPE)]
        sent = await producer.send_and_wait(topic, codec.encode(control), KEY, headers=headers)
    except (aiokafka.errors.KafkaError, OSError) as error:
        raise Stop(Exit.NO, f"{topic}: {type(error).__name__}: {error}") from error
    finally:
        await producer.stop()
    return int(sent.offset)
