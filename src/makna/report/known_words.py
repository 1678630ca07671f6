"""Words that reach a report as data, not as messages: names of lens columns, attributes and their usual values.

They are listed for the catalogue; a word that is not listed stands in a report as it was written.
"""

from __future__ import annotations

N_ = str  # marks a message for the catalogue; it is translated where it is shown

ATTRIBUTES = (
    N_("type"), N_("role"), N_("gender"), N_("age band"), N_("city"), N_("education"), N_("occupation"), N_("years active"),
    N_("key"), N_("main"), N_("supporting"), N_("f"), N_("m"), N_("female"), N_("male"), N_("provider"), N_("customer"),
    N_("broker"), N_("seller"), N_("buyer"), N_("years on platform"), N_("over 5"),
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
LENS_COLUMNS = (
    N_("terms"), N_("order"), N_("weekday"), N_("first"), N_("by cue"), N_("testimonials"), N_("role"), N_("invitations"),
    N_("where"), N_("others"), N_("together"), N_("motive"), N_("informant"), N_("against"), N_("coded"), N_("finding"),
    N_("stands on"), N_("first interview"), N_("sentences against"), N_("observation"), N_("field note"), N_("literature"), N_("general log ratio"), N_("respelled"),
)  # fmt: skip
STATISTICS = (
    N_("candidates"), N_("rows shown"), N_("share of the first 50 used by both parties"),
    N_("share of the first 50 that somebody explains"), N_("invitations"),
    N_("share of conversations with a public invitation"), N_("share of invitations that answer somebody"),
    N_("share of invitations by those who ask"), N_("informants"), N_("motives"), N_("share of informants: {what}"),
    N_("saturation reached after interview"), N_("accounts of interest"), N_("other accounts"), N_("key signs"),
    N_("share of accounts of interest with a key sign in name or emoji"),
    N_("share of accounts of interest with two or more slots filled"), N_("promoting posts"), N_("promoting accounts"),
    N_("share with {what}"), N_("share of posts that repeat a template"), N_("promoting posts per day"),
    N_("mean over days with a promoting post"), N_("testimonials"), N_("accounts that vouch"),
    N_("share shown as a picture by the account itself"), N_("share that praises {what}"), N_("times passed on"),
    N_("findings"), N_("findings with two or more kinds of field source"), N_("findings with a contradiction on record"),
    N_("passages that support"), N_("passages that contradict"),
    N_("Guest, Namey & Chen 2020: base 4, run 2, threshold 5 %"),
)  # fmt: skip
