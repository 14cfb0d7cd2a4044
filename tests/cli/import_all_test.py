#!/usr/bin/python3
"""noroshi import of everything at once: the data sets of every format that it reads in one command, counted by other means (Python's own readers, jq, xmlstarlet);
then again, and nothing changes; and what was sent comes out again as it went in. A few files of each; NOROSHI_LONG=1 takes all of them."""
import collections
import csv
import glob
import gzip
import io
import json
import lzma
import os
import re
import sqlite3
import subprocess
import tarfile
import tempfile
import unittest
import zipfile
import zlib

from import_test import LONG, csaf_names, cve_key, element_names, nvd_key, osv_key, unpacked
from support import SHARED, PROGRAM, Place, main

ALL = ("nvd", "cve5", "cve5bulk", "osv", "osv-api", "csaf", "jvn", "jvn-products", "kev", "epss", "cwe", "cpe", "eol", "feed-fixtures")
SOME = ("nvd/nvd20-real-fixtures.jsonl.zst", "nvd/nvd20-from-1.1-2003.jsonl.zst", "cve5/records/2023/45xxx", "cve5bulk/mixed-fixtures.jsonl.zst",
        "osv/mixed-fixtures.jsonl.zst", "osv/rubygems.jsonl.zst", "osv-api", "csaf/vince-sample", "csaf/oasis-csaf-2.0/examples", "jvn/vuldef-2026", "jvn/feeds-2023",
        "jvn-products", "kev/known_exploited_vulnerabilities-2025-01-29.json.zst", "kev/known_exploited_vulnerabilities-2025-08-25.csv.zst",
        "epss/epss_scores-2021-08-31.csv.zst", "cwe", "cpe/nvd20-cpe-products.jsonl.zst", "cpe/nvd20-cpematch.jsonl.zst", "eol", "feed-fixtures")
FEED = re.compile(r"\.(json|jsonl|ndjson|csv|xml|rdf|tsv)(\.(gz|zst|xz))?$|\.tar\.zst$")
LISTS = ("vulnerabilities", "products", "matchStrings")  # of a page of NVD's
VALUES = {"cve": cve_key, "nvd": nvd_key, "osv": osv_key}


class Count:
    """What a look at the files finds, as they are read: how many of each kind there are in all, and what they are called."""

    def __init__(self):
        self.read, self.names = collections.Counter(), collections.defaultdict(set)

    def add(self, kind, name):
        self.read[kind] += 1
        self.names[kind].add(name)

    def value(self, value):
        """One object of a file of JSON."""
        if not isinstance(value, dict):
            return
        if "cveMetadata" in value or "containers" in value:
            kind = "cve"
        elif "matchString" in value:
            return self.add("cpe-match", value["matchString"]["matchCriteriaId"])
        elif isinstance(value.get("cpe"), dict) and "cpeNameId" in value["cpe"]:
            return self.add("cpe-name", value["cpe"]["cpeNameId"])
        elif isinstance(value.get("cve"), dict) or "vulnStatus" in value:
            kind = "nvd"
        elif "id" in value and value.keys() & {"modified", "affected", "schema_version"}:
            kind = "osv"
        elif {"vid", "pid"} <= value.keys():
            return self.add("jvn-product", int(value["pid"]))
        else:
            return None
        name = VALUES[kind](value)
        return self.add(kind, name[0::2]) if name else None

    def archive(self, path, text):
        with tarfile.open(fileobj=io.BytesIO(text)) as files:
            for member in files:
                if not member.isfile():
                    continue
                text, stem = files.extractfile(member).read(), os.path.basename(member.name).split(".")[0]
                if path.startswith("eol/"):
                    self.add("eol" if member.name.endswith(".md") else "eol-releases", stem)
                    continue
                value = json.loads(text)
                for one in value if isinstance(value, list) else [value]:
                    if "ID" in one or "id" in one:
                        self.add("cwe" if "ID" in one else "cwe-list", one.get("ID") or one["id"])

    def fixture(self, name, text):
        """A file as its publisher has it, whatever its format: those that the catalogue reads are counted, by what stands in them."""
        if b'"csaf_version"' in text:
            return self.beside(name, text, lambda path: [self.add("csaf", each) for each in csaf_names(path)[0]])
        if name.endswith((".xml", ".rdf")):
            return self.beside(name, text, self.xml)
        if name.startswith("epss/"):
            return [self.add("epss", line.split(",")[0]) for line in text.decode().splitlines() if line.startswith("CVE-")]
        if name.startswith("endoflife-date/") and name.endswith(".md"):
            return self.add("eol", os.path.basename(name).removesuffix(".md")) if text.startswith(b"---") else None
        try:
            value = json.loads(text)
        except ValueError:
            return None
        if not isinstance(value, (dict, list)):
            return None
        if "catalogVersion" in value and value["count"] == len(value["vulnerabilities"]):
            return [self.add("kev", row["cveID"]) for row in value["vulnerabilities"]]
        lists = [value[key] for key in LISTS if isinstance(value, dict) and key in value]
        for one in lists[0] if lists else value if isinstance(value, list) else [value]:
            self.value(one)
        return None

    def beside(self, name, text, look):
        with tempfile.NamedTemporaryFile(suffix=os.path.splitext(name)[1]) as file:
            file.write(text)
            file.flush()
            look(file.name)

    def xml(self, full):
        for kind, element, name in (("jvnrss", "item", "identifier"), ("vuldef", "Vulinfo", "VulinfoID")):
            for found in element_names(full, element, name)[0]:
                self.add(kind, found)
        if "/jvnchecker/" in full:  # another program's own list
            return
        for kind, which, name in (("jvn-product", "local-name()='Product'", "@pid"), ("jvn-vendor", "local-name()='Vendor' and not(*[local-name()='Product'])", "@vid")):
            done = subprocess.run(["xmlstarlet", "sel", "-T", "-t", "-m", f"//*[{which}]", "-v", name, "-n", full], capture_output=True, text=True)
            for found in done.stdout.split():
                self.add(kind, int(found))

    def file(self, path):
        full = os.path.join(SHARED, path)
        if path.endswith(".json") and b'"csaf_version"' in unpacked(full)[:4096]:
            for name in csaf_names(full)[0]:
                self.add("csaf", name)
        elif path.endswith((".xml", ".rdf")):
            self.xml(full)
        elif path.startswith("kev/"):
            text = unpacked(full).decode()
            rows = csv.DictReader(io.StringIO(text)) if ".csv" in path else json.loads(text).get("vulnerabilities", [])
            for row in rows:
                self.add("kev", row["cveID"])
        elif path.startswith("epss/"):
            lines = unpacked(full).decode().splitlines()
            for line in lines if any(line.startswith("cve,epss") for line in lines[:2]) else []:
                if line.startswith("CVE-"):
                    self.add("epss", line.split(",")[0])
        elif path.startswith("feed-fixtures/"):
            for name, text in files_within(path, unpacked(full)):
                self.fixture(name.replace("/testdata/fixtures/", "/"), text)
        elif ".tar" in path:
            self.archive(path, unpacked(full))
        elif ".tsv" in path and path.startswith("jvn/"):
            for row in unpacked(full).decode().splitlines()[1:]:
                self.add("jvn-product", int(row.split("\t")[3]))
        elif ".json" in path:
            self.lines(unpacked(full), ".jsonl" in path)

    def lines(self, text, is_lines):
        for line in text.splitlines() if is_lines else [text]:
            try:
                value = json.loads(line)
            except ValueError:
                continue
            for one in value if isinstance(value, list) else [value]:
                self.value(one)


