"""Reads what khabar exports with the programs of others.

    python3 -m venv venv
    venv/bin/pip install pyarrow duckdb polars "pandas<3" followthemoney gdelt-py anchorpoint
    venv/bin/python crates/khabar-export/tests/clients.py target/debug/khabar khabar.db

The last argument is a store, or a file of records (NDJSON). It prints one line a check and fails at the first fault. It is no part
of `cargo test`, which needs no network; whoever changes a format runs it.
"""

import csv
import importlib.metadata
import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

csv.field_size_limit(1 << 30)


def told(package, *facts):
    print(f"{package} {importlib.metadata.version(package)}:", *facts)


def quoted(texts, document, start, end, words, where):
    found = texts[document][start:end]
    assert found == words, f"{where}: {document} {start}-{end}: {found!r} is not {words!r}"


def columns_with_offsets(names):
    for columns in [("start", "end", "words"), ("cue_start", "cue_end", "cue"), ("trigger_start", "trigger_end", "trigger")]:
        # The words of a statement stand in pieces, whose offsets are in statement_contents.
        if all(name in names for name in columns):
            yield columns


def parquet(folder):
    import duckdb
    import pandas
    import polars
    import pyarrow.parquet

    texts, counts, checked = None, {}, 0
    files = sorted(folder.glob("*.parquet"), key=lambda file: file.stem != "documents")
    assert len(files) == 16
    for file in files:
        table = pyarrow.parquet.read_table(file)
        rows = table.to_pylist()
        counts[file.stem] = len(rows)
        if texts is None:
            texts = {row["document"]: row["text"] for row in rows}
            assert len(texts) == len(rows), "a document's key is unique"
        for columns in columns_with_offsets(table.column_names):
            for row in rows:
                start, end, words = (row[name] for name in columns)
                assert (start is None) == (end is None) == (words is None)
                if start is not None:
                    quoted(texts, row["document"], start, end, words, file.stem)
                    checked += 1
    told("pyarrow", sum(counts.values()), "rows of", len(counts), "tables,", checked, "quotations at their offsets")

    db = duckdb.connect()
    for name in counts:
        db.execute(f"CREATE VIEW {name} AS SELECT * FROM '{folder / name}.parquet'")
    found = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in counts}
    assert found == counts, found
    wrong = db.execute(
        "SELECT count(*) FROM mentions JOIN documents USING (document)"
        ' WHERE substr(text, start + 1, "end" - start) <> words'
    ).fetchone()[0]
    assert wrong == 0, f"{wrong} mentions are elsewhere"
    joined = db.execute(
        "SELECT count(*) FROM statement_contents JOIN statements USING (statement)"
    ).fetchone()[0]
    assert joined == counts["statement_contents"]
    orphans = db.execute(
        "SELECT (SELECT count(*) FROM denials ANTI JOIN happenings USING (happening))"
        " + (SELECT count(*) FROM story_documents ANTI JOIN stories USING (story))"
        " + (SELECT count(*) FROM (SELECT happening FROM events WHERE happening IS NOT NULL) ANTI JOIN happenings USING (happening))"
    ).fetchone()[0]
    assert orphans == 0, f"{orphans} rows belong to no story or happening"
    uncounted = db.execute(
        "SELECT count(*) FROM happenings AS h WHERE denials <> (SELECT count(*) FROM denials AS d WHERE d.happening = h.happening)"
        " OR documents < 1 OR documents > reports OR coalesce(len(outlets), 0) > documents"
    ).fetchone()[0]
    assert uncounted == 0, f"{uncounted} happenings are counted otherwise than they are reported"
    kinds = db.execute("SELECT typeof(published), typeof(byline) FROM documents LIMIT 1").fetchone()
    assert kinds in [("DATE", "VARCHAR[]"), None], kinds
    told(
        "duckdb", sum(found.values()), "rows; views, joins, dates and lists;",
        counts["happenings"], "happenings of", counts["stories"], "stories,", counts["denials"], "denials",
    )

    for name, count in counts.items():
        assert polars.read_parquet(folder / f"{name}.parquet").height == count
        assert len(pandas.read_parquet(folder / f"{name}.parquet")) == count
    documents = polars.scan_parquet(folder / "documents.parquet")
    assert documents.collect_schema()["published"] == polars.Date
    assert documents.collect_schema()["byline"] == polars.List(polars.String)
    told("polars", "the same rows")
    told("pandas", "the same rows")
    return texts, counts


