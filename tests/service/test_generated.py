"""What is generated is what is committed: schemas, settings, exit codes. `dideban schemas` writes them anew."""

from argparse import Namespace
from pathlib import Path

import jsonschema
import orjson
import pytest

from stream.commands import schemas
from stream.service import codec, exits
from stream.service.exits import Exit
from tests.service.fakes import alert, entry

ROOT = Path(__file__).parents[2]


def test_nothing_has_drifted() -> None:
    stale = [str(path) for path, text in schemas.generated(ROOT).items() if path.read_text("utf-8") != text]
    assert stale == [], "run `dideban schemas`"
    assert schemas.run(Namespace(check=True, release=False)) == Exit.DONE


def test_schemas_and_docs_are_all_there() -> None:
    names = sorted(path.name for path in schemas.generated(ROOT))
    assert names == [
        "agenda-headers.json",
        "agenda.json",
        "alert-headers.json",
        "alert.json",
        "article-input.json",
        "article.json",
        "asyncapi.yaml",
        "exit-codes.md",
        "mentions.json",
        "rejected-headers.json",
        "settings.md",
        "tagged.json",
    ]


@pytest.mark.parametrize("name", schemas.all_schemas())
def test_schemas_are_valid_and_named_like_their_dataschema(name: str) -> None:
    schema = schemas.all_schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:dideban:schema:{name}:1"


def test_records_on_the_wire_fit_their_schemas() -> None:
    jsonschema.Draft202012Validator(schemas.schema("alert")).validate(orjson.loads(codec.encode(alert())))
    jsonschema.Draft202012Validator(schemas.schema("mentions")).validate(orjson.loads(entry(3).value or b""))
    wrong = {**orjson.loads(codec.encode(alert())), "severity": "loud"}
    with pytest.raises(jsonschema.ValidationError, match="loud"):
        jsonschema.Draft202012Validator(schemas.schema("alert")).validate(wrong)


def test_every_exit_code_has_its_meaning_in_the_docs() -> None:
    page = (ROOT / "docs" / "exit-codes.md").read_text("utf-8")
    assert set(exits.MEANINGS) == set(Exit)
    for code in Exit:
        assert f"| {int(code)} | `{code.name.lower()}` | {exits.MEANINGS[code]} |" in page
