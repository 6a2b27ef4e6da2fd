"""A marimo notebook over the warehouse: `pip install marimo duckdb pyarrow`, then `marimo edit docs/notebook.py`."""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import os

    import duckdb
    import marimo as mo

    folder = os.environ.get("ONRECORD_WAREHOUSE", "warehouse")
    connection = duckdb.connect(f"{folder}/onrecord.duckdb", read_only=True)
    ((release,),) = connection.sql("select release_id from release").fetchall()
    mo.md(f"# On record, release {release}")
    return connection, mo


@app.cell
def _(mo):
    words = mo.ui.text(value="hospitals", label="Figures whose sentence has the word")
    words  # noqa: B018 (the last expression of a cell is what it shows)
    return (words,)


@app.cell
def _(connection, mo, words):
    found = connection.sql(
        """
        select said_on, speaker, attribution_doubt, surface, value, unit, subject, quote, proof_url
        from claims
        where contains(lower(quote), lower($words))
        order by said_on, claim_id
        """,
        params={"words": words.value},
    ).to_arrow_table()
    mo.ui.table(found)


@app.cell
def _(connection, mo):
    series = connection.sql("select subject from claim_series group by subject order by max(documents) desc, 1").fetchall()
    subjects = [name for (name,) in series]
    subject = mo.ui.dropdown(subjects, value=subjects[0] if subjects else None, label="Series about")
    subject  # noqa: B018
    return (subject,)


@app.cell
def _(connection, mo, subject):
    figures = connection.sql(
        """
        select c.said_on, c.speaker, c.attribution_doubt, c.surface, c.value, c.quote, c.proof_url
        from claim_series as s
        inner join claim_series_members as m using (series_id)
        inner join claims as c using (claim_id)
        where s.subject = $subject
        order by c.said_on, c.claim_id
        """,
        params={"subject": subject.value},
    ).to_arrow_table()
    mo.ui.table(figures)


@app.cell
def _(connection, mo):
    differing = connection.sql(
        """
        select subject, speaker, said_on, surface, other_speaker, other_said_on, other_surface, reason, confidence
        from differing_claims
        order by confidence desc, claim_id
        limit 20
        """
    ).to_arrow_table()
    mo.vstack([mo.md("## Differing figures: candidates for a person to check"), mo.ui.table(differing)])


@app.cell
def _(connection, mo):
    ((day,),) = connection.sql("select max(said_on) from checkable_claims").fetchall()
    checkable = connection.sql(
        """
        select k.points, c.speaker, c.surface, c.subject, c.quote
        from checkable_claims as k
        inner join claims as c using (claim_id)
        where k.said_on = $day
        order by k.day_rank
        limit 10
        """,
        params={"day": day},
    ).to_arrow_table()
    mo.vstack([mo.md(f"## Most checkable claims of {day}"), mo.ui.table(checkable)])


if __name__ == "__main__":
    app.run()