def files_within(name, text):
    """The files of archives, and of archives in them: name, bytes. What cannot be unpacked is none."""
    try:
        for mark, unpack in ((b"\x1f\x8b", gzip.decompress), (b"\xfd7zXZ", lzma.decompress), (b"\x28\xb5\x2f\xfd", unpack_zstd)):
            if text.startswith(mark):
                text, name = unpack(text), re.sub(r"\.(gz|xz|zst)$", "", name)
        if text.startswith(b"PK\3\4"):
            with zipfile.ZipFile(io.BytesIO(text)) as files:
                inner = [(each, files.read(each)) for each in files.namelist()]
        elif text[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(text)) as files:
                inner = [(each.name, files.extractfile(each).read()) for each in files if each.isfile()]
        else:
            inner = None
    except (OSError, zlib.error, EOFError):
        return
    if inner is None:
        yield name, text
    for each, bytes_of in inner or []:
        yield from files_within(each if name.startswith("feed-fixtures/") else f"{name}/{each}", bytes_of)


def unpack_zstd(text):
    return subprocess.run(["zstd", "-dcq", "--long=27"], input=text, stdout=subprocess.PIPE, check=True).stdout


def pack_words():
    """What zstd is told beforehand: the one text of src/formats/archive/words.c."""
    with open(os.path.join(os.path.dirname(__file__), "../../src/formats/archive/words.c")) as file:
        return "".join(json.loads(literal) for literal in re.findall(r'^    ("(?:[^"\\]|\\.)*")', file.read(), re.M)).encode()


def feeds(names):
    """The files that a folder's name stands for: those that are called as feeds are."""
    found = []
    for name in names:
        full = os.path.join(SHARED, name)
        found += glob.glob(os.path.join(full, "**", "*"), recursive=True) if os.path.isdir(full) else [full]
    return sorted({os.path.relpath(path, SHARED) for path in found if os.path.isfile(path) and FEED.search(path)})


