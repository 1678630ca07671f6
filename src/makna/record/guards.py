"""What the database itself refuses beyond keys and checks: passages out of range, cycles of codes, strangers together.

Triggers do it, since a check sees one row only. They are made anew after every migration: SQLite loses them when Django
rebuilds a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_FITS = """
    SELECT 1 FROM record_source s, record_code c WHERE s.id = NEW.source_id AND c.id = NEW.code_id
    AND s.study_id = NEW.study_id AND c.study_id = NEW.study_id
"""
_STANDS = """
    SELECT 1 FROM record_source s, record_finding f WHERE s.id = NEW.source_id AND f.id = NEW.finding_id
    AND s.study_id = f.study_id
"""
_ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT NEW.parent_id
        UNION SELECT c.parent_id FROM record_code c JOIN above ON c.id = above.id WHERE c.parent_id IS NOT NULL
    ) SELECT 1 FROM above WHERE id = NEW.id
"""
# table -> (name of the fault, what must be true of NEW)
_RULES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "record_coding": (
        ("coding_of_another_study", f"EXISTS ({_FITS})"),
        ("passage_out_of_range", f'EXISTS ({_FITS} AND NEW."end" <= s.length)'),
        ("no_consent_to_analysis", f"EXISTS ({_FITS} AND s.codable)"),
    ),
    "record_code": (
        ("cycle_of_codes", f"NOT EXISTS ({_ABOVE})"),
        (
            "parent_of_another_study",
            "NEW.parent_id IS NULL OR EXISTS"
            " (SELECT 1 FROM record_code p WHERE p.id = NEW.parent_id AND p.study_id = NEW.study_id)",
        ),
    ),
    "record_evidence": (
        ("evidence_of_another_study", f"EXISTS ({_STANDS})"),
        ("evidence_out_of_range", f'EXISTS ({_STANDS} AND NEW."end" <= s.length)'),
        ("no_consent_to_evidence", f"EXISTS ({_STANDS} AND s.codable)"),
    ),
    "record_concept": (
        ("cycle_of_concepts", f"NOT EXISTS ({_ABOVE.replace('record_code', 'record_concept')})"),
        (
            "concept_of_another_study",
            "NEW.parent_id IS NULL OR EXISTS"
            " (SELECT 1 FROM record_concept p WHERE p.id = NEW.parent_id AND p.study_id = NEW.study_id)",
        ),
    ),
    "record_answer": (
        (
            "answer_across_studies",
            "EXISTS (SELECT 1 FROM record_code a, record_concept b"
            " WHERE a.id = NEW.code_id AND b.id = NEW.concept_id AND a.study_id = b.study_id)",
        ),
    ),
    "record_coderelation": (
        (
            "tie_across_studies",
            "EXISTS (SELECT 1 FROM record_code a, record_code b"
            " WHERE a.id = NEW.source_id AND b.id = NEW.target_id AND a.study_id = b.study_id)",
        ),
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
