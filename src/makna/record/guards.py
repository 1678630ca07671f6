"""What the database itself refuses beyond keys and checks: passages out of range, cycles of codes, strangers together.

Triggers do it, since a check sees one row only. They are made anew after every migration: SQLite loses them when Django
rebuilds a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT NEW.parent_id
        UNION SELECT c.parent_id FROM {table} c JOIN above ON c.id = above.id WHERE c.parent_id IS NOT NULL
    ) SELECT 1 FROM above WHERE id = NEW.id
"""


def _same(column: str, table: str, study: str = "NEW.study_id") -> str:
    """That what *column* names, if anything, is of this study."""
    of = f"SELECT 1 FROM record_{table} x WHERE x.id = NEW.{column} AND x.study_id = {study}"
    return f"(NEW.{column} IS NULL OR EXISTS ({of}))"


def _study_of(column: str, table: str) -> str:
    return f"(SELECT y.study_id FROM record_{table} y WHERE y.id = NEW.{column})"


def _on_source(name: str, study: str, *, codable: bool = True) -> Iterator[tuple[str, str]]:
    """That a passage stands in a text of this *study*, within it, and on one that may be analysed."""
    there = f"SELECT 1 FROM record_source s WHERE s.id = NEW.source_id AND s.study_id = {study}"
    yield f"{name}_of_another_study", f"EXISTS ({there})"
    yield (
        "passage_out_of_range" if name == "coding" else f"{name}_out_of_range",
        f'EXISTS ({there} AND NEW."end" <= s.length)',
    )
    if codable:
        yield (
            "no_consent_to_analysis" if name == "coding" else f"no_consent_to_{name}",
            f"EXISTS ({there} AND s.codable)",
        )


_NOT_WITHDRAWN = (
    "NEW.participant_id IS NULL OR EXISTS"
    " (SELECT 1 FROM record_participant p WHERE p.id = NEW.participant_id AND p.withdrew IS NULL)"
)
_MEMO_ON = (
    ("code_id", "code"), ("coding_id", "coding"), ("source_id", "source"), ("finding_id", "finding"),
    ("concept_id", "concept"), ("participant_id", "participant"), ("term_id", "argotterm"),
)  # fmt: skip
# table -> (name of the fault, what must be true of NEW)
_RULES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "record_source": (
        (
            "coded_without_consent",
            "NEW.codable OR NOT EXISTS (SELECT 1 FROM record_coding x WHERE x.source_id = NEW.id)"
            " AND NOT EXISTS (SELECT 1 FROM record_evidence x WHERE x.source_id = NEW.id)",
        ),
    ),
    "record_coding": (
        *_on_source("coding", "NEW.study_id"),
        ("code_of_another_study", _same("code_id", "code")),
        ("round_of_another_study", _same("round_id", "round")),
    ),
    "record_code": (
        ("cycle_of_codes", f"NOT EXISTS ({_ABOVE.format(table='record_code')})"),
        ("parent_of_another_study", _same("parent_id", "code")),
    ),
    "record_evidence": tuple(_on_source("evidence", _study_of("finding_id", "finding"))),
    "record_finding": (("finding_across_studies", _same("concept_id", "concept")),),
    "record_concept": (
        ("cycle_of_concepts", f"NOT EXISTS ({_ABOVE.format(table='record_concept')})"),
        ("concept_of_another_study", _same("parent_id", "concept")),
    ),
    "record_answer": (
        ("answer_across_studies", _same("code_id", "code", _study_of("concept_id", "concept"))),
    ),
    "record_coderelation": (
        ("tie_across_studies", _same("source_id", "code", _study_of("target_id", "code"))),
    ),
    "record_guidequestion": (
        (
            "guide_across_studies",
            _same("question_id", "question", _study_of("guide_id", "guide"))
            + " AND "
            + _same("concept_id", "concept", _study_of("guide_id", "guide")),
        ),
    ),
    "record_participant": (("guide_of_another_study", _same("guide_id", "guide")),),
    "record_consent": (("consent_after_withdrawal", _NOT_WITHDRAWN),),
    "record_casevalue": (
        (
            "case_of_another_study",
            _same("participant_id", "participant", _study_of("attribute_id", "attribute")),
        ),
        ("value_after_withdrawal", _NOT_WITHDRAWN),
    ),
    "record_termevidence": (
        *_on_source("term_evidence", _study_of("term_id", "argotterm")),
        (
            "sense_of_another_term",
            "NEW.sense_id IS NULL OR EXISTS"
            " (SELECT 1 FROM record_sense x WHERE x.id = NEW.sense_id AND x.term_id = NEW.term_id)",
        ),
    ),
    "record_membercheck": (
        (
            "check_across_studies",
            _same("participant_id", "participant") + " AND " + _same("finding_id", "finding"),
        ),
        (
            "correction_of_another_finding",
            "NEW.evidence_id IS NULL OR EXISTS"
            " (SELECT 1 FROM record_evidence x WHERE x.id = NEW.evidence_id AND x.finding_id = NEW.finding_id)",
        ),
        ("check_after_withdrawal", _NOT_WITHDRAWN),
    ),
    "record_proposal": (
        *_on_source("proposal", "NEW.study_id", codable=False),
        ("proposal_across_studies", _same("code_id", "code") + " AND " + _same("coding_id", "coding")),
    ),
    "record_memo": (
        ("memo_across_studies", " AND ".join(_same(column, table) for column, table in _MEMO_ON)),
    ),
}


def install(sender: Any, using: str, **_rest: Any) -> None:
    """Make the triggers of the database *using* anew (a receiver of ``post_migrate``)."""
    from django.db import connections  # noqa: PLC0415

    connection = connections[using]
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    if set(_RULES) <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            for table, rules in _RULES.items():
                for name, holds in rules:
                    for statement in make(table, name, holds):
                        cursor.execute(statement)


def remove(sender: Any, using: str, **_rest: Any) -> None:
    """Take the triggers away before a migration (``pre_migrate``): SQLite rebuilds no table that others speak of."""
    from django.db import connections  # noqa: PLC0415

    with connections[using].cursor() as cursor:
        for name, table in _standing(connections[using]):
            on = f" ON {table}" if connections[using].vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def complete(using: str) -> bool:
    """Whether all triggers stand: a program that died while it migrated may have left none."""
    from django.db import connections  # noqa: PLC0415

    ours = sum(map(len, _RULES.values()))
    return len(_standing(connections[using])) == ours * (2 if connections[using].vendor == "sqlite" else 1)


def _standing(connection: Any) -> list[tuple[str, str]]:
    """(trigger, table) of all triggers on tables of the record."""
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'record_%'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND c.relname LIKE 'record_%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return list(cursor.fetchall())


def _sqlite(table: str, name: str, holds: str) -> Iterator[str]:
    for moment in ("INSERT", "UPDATE"):
        trigger = f"{name}_{moment.lower()}"
        yield f"DROP TRIGGER IF EXISTS {trigger}"
        yield (
            f"CREATE TRIGGER {trigger} BEFORE {moment} ON {table} WHEN NOT ({holds})"
            f" BEGIN SELECT RAISE(ABORT, '{name}'); END"
        )


def _postgresql(table: str, name: str, holds: str) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT ({holds}) THEN"
        f" RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
