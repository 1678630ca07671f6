"""The engine: local, in UTC, without a trace in the working directory, and clear about what it lacks."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from makna.corpus import engine
from makna.errors import EngineMissing, MaknaError, MeasureError


def test_both_engines_answer_in_utc(backend):
    """A moment comes back as the same moment, whatever the zone of the machine."""
    moment = ibis.literal("2021-03-04 01:02:03", "timestamp('UTC')")
    answer = backend.to_pyarrow(moment.strftime("%Y-%m-%d %H:%M").name("at"))
    assert answer.as_py() == "2021-03-04 01:02"


def test_neither_engine_leaves_a_file_in_the_working_directory(backend, tmp_path, monkeypatch):
    """A table made, grouped and ordered leaves the folder where the user stands as it was."""
    monkeypatch.chdir(tmp_path)
    table = backend.create_view("left_nothing", ibis.memtable(pa.table({"n": range(1000)})), overwrite=True)
    grouped = table.group_by(rest=table.n % 7).agg(n=table.count())
    assert backend.to_pyarrow(grouped.order_by("rest"))["n"].to_pylist()[0] == 143
    assert list(tmp_path.iterdir()) == []


def test_duckdb_never_asks_the_network_for_an_extension():
    """Extensions are neither installed nor loaded by themselves, and threads and memory are as asked."""
    raw = engine.connect("duckdb", threads=1, memory="512MB").con
    settings = dict(
        raw.execute(
            "select name, value from duckdb_settings() where name in "
            "('autoinstall_known_extensions', 'autoload_known_extensions', 'threads', 'memory_limit', 'temp_directory')"
        ).fetchall()
    )
    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"
    assert settings["threads"] == "1"
    assert settings["memory_limit"].startswith("488")  # 512 MB in MiB
    assert not Path(settings["temp_directory"]).exists(), "made only when it must spill"


def test_duckdb_spills_outside_the_working_directory_and_cleans_up(tmp_path, monkeypatch):
    """What does not fit in memory goes to the folder of temporary files, and is gone after closing."""
    monkeypatch.chdir(tmp_path)
    connection = engine.connect("duckdb", threads=1, memory="80MB")
    spilled = Path(connection.con.execute("select current_setting('temp_directory')").fetchone()[0])
    query = "select count(*) from (select distinct hash(n) h, hash(n + 1) g from range(5000000) t(n))"
    assert connection.con.execute(query).fetchone() == (5_000_000,)
    connection.disconnect()
    assert list(tmp_path.iterdir()) == []
    assert not spilled.exists() or not list(spilled.iterdir())


@pytest.mark.parametrize("backend", [pytest.param("spark", marks=pytest.mark.spark)], indirect=True)
def test_spark_listens_on_loopback_only(backend):
    """Spark's driver binds to 127.0.0.1, shows no page, and keeps its files in a temporary folder."""
    conf = backend._session.conf
    assert conf.get("spark.driver.host") == conf.get("spark.driver.bindAddress") == "127.0.0.1"
    assert conf.get("spark.ui.enabled") == "false"
    assert "makna-spark-" in conf.get("spark.sql.warehouse.dir")
    assert conf.get("spark.sql.session.timeZone") == "UTC"


def test_without_pyspark_the_message_names_the_extra(monkeypatch):
    """Where pyspark is not installed, the remedy is the extra of Makna."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineMissing, match=r"makna\[spark\]"):
        engine.connect("spark")


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is asked for first")
def test_without_java_the_message_names_java(monkeypatch, tmp_path):
    """Where no Java is found, or one too old, the message says which is needed."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineMissing, match="Java 17"):
        engine.connect("spark")
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    old.chmod(0o755)
    assert engine.java_version() == 8
    with pytest.raises(EngineMissing, match="Java 8"):
        engine.connect("spark")


def test_java_is_found_on_the_path(monkeypatch):
    """Without JAVA_HOME the Java of the path counts; without that there is none."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    found = engine.java_version()
    assert (found is None) == (shutil.which("java") is None)
    monkeypatch.setenv("PATH", os.devnull)
    assert engine.java_version() is None


@pytest.mark.parametrize("options", [{"threads": 0}, {"memory": "much"}, {"memory": "2"}])
def test_options_that_make_no_sense_are_refused(options):
    """No thread, or an amount of memory that is none."""
    with pytest.raises(MeasureError):
        engine.connect("duckdb", **options)


def test_an_unknown_engine_is_refused():
    """Makna runs on two engines."""
    with pytest.raises(MaknaError, match="sqlite"):
        engine.connect("sqlite")
