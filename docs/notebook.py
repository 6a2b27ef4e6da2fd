"""A marimo notebook over the warehouse: `pip install marimo`, then `marimo edit docs/notebook.py`."""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import duckdb
    import marimo as mo

    connection = duckdb.connect("warehouse/onrecord.duckdb", read_only=True)
    ((release,),) = connection.sql("select release_id from release").fetchall()
    mo.md(f"# On record, release {release}")
    return connection, mo


@app.cell
def _(connection, mo):
    subjects = [name for (name,) in connection.sql("select distinct subject from claim_series order by 1").fetchall()]
    subject = mo.ui.dropdown(subjects, value=subjects[0] if subjects else None, label="Series about")
    subject  # noqa: B018 (the last expression of a cell is what it shows)
    return (subject,)


@app.cell
def _(connection, mo, subject):
    figures = connection.execute(
        """
        select c.said_on, c.speaker, c.attribution_doubt, c.surface, c.value, c.quote, c.proof_url
        from claim_series as s
        inner join claim_series_members as m using (series_id)
        inner join claims as c using (claim_id)
        where s.subject = ?
        order by c.said_on
        """,
        [subject.value],
    ).to_arrow_table()
    mo.ui.table(figures)


@app.cell
def _(connection, mo):
    ((day,),) = connection.sql("select max(said_on) from checkable_claims").fetchall()
    checkable = connection.execute(
        "select k.points, c.speaker, c.surface, c.subject, c.quote from checkable_claims as k "
        "inner join claims as c using (claim_id) where k.said_on = ? order by k.day_rank limit 10",
        [day],
    ).to_arrow_table()
    mo.vstack([mo.md(f"## Most checkable claims of {day}"), mo.ui.table(checkable)])


if __name__ == "__main__":
    app.run()
