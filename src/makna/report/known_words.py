"""Words that reach a report as data, not as messages: names of lens columns, attributes and their usual values.

They are listed for the catalogue; a word that is not listed stands in a report as it was written.
"""

from __future__ import annotations

N_ = str  # marks a message for the catalogue; it is translated where it is shown

ATTRIBUTES = (
    N_("type"), N_("role"), N_("gender"), N_("age band"), N_("city"), N_("education"), N_("occupation"), N_("years active"),
    N_("key"), N_("main"), N_("supporting"), N_("f"), N_("m"), N_("female"), N_("male"), N_("provider"), N_("customer"),
    N_("broker"), N_("seller"), N_("buyer"),
)  # fmt: skip
COLUMNS = (
    N_("term"), N_("variants"), N_("count"), N_("score"), N_("category"), N_("accounts"), N_("posts"), N_("documents"),
    N_("conversations"), N_("share"), N_("low"), N_("high"), N_("example"), N_("explained"), N_("spelling"), N_("uptake"),
    N_("move"), N_("template"), N_("channel"), N_("position"), N_("place"), N_("praise"), N_("form"), N_("slot"),
    N_("word"), N_("sign"), N_("keyness"), N_("log ratio"), N_("code"), N_("informants"), N_("interview"), N_("new codes"),
    N_("source"), N_("method"), N_("time"), N_("theory"), N_("investigator"), N_("supports"), N_("contradicts"),
    N_("price"), N_("service"), N_("contact"), N_("rule"), N_("measure"),
    N_("batch"), N_("access basis"), N_("added on"), N_("context"), N_("authors"),
)  # fmt: skip
