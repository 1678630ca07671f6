"""The engine behind Ibis: DuckDB on a laptop, Spark for a corpus that outgrows a machine.

Both run the same expressions and give the same results. Neither opens a port beyond loopback, asks the network for
anything, or leaves a file in the working directory.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Literal

import ibis
from ibis.backends import BaseBackend

from makna.errors import EngineMissing, MeasureError
from makna.i18n import _

Kind = Literal["duckdb", "spark"]
JAVA_NEEDED = 17
SPARK_DEFAULT_MEMORY = "2GB"
_MEMORY = re.compile(r"(\d+)\s*([KMGT])B", re.IGNORECASE)
_QUIET_LOGS = """\
status = error
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
logger.gateway.name = org.apache.spark.api.python.PythonGatewayServer
logger.gateway.level = error
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %p %c{1}: %m%n
"""


def connect(kind: Kind = "duckdb", *, threads: int | None = None, memory: str | None = None) -> BaseBackend:
    """An Ibis backend of *kind*, in UTC, with nothing in it.

    *threads* is the number of cores to use (DuckDB: all; Spark: 2). *memory* is a limit such as ``"2GB"``. A process
    holds one Spark session: a second ``connect("spark")`` shares it, with the threads and memory of the first.
    Raises :class:`EngineMissing` where Spark or its Java is not installed, :class:`MeasureError` on a bad option.
    """
    _check(threads, memory)
    if kind == "duckdb":
        return _duckdb(threads, memory)
    if kind == "spark":
        return _spark(threads or 2, memory or SPARK_DEFAULT_MEMORY)
    raise MeasureError(_("Makna knows no engine {kind!r}: use duckdb or spark.").format(kind=kind))


def _check(threads: int | None, memory: str | None) -> None:
    if threads is not None and threads < 1:
        raise MeasureError(_("An engine needs at least one thread."))
    if memory is not None and not _MEMORY.fullmatch(memory):
        raise MeasureError(
            _("{memory!r} is not an amount of memory: write it as 2GB or 512MB.").format(memory=memory)
        )


def _duckdb(threads: int | None, memory: str | None) -> BaseBackend:
    options: dict[str, Any] = {
        "autoinstall_known_extensions": False,  # no network, ever
        "autoload_known_extensions": False,
        # DuckDB would spill to ./.tmp; it makes this folder only when it must, and removes it on closing
        "temp_directory": str(Path(tempfile.gettempdir()) / f"makna-duckdb-{os.getpid()}"),
    }
    if threads is not None:
        options["threads"] = threads
    if memory is not None:
        options["memory_limit"] = memory
    return ibis.duckdb.connect(**options)


def _spark(threads: int, memory: str) -> BaseBackend:
    _need_pyspark()
    _need_java()
    from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra: not everyone has it)

    session = SparkSession.getActiveSession()
    if session is None:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # a laptop's own name may resolve to nothing
        builder = SparkSession.builder.master(f"local[{threads}]").appName("makna")
        for name, value in _spark_settings(threads, memory, _scratch()).items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    return ibis.pyspark.connect(session)


def _spark_settings(threads: int, memory: str, scratch: Path) -> dict[str, str]:
    logs = scratch / "log4j2.properties"
    logs.write_text(_QUIET_LOGS, encoding="utf-8")
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": _spark_memory(memory),
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={logs.as_uri()}",
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }


def _spark_memory(memory: str) -> str:
    found = _MEMORY.fullmatch(memory)
    assert found is not None  # checked by connect
    return f"{found[1]}{found[2].lower()}"


def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="makna-spark-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _need_pyspark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        raise EngineMissing(
            _("Spark is not installed. Remedy: pip install 'makna[spark]', and Java 17 or later.")
        )


def _need_java() -> None:
    version = java_version()
    if version is None:
        raise EngineMissing(
            _("Spark needs Java 17 or later, and none is found. Install it, or set JAVA_HOME.")
        )
    if version < JAVA_NEEDED:
        raise EngineMissing(
            _(
                "Spark needs Java 17 or later, and Java {version} is found. Install a newer one, or set JAVA_HOME."
            ).format(version=version)
        )


def java_version() -> int | None:
    """The major version of the Java that Spark would start, or None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else "java"
    if shutil.which(program) is None:
        return None
    answer = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(found[1]) if found else None