def comma_separated(folder, texts, counts):
    import pandas

    for name, count in counts.items():
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        frame = pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        assert len(rows) == count == len(frame), f"{name}: {len(rows)}, {len(frame)}, {count}"
        for columns in columns_with_offsets(frame.columns):
            for row in rows:
                start, end, words = (row[name] for name in columns)
                if start:
                    quoted(texts, row["document"], int(start), int(end), words, name)
    told("pandas", "CSV,", sum(counts.values()), "rows, quotations at their offsets")


def gdelt(folder, texts):
    import pandas
    from py_gdelt.models.events import Event, Mention
    from py_gdelt.models.gkg import GKGRecord
    from py_gdelt.parsers.events import EventsParser
    from py_gdelt.parsers.gkg import GKGParser
    from py_gdelt.parsers.mentions import MentionsParser

    # The parsers skip a malformed row with a warning.
    warnings = []
    handler = logging.Handler()
    handler.emit = warnings.append
    logging.getLogger("py_gdelt").addHandler(handler)
    read = {}
    for name, parser, model, columns in [
        ("khabar.export.CSV", EventsParser(), Event, 61),
        ("khabar.mentions.CSV", MentionsParser(), Mention, 16),
        ("khabar.gkg.csv", GKGParser(), GKGRecord, 27),
    ]:
        data = (folder / name).read_bytes()
        lines = data.count(b"\n")
        if model is Event:
            # The one column that this parser wants filled and khabar knows nothing of is the tone.
            rows = [line.split(b"\t") for line in data.splitlines()]
            assert all(row[34] == b"" for row in rows)
            data = b"\n".join(b"\t".join([*row[:34], b"0", *row[35:]]) for row in rows)
        # A file without rows has no columns that a parser could count.
        rows = list(parser.parse(data)) if lines else []
        assert len(rows) == lines, f"{name}: {len(rows)} of {lines} rows; {[w.getMessage() for w in warnings[:3]]}"
        models = [model.from_raw(row) for row in rows]
        if lines:
            frame = pandas.read_csv(folder / name, sep="\t", header=None, dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
            assert frame.shape == (lines, columns), f"{name}: {frame.shape}"
            # As gdelt (gdeltPyR) reads its files.
            frame = pandas.read_csv(folder / name, sep="\t", header=None, on_bad_lines="error")
            assert frame.shape == (lines, columns), f"{name}: {frame.shape}"
        read[name] = len(models)
    # It takes the two marks of quotations for each other: the codebook sets records apart by # and their parts by |.
    said = [warning.getMessage() for warning in warnings]
    said = [text for text in said if not text.startswith("Incomplete quotation record")]
    assert not said, said[:3]
    for line in (folder / "khabar.gkg.csv").read_text("utf-8").split("\n")[:-1]:
        cells = line.split("\t")
        assert all(len(part.split("|")) == 4 for part in cells[22].split("#") if part), cells[22]
        ElementTree.fromstring(f"<extras>{cells[26]}</extras>")
    events = [line.split("\t") for line in (folder / "khabar.export.CSV").read_text("utf-8").split("\n")[:-1]]
    mentions = [line.split("\t") for line in (folder / "khabar.mentions.CSV").read_text("utf-8").split("\n")[:-1]]
    assert {row[0] for row in events} == {row[0] for row in mentions}
    assert len({row[0] for row in events}) == len(events), "an event's number is unique"
    for row in mentions:
        extras = json.loads(row[15])
        assert extras["status"] in ("actual", "historical")
        quoted(texts, extras["event"].rsplit("/", 1)[0], *extras["span"], extras["words"], "mentions")
    told("gdelt-py", "rows parsed and made models of:", read)
    told("pandas", "the same rows and columns")


def polecat(file):
    import pandas

    frame = pandas.read_csv(file, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
    lines = file.read_text("utf-8").count("\n") - 1
    assert pandas.read_csv(file, sep="\t").shape == frame.shape, "quotation marks break no row"
    assert frame.shape == (lines, 40), frame.shape
    assert frame["Event ID"].is_unique
    assert set(frame["Quad Code"]) <= {"V-COOP", "M-COOP", "V-CONF", "M-CONF"}
    assert set(frame["Event Type"]) <= set(
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
    )
    # Moments of pandas begin in 1677; days of the past may lie before.
    pandas.PeriodIndex(frame["Event Date"][frame["Event Date"] != ""], freq="D")
    pandas.to_numeric(frame["Actor COW"][frame["Actor COW"] != ""])
    told("pandas", "POLECAT,", lines, "rows of 40 columns")


def follow_the_money(file):
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    schemas, entities = {}, {}
    for line in open(file, encoding="utf-8"):
        data = json.loads(line)
        # The model's own check of required properties and values.
        raw = {name: list(values) for name, values in data["properties"].items()}
        model.get(data["schema"]).validate(data)
        for cleaned in (True, False):
            proxy = EntityProxy.from_dict(data, cleaned=cleaned)
            assert proxy.id == data["id"]
            for name, values in raw.items():
                kept = proxy.get(name)
                assert len(kept) == len(set(values)), f"{data['id']} {name}: {values} became {kept}"
        schemas[data["schema"]] = schemas.get(data["schema"], 0) + 1
        entities.setdefault(data["id"], proxy)
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in entities, f"{proxy.id}: {value} is not in the file"
                assert entities[value].schema.is_a(prop.range), f"{proxy.id}: {prop.name} is a {entities[value].schema.name}"
    told("followthemoney", "valid entities:", dict(sorted(schemas.items())))
    command = [Path(sys.executable).with_name("ftm"), "validate", "-i", file]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-500:]
    assert len(ran.stdout.splitlines()) == sum(schemas.values())
    told("followthemoney", "`ftm validate` takes all of them")


def web_annotation(file, texts):
    from anchorpoint.textselectors import TextPositionSelector, TextQuoteSelector

    page = json.load(open(file, encoding="utf-8"))
    assert page["type"] == "AnnotationPage"
    targets = 0
    for annotation in page["items"]:
        for target in annotation["target"]:
            text = texts[unquote(target["source"]["id"].removeprefix("urn:khabar:"))]
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            selector = TextQuoteSelector(prefix=quote["prefix"], exact=quote["exact"], suffix=quote["suffix"])
            if quote["exact"].strip():
                found = selector.as_position(text)
                assert found is not None, quote
                # The same words in the same surroundings may stand in a text twice.
                same = text[found.start : found.end]
                assert same.split() == quote["exact"].split(), (same, quote)
            assert TextPositionSelector(start=position["start"], end=position["end"])
            targets += 1
    told("anchorpoint", len(page["items"]), "annotations,", targets, "targets found by quotation and position")


def main():
    khabar, source = sys.argv[1:]
    given = ["--records", source] if source.endswith("ndjson") else ["--db", source]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)

        def export(form):
            out = folder / form
            subprocess.run([khabar, "export", "--to", form, *given, out], check=True)
            return out

        texts, counts = parquet(export("parquet"))
        comma_separated(export("csv"), texts, counts)
        lines = export("ndjson").read_text("utf-8").splitlines()
        assert len(lines) == counts["documents"] and all(json.loads(line) for line in lines)
        gdelt(export("gdelt"), texts)
        polecat(export("polecat"))
        follow_the_money(export("ftm"))
        web_annotation(export("webannotation"), texts)


main()
