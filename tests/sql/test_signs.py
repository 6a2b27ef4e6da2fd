"""Lexicon numeral_sign: a row that no model asks for would look like a rule and never be one."""

import re

import pytest

from flows import derive

MODEL = derive.SQL_FOLDER / "numbers" / "numeral_signs.sql"


def test_every_sign_is_asked_for_and_every_rule_is_known() -> None:
    asked = set(re.findall(r"has_sign\(language, '([^']+)', words\)", MODEL.read_text("utf-8")))
    told = set(re.findall(r"then '(\w+)'$", MODEL.read_text("utf-8").split("end as sign_rule")[0], re.MULTILINE))
    with derive.connect(threads=1) as connection:
        derive.prepare(connection)
        used = {rule for (rule,) in connection.execute("select distinct rule from lexicon.numeral_sign").fetchall()}
        rules = {rule for (rule,) in connection.execute("select rule from lexicon.numeral_rule").fetchall()}
        unexplained = connection.execute("select pattern from lexicon.numeral_sign where note is null").fetchall()
    assert used <= asked, "rows that nothing reads"
    assert told <= rules, "rules without a role"
    assert unexplained == [], "rows without an example"


def branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its outermost level, without escapes and character classes."""
    plain = re.sub(r"\[[^\]]*\]", "c", re.sub(r"\\.", "e", pattern))
    found, depth = [""], 0
    for letter in plain:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found


@pytest.mark.parametrize("language", ["ru", "de"])
def test_every_pattern_compiles_and_needs_its_number(language: str) -> None:
    """The number stands in angle brackets: an alternative without them would fit every number of the sentence."""
    assert branches("a[|(]<1>|b(c|d)") == ["ac<1>", "b(c|d)"]
    with derive.connect(threads=1) as connection:
        derive.prepare(connection)
        rows = connection.execute("select pattern from lexicon.numeral_sign where language = ?", [language]).fetchall()
        assert rows
        for (pattern,) in rows:
            assert connection.execute("select regexp_matches('', ?)", [f"(?i){pattern}"]).fetchone() == (False,)
            assert not [branch for branch in branches(pattern) if "<" not in branch], pattern
