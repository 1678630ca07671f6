# %% [markdown]
# # A notebook
#
# Everything the command line does, `makna.Library` does too, and gives the same answer. This notebook builds the
# reference study on invented people, then reads, measures and looks through lenses. No step needs a network.

# %%
from makna import Library
from makna.demo.study import build

library = Library()
study = build(library, posts=3000)
study.title

# %% [markdown]
# ## What the study holds
#
# Three kinds of source and the literature became documents and units. Every table is an Ibis expression over the
# study's own files.

# %%
documents = study.documents
per_kind = documents.group_by("kind").agg(documents=documents.count()).order_by("kind")
study.run(per_kind).to_pandas()

# %% [markdown]
# Nothing identifying was stored. The door left placeholders where contacts stood:

# %%
found = study.search("⟦wa⟧", limit=3)
found.select(["left", "match", "right"]).to_pandas()

# %% [markdown]
# ## Search
#
# One search reaches posts, interviews, notes and literature. Here are the interviews alone.

# %%
study.search("bebas OR terbuka", kinds=["interview"], limit=5, ranked=False).select(["left", "match", "right"]).to_pandas()

# %% [markdown]
# ## Key words
#
# Which words do informants use more than posts do? `g2` is the evidence for a difference, `log_ratio` its size in
# doublings, `lrc` its safe lower bound.

# %%
keyness = study.keyness(target="interview", reference="observation").to_pandas()
keyness[["token", "target", "reference", "g2", "log_ratio", "lrc"]].head(10).round(2)

# %%
study.collocates("testi", kind="observation").to_pandas()[["token", "joint", "g2", "pmi", "delta_p"]].head(8).round(2)

# %% [markdown]
# ## A lens
#
# A lens answers one question with rows, the passages behind each row, and what it cannot see.

# %%
migration = study.lens("migration")
print(migration.sentence["en"])
for line in migration.blind["en"]:
    print("cannot see:", line)

# %%
migration.table.to_pandas().head(8)

# %%
migration.passages.to_pandas()[["row", "text", "note"]].head(5)

# %% [markdown]
# ## The report
#
# The findings with their evidence, as one HTML file. A name that ends in `.docx` gives a Word file.

# %%
study.report(library.path / "report.html", language="en").name