@unittest.skipUnless(SHARED, "no data sets on this machine")
class ImportAll(unittest.TestCase):
    def take(self, place, names):
        done = subprocess.run([PROGRAM, "import", "--no-index", "--catalog", place.path("catalog"), *(os.path.join(SHARED, name) for name in names)],
                              env=place.environment(), capture_output=True, text=True, timeout=3000)
        self.assertIn(done.returncode, (0, 65), done.stderr[-2000:])
        counts = re.fullmatch(r"(\d+) read: (\d+) new, (\d+) changed, (\d+) unchanged, (\d+) refused\.\n", done.stdout)
        return dict(zip(("read", "new", "changed", "unchanged", "refused"), map(int, counts.groups())))

    def names(self, db, words, **values):
        return {row[0] if len(row) == 1 else tuple(row) for row in db.execute(words, values)}

    def test_everything_in_one_command(self):
        """VDB-01, VDB-02, VDB-06, STD-01, STD-03, STD-08: all that other readers find is there, under its name, and no more."""
        names, place, count = ALL if LONG else SOME, Place(), Count()
        self.addCleanup(place.done)
        first = self.take(place, names)
        for path in feeds(names):
            count.file(path)
        db = sqlite3.connect(place.path("catalog", "catalog.db"))
        self.addCleanup(db.close)
        found = {kind: self.names(db, "SELECT name, is_overlay FROM record WHERE source = :source", source=kind) for kind in VALUES}
        found["csaf"] = self.names(db, "SELECT name FROM record WHERE source = 'csaf'")
        found["kev"] = self.names(db, "SELECT cve FROM kev")
        found["epss"] = self.names(db, "SELECT cve FROM epss")
        found["cpe-name"] = self.names(db, "SELECT id FROM cpe_name")
        found["cpe-match"] = self.names(db, "SELECT id FROM cpe_match")
        found["jvn-product"] = self.names(db, "SELECT pid FROM jvn_product WHERE pid < 4000000000000000")
        for form in ("cwe", "cwe-list", "eol", "eol-releases"):
            found[form] = self.names(db, "SELECT name FROM reference WHERE form = :form", form=form)
        count.names["kev"] &= found["kev"]  # what the newest list names no more is gone
        for kind, have in found.items():
            with self.subTest(kind=kind):
                self.assertEqual(have, count.names[kind])
                self.assertTrue(have, "the data has nothing of this")
        self.assertEqual(self.names(db, "SELECT name FROM record WHERE source = 'jvn'"), count.names["jvnrss"] | count.names["vuldef"])
        self.assertEqual(first["read"] - first["refused"], sum(count.read.values()), count.read)
        self.assertEqual(db.execute("SELECT count(*) FROM refused").fetchone()[0], first["refused"])
        print("conformance: import all", ", ".join(f"{kind} {len(have)}/{len(count.names[kind])}" for kind, have in sorted(found.items())))
        self.check_sent(place, db, names)
        self.check_again(place, db, names, first)

    def check_again(self, place, db, names, first):
        """The same records say the same. Of what says neither its day nor the same twice, each state comes again: the unit tests of CVE's service are so."""
        state = "SELECT source, name, is_overlay, hash FROM record ORDER BY source, name, is_overlay"
        before = db.execute(state).fetchall()
        again = self.take(place, names)
        self.assertEqual((again["read"], again["new"], again["refused"]), (first["read"], 0, first["refused"]))
        self.assertEqual(db.execute(state).fetchall(), before)
        dated = db.execute("SELECT count(*) FROM record WHERE modified_at > 0 AND import_id > 1").fetchone()[0]
        self.assertEqual(dated, 0)
        self.assertLess(again["changed"], 10)

    def unpacked_beside(self, place, packed, body):
        """What was sent is packed beside the words and the record that was read from it (formats/archive/pack.h)."""
        words, beside = place.path("words"), place.path("beside")
        with open(words, "wb") as out:
            out.write(pack_words())
        self.assertEqual(body[:1], b"\1", "packed with the words")
        record = subprocess.run(["zstd", "-dcq", "-D", words], input=body[1:], capture_output=True, check=True).stdout
        with open(beside, "wb") as out:
            out.write(pack_words() + record)
        return subprocess.run(["zstd", "-dcq", f"--patch-from={beside}"], input=packed, capture_output=True, check=True).stdout

    def check_sent(self, place, db, names):
        """Field by field: a record's own bytes are those of one of its file's lines; of JSON, the same value."""
        wanted = collections.defaultdict(list)
        for path in feeds(names):
            if path.startswith(("nvd/", "osv/", "cve5bulk/")) and ".jsonl" in path and "overrides" not in path:
                for line in unpacked(os.path.join(SHARED, path)).splitlines():
                    value = json.loads(line)
                    name = value.get("cve", {}).get("id") or value.get("cveMetadata", {}).get("cveId") or value.get("id")
                    wanted[name].append(value)
        rows = db.execute("SELECT r.name, s.bytes, s.is_beside, b.bytes FROM record r JOIN sent s ON s.id = r.sent_id JOIN body b ON b.record_id = r.id"
                          " WHERE r.source IN ('nvd', 'osv', 'cve') AND r.is_overlay = 0 AND r.id % :every = 0", {"every": 97 if LONG else 13}).fetchall()
        checked = 0
        for name, packed, is_beside, body in rows:
            if name not in wanted:
                continue
            self.assertEqual(is_beside, 1, name)
            told = json.loads(self.unpacked_beside(place, packed, body))
            self.assertIn(told, wanted[name], name)
            checked += 1
        self.assertGreater(checked, 50)
        print(f"conformance: import round-trip {checked}/{checked} records are what was sent")


if __name__ == "__main__":
    main()
