#!/usr/bin/python3
"""noroshi import: every feed of the data sets, counted by other means as well; packings, broken records, hostile input. NOROSHI_LONG=1 takes all of
the data, not a sample."""
import collections
import contextlib
import glob
import gzip
import io
import json
import lzma
import os
import pty
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import time
import unittest
import zipfile

from support import PROGRAM, SHARED, Place, main, unpack_kept

LONG = bool(os.environ.get("NOROSHI_LONG"))
CVE = re.compile(r"CVE-\d{4}-\d{4,19}\Z")


def unpacked(path):
    if path.endswith(".zst"):
        return subprocess.run(["zstd", "-dcq", "--long=27", path], stdout=subprocess.PIPE, check=True).stdout
    if path.endswith(".gz"):
        with gzip.open(path) as f:
            return f.read()
    with open(path, "rb") as f:
        return f.read()


def objects(path):
    """Its records and how many lines hold none that can be used as JSON."""
    data = unpacked(path)
    if ".jsonl" in path:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    return [json.loads(data)]


def nvd_key(record):
    name = record.get("cve", {}).get("id")
    if name is None:
        name, overlay = record.get("_annotation", {}).get("cve_id", ""), 1
    else:
        overlay = 0
    return (name, "nvd", overlay) if CVE.match(name) else None


def cve_key(record):
    about = record.get("cveMetadata", {})
    good = CVE.match(str(about.get("cveId"))) and about.get("state") in ("PUBLISHED", "REJECTED") and \
        isinstance(record.get("containers", {}).get("cna"), dict)
    return (about["cveId"], "cve", 0) if good else None


def osv_key(record):
    name = record.get("id")
    return (name, "osv", 0) if isinstance(name, str) and re.match(r"[^\s]{1,256}\Z", name) else None


def csaf_names(path):
    """What a document is to make, by jq: a name for each vulnerability; and is there something that cannot be used?"""
    words = '''select(.document.csaf_version == "2.0" or .document.csaf_version == "2.1") | (.document.tracking.id | gsub(" "; "_")) as $id |
        [.vulnerabilities // [] | to_entries[] |
         "\\($id)/\\(if ((.value.cve // "") | test("^CVE-[0-9]{4}-[0-9]{4,19}$")) then .value.cve else .key + 1 end)"]'''
    done = subprocess.run(["jq", "-c", words, path], capture_output=True, text=True)
    names = [name for line in done.stdout.splitlines() for name in json.loads(line)]
    return names, done.returncode != 0 or not done.stdout


def element_names(path, record, name):
    """The identifiers of all elements of that name below the root, by xmlstarlet; and is it not well-formed? Then those before its fault."""
    words = f"/*/*[local-name()='{record}']/*[local-name()='{name}']"
    select = ["xmlstarlet", "sel", "-T", "-t", "-m", words, "-v", "normalize-space(.)", "-n"]
    done = subprocess.run([*select, path], capture_output=True, text=True)
    is_wrong = done.returncode != 0 and not done.stdout
    if is_wrong:
        whole = subprocess.run(["xmlstarlet", "fo", "-R", path], capture_output=True).stdout
        done = subprocess.run(select, input=whole, capture_output=True)
        return done.stdout.decode().split(), is_wrong
    return done.stdout.split(), is_wrong


def largest_memory(words, **more):
    """What a command says, and the most kilobytes that one of its children had."""
    most = 0
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, **more) as run:
        while run.poll() is None:
            try:
                with open(f"/proc/{run.pid}/task/{run.pid}/children", encoding="ascii") as children:
                    for child in children.read().split():
                        with open(f"/proc/{child}/status", encoding="utf-8") as status:
                            most = max([most] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
            except OSError:
                pass  # it ended meanwhile
            time.sleep(0.005)
        return run.stdout.read(), most


class Import(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)

    def take(self, *words, status=0, data=None, limited=False):
        """The five counts of the summary, and what was said on the error channel. limited: with no more than a gigabyte of addresses."""
        if limited:
            done = subprocess.run(["/bin/sh", "-c", 'ulimit -v 1048576; exec "$@"', "sh", PROGRAM, "import", "--no-index", "--catalog",
                                   self.place.path("catalog"), *words], env=self.place.environment(), capture_output=True, text=True, timeout=300)
            self.assertIn(done.returncode, (0, 65), done.stderr)
            out, said = done.stdout, done.stderr
        elif data is None:
            done = self.place.run("import", "--no-index", "--catalog", self.place.path("catalog"), *words, status=status)
            out, said = done.stdout, done.stderr
        else:
            done = subprocess.run([PROGRAM, "import", "--no-index", "--catalog", self.place.path("catalog"), *words], input=data,
                                  env=self.place.environment(), capture_output=True, timeout=300)
            self.assertEqual(done.returncode, status, done.stderr)
            out, said = done.stdout.decode(), done.stderr.decode()
        counts = re.fullmatch(r"(\d+) read: (\d+) new, (\d+) changed, (\d+) unchanged, (\d+) refused\.\n", out)
        self.assertIsNotNone(counts, out)
        self.assertEqual(int(counts[1]), sum(map(int, counts.groups()[1:])))
        return tuple(map(int, counts.groups())), said

    def catalog(self):
        return sqlite3.connect(self.place.path("catalog", "catalog.db"))

    def write(self, name, data):
        path = self.place.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def check(self, format, paths, key):
        """VDB-01: as many as another reader counts, under the same names; and nothing changes when it is imported again."""
        records = [key(record) for path in paths for record in objects(path)]
        names, wrong = {name for name in records if name}, records.count(None)
        (read, new, changed, unchanged, refused), said = self.take(format, *paths, status=65 if wrong else 0)
        self.assertEqual((read, refused), (len(records), wrong), said[-2000:])
        self.assertEqual(new, len(names))
        found = {tuple(row) for row in self.catalog().execute("SELECT name, source, is_overlay FROM record WHERE source = ?", (format,))}
        self.assertEqual(found, names)
        self.assertEqual(self.catalog().execute("SELECT count(*) FROM body").fetchone()[0],
                         self.catalog().execute("SELECT count(*) FROM record").fetchone()[0])
        again, _ = self.take(format, *paths, status=65 if wrong else 0)
        self.assertEqual(again, (len(records), 0, 0, len(records) - wrong, wrong))
        print(f"conformance: import {format} {len(records) - wrong}/{len(records)} records, the rest refused with a reason")

    def paths(self, pattern, sample):
        if not SHARED:
            self.skipTest("no data sets on this machine")
        paths = sorted(glob.glob(os.path.join(SHARED, pattern), recursive=True))
        return paths if LONG else [path for path in paths if any(word in path for word in sample)]

    def test_every_record_of_nvd(self):
        self.check("nvd", self.paths("nvd/*.zst", ("fixtures", "2003", "2002", "2025")), nvd_key)

    def test_every_record_of_osv(self):
        self.check("osv", self.paths("osv/*.zst", ("fixtures", "rubygems", "golang", "psf", "rocky", "erlang")), osv_key)

    def test_every_record_of_cve(self):
        self.check("cve", self.paths("cve5bulk/*.zst", ("fixtures", "2020")) + self.paths("cve5/records/**/*.json", ("/2023/", "/2024/")), cve_key)

    def check_files(self, format, names_of, paths):
        """VDB-01: the same for formats whose files hold what another program finds in them. names_of: those names, and whether something is to be refused."""
        found = {path: names_of(path) for path in paths}
        names = [name for some, _ in found.values() for name in some]
        wrong = sum(is_wrong for _, is_wrong in found.values())
        (read, new, _, _, refused), said = self.take(format, *paths, status=65 if wrong else 0)
        self.assertEqual((read, new, refused), (len(names) + wrong, len(set(names)), wrong), said[-2000:])
        self.assertEqual({row[0] for row in self.catalog().execute("SELECT name FROM record")}, set(names))
        again, _ = self.take(format, *paths, status=65 if wrong else 0)
        self.assertEqual(again[1:3], (0, 0))
        for path in [path for path in paths if not found[path][1]][:3]:  # recognised without its name
            self.assertEqual(self.take(path)[0], (len(found[path][0]), 0, 0, len(found[path][0]), 0))
        print(f"conformance: import {format} {len(names)}/{len(names)} records of {len(paths)} files, {wrong} refused with a reason")

    def test_every_vulnerability_of_csaf(self):
        if not shutil.which("jq"):
            self.skipTest("no jq on this machine")
        paths = [path for path in self.paths("csaf/**/*.json", ("/cisa/OT/white/2023/", "/vince-sample/", "/examples/csaf/", "/csaf-documents/"))
                 # lists of which each entry is refused, and branches deeper than the standard allows, of which the inner ones are
                 if "/processor-requirements/" not in path and "2024-6-1-34-0" not in path]
        self.check_files("csaf", csaf_names, paths)

    def test_every_item_of_jvnrss(self):
        if not shutil.which("xmlstarlet"):
            self.skipTest("no xmlstarlet on this machine")
        paths = self.paths("jvn/feeds-2023/rss/*.rdf", "/") + self.paths("jvn/**/*VulnOverviewList*.xml", "/") + self.paths("jvn/**/*rss_hnd.xml", "/")
        self.check_files("jvnrss", lambda path: element_names(path, "item", "identifier"), paths)

    def test_every_entry_of_vuldef(self):
        if not shutil.which("xmlstarlet"):
            self.skipTest("no xmlstarlet on this machine")
        paths = self.paths("jvn/feeds-2023/detail/*.rdf", "/") + self.paths("jvn/**/*etail*.xml", "/")
        self.check_files("vuldef", lambda path: element_names(path, "Vulinfo", "VulinfoID"), paths)

    def test_every_product_of_jvn(self):
        """VDB-06: JVN's dictionary, as lines and as a table; both tell of the same products, one more of them."""
        lines = self.paths("jvn-products/*.jsonl.zst", "/")
        table = self.paths("jvn/vuls-raw/product/*.tsv.gz", "/")
        count = int(subprocess.run(["sh", "-c", 'zstd -dcq "$1" | wc -l', "sh", lines[0]], capture_output=True, check=True).stdout)
        rows = [row.split("\t") for row in subprocess.run(["zcat", table[0]], capture_output=True, check=True).stdout.decode().splitlines()[1:]]
        self.assertEqual(self.take("jvn-products", *lines)[0], (count, count, 0, 0, 0))
        self.assertEqual(self.take(*lines)[0], (count, 0, 0, count, 0))
        self.assertEqual(self.take(*table)[0], (len(rows), len(rows) - count, 0, count, 0))
        self.assertEqual(dict(self.catalog().execute("SELECT pid, name_ja FROM jvn_product")), {int(row[3]): row[4] for row in rows})
        self.assertEqual(dict(self.catalog().execute("SELECT vid, name_ja FROM jvn_vendor")), {int(row[0]): row[1] for row in rows})
        (unread,), = self.catalog().execute("SELECT count(*) FROM jvn_product WHERE product_id = 0")
        self.assertEqual(unread, 0)
        print(f"conformance: import jvn-products {len(rows)}/{len(rows)} products")

    def check_references(self, form, archive, folder, name_of, told_of):
        """What one list says, entry by entry: as many as there are files, and each as it was sent."""
        out = self.place.path("list-" + form)
        os.makedirs(out)
        subprocess.run(f"zstd -dcq --long=27 '{archive}' | tar x -C '{out}'", shell=True, check=True)
        files = sorted(glob.glob(os.path.join(out, folder)))
        self.assertTrue(files)
        (read, _, changed, _, refused), said = self.take(archive, status=None)
        self.assertEqual((changed, refused), (0, said.count("not known")))
        found = {}
        for name, sent in self.catalog().execute("SELECT name, sent FROM reference WHERE form = ?", (form,)):
            found[name] = unpack_kept(self.place, sent)
        want = {}
        for path in files:
            with open(path, "rb") as f:
                want.update(told_of(name_of(path), f.read()))
        self.assertEqual(found.keys(), want.keys())
        for name, sent in found.items():
            self.assertEqual(told_of(name, sent)[name], want[name], name)
        self.assertEqual(self.take(archive, status=None)[0], (read, 0, 0, read - refused, refused))
        print(f"conformance: import {form} {len(found)}/{len(want)} entries")

    def test_every_weakness_of_cwe(self):
        """STD-08: weaknesses, categories and views, from both of the forms in which CWE's list is about."""
        def told(key):
            def read(_, text):
                value = json.loads(text)
                return {one[key]: one for one in (value if isinstance(value, list) else [value])}
            return read

        for form, name, key, folder in (("cwe", "cwe-api-json", "ID", "[CVW]/*.json"), ("cwe-list", "cwe-list-as-json", "id", "*/*.json")):
            self.check_references(form, self.paths(f"cwe/{name}.tar.zst", "/")[0], folder, lambda path: "", told(key))

    def test_every_support_period(self):
        """Products with their cycles, from endoflife.date's pages and from its list of releases."""
        for form, name, folder in (("eol", "products-markdown", "products/*.md"), ("eol-releases", "release-data", "releases/*.json")):
            self.check_references(form, self.paths(f"eol/{name}.tar.zst", "/")[0], folder,
                                  lambda path: os.path.basename(path).split(".")[0], lambda name, text: {name: text})

    def test_hostile_xml_is_refused_within_bounds(self):
        """T45: a DOCTYPE is refused, a record that cannot be used stops no other."""
        feed = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:sec="http://jvn.jp/rss/mod_sec/">%s</rdf:RDF>'
        item = b"<item><title>t</title><sec:identifier>%s</sec:identifier></item>"
        cases = [("entities.xml", b'<!DOCTYPE a [<!ENTITY b "c">]>' + feed % (item % b"A-1"), (1, 0, 0, 0, 1)),
                 ("some.xml", feed % (item % b"A-1" + item % b"a b" + item % b"A-2"), (3, 2, 0, 0, 1)),
                 ("cut.xml", (feed % (item % b"A-3"))[:-9], (2, 1, 0, 0, 1)), # what stands before the cut is whole
                 ("deep.xml", b"<a>" * 1000000, (1, 0, 0, 0, 1)),
                 ("other.xml", b"<html/>", (1, 0, 0, 0, 1))]
        for name, data, counts in cases:
            self.assertEqual(self.take(self.write(name, data), status=65, limited=True)[0], counts, name)

    def test_memory_for_xml_does_not_grow_with_the_file(self):
        """STD-01: JVN's year files have up to 72 MB; read entry by entry, within the memory of one."""
        entry = ("<Vulinfo><VulinfoID>JVNDB-2024-%06d</VulinfoID><VulinfoData><Title>t</Title><VulinfoDescription><Overview>%s</Overview>"
                 "</VulinfoDescription><DateLastUpdated>2024-05-01T12:00:00+09:00</DateLastUpdated></VulinfoData></Vulinfo>\n")
        size = (100 if LONG else 40) << 20
        count = size // len(entry % (0, "x" * 4000))
        path = self.write("year.xml", b"")
        with open(path, "w", encoding="utf-8") as out:
            out.write('<VULDEF-Document xmlns="http://jvn.jp/vuldef/" xml:lang="ja">\n')
            for number in range(count):
                out.write(entry % (number, "x" * 4000))
            out.write("</VULDEF-Document>\n")
        self.assertGreater(os.path.getsize(path), size * 9 // 10)
        said, most = largest_memory([PROGRAM, "import", "--no-index", "--catalog", self.place.path("catalog"), path], env=self.place.environment())
        self.assertEqual(said, f"{count} read: {count} new, 0 changed, 0 unchanged, 0 refused.\n")
        self.assertTrue(0 < most < 32 << 10, most)
        print(f"memory: {most >> 10} MB for a document of {size >> 20} MB")

    def test_every_entry_of_kev(self):
        paths = self.paths("kev/known_exploited_vulnerabilities-*", ("2025",))
        newest = json.loads(unpacked(max(path for path in paths if ".json" in path)))["vulnerabilities"]
        count = 2 * sum(len(json.loads(unpacked(path))["vulnerabilities"]) for path in paths if ".json" in path)
        (read, *_, refused), _ = self.take("kev", *paths)
        self.assertEqual((read, refused), (count, 0))
        rows = dict(self.catalog().execute("SELECT cve, is_ransomware FROM kev"))
        self.assertEqual(rows, {entry["cveID"]: int(entry["knownRansomwareCampaignUse"] == "Known") for entry in newest})
        again, _ = self.take(*paths)
        self.assertEqual(again, (count, 0, 0, count, 0))

    def test_every_score_of_epss(self):
        paths = self.paths("epss/*.csv.zst", ("2021-08-30", "2021-08-31"))
        days = {path: [line.split(",") for line in unpacked(path).decode().splitlines() if line.startswith("CVE-")] for path in paths}
        (read, *_, refused), _ = self.take(*paths)
        self.assertEqual((read, refused), (sum(map(len, days.values())), 0))
        want = {}
        for path in paths:
            want.update({row[0]: round(float(row[1]) * 100000) for row in days[path]})
        self.assertEqual(dict(self.catalog().execute("SELECT cve, score FROM epss")), want)
        again, _ = self.take(paths[-1])
        self.assertEqual(again[1:3], (0, 0))

    RECORDS = [{"id": f"X-{n}", "modified": "2024-01-01T00:00:00Z", "aliases": [f"CVE-2024-{n:04}"], "affected": []} for n in range(300)]

    def forms(self):
        """The same records in whatever a feed may be packed in."""
        lines = b"".join(json.dumps(record).encode() + b"\n" for record in self.RECORDS)
        tar, zipped = io.BytesIO(), io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w") as t, zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as z:
            for record in self.RECORDS:
                data = json.dumps(record).encode()
                info = tarfile.TarInfo(f"all/{record['id']}.json")
                info.size = len(data)
                t.addfile(info, io.BytesIO(data))
                z.writestr(f"{record['id']}.json", data)
        yield "a.jsonl", lines
        yield "a.json", json.dumps(self.RECORDS, indent=2).encode()
        yield "b.json", json.dumps({"count": 300, "vulnerabilities": self.RECORDS, "more": [1]}, indent=1).encode()
        yield "a.jsonl.gz", gzip.compress(lines[:5000]) + gzip.compress(lines[5000:])
        yield "a.jsonl.xz", lzma.compress(lines)
        yield "a.tar", tar.getvalue()
        yield "a.tgz", gzip.compress(tar.getvalue())
        yield "a.zip", zipped.getvalue()

    def test_packings_do_not_matter(self):
        for number, (name, data) in enumerate(self.forms()):
            want = (300, 0, 0, 300, 0) if number else (300, 300, 0, 0, 0)
            self.assertEqual(self.take(self.write(name, data))[0], want, name)
            self.assertEqual(self.take("-", data=data)[0], (300, 0, 0, 300, 0), name)
        for record in self.RECORDS:
            self.write(f"folder/{record['id'][-1]}/{record['id']}.json", json.dumps(record).encode())
        self.write("folder/README.md", b"no feed")
        self.write("folder/.git/x.json", b"{}")
        self.assertEqual(self.take(self.place.path("folder"))[0], (300, 0, 0, 300, 0))
        aliases = self.catalog().execute("SELECT count(*) FROM alias").fetchone()[0]
        self.assertEqual(aliases, 300)

    def test_a_broken_record_is_told_and_kept_and_stops_nothing(self):
        lines = [json.dumps(record) for record in self.RECORDS[:10]]
        lines[2], lines[4], lines[6], lines[7] = '{"id":"broken', '{"id":"X-4","id":"twice"}', '{"id":["X"}', '{"no":"record"}'
        path = self.write("feed.jsonl", "\n".join(lines).encode())
        counts, said = self.take(path, status=65)
        self.assertEqual(counts[4], 4, said)
        self.assertEqual(counts[1], 6)
        for line in (3, 5, 7, 8):
            self.assertRegex(said, rf"(?m)^{re.escape(path)}:{line}: \S")
        kept = self.catalog().execute("SELECT line, reason FROM refused ORDER BY line").fetchall()
        self.assertEqual([line for line, _ in kept], [3, 5, 7, 8])
        self.assertIn("twice", kept[1][1])
        run = self.catalog().execute("SELECT read_count, new_count, refused_count, ended_at IS NOT NULL FROM import_run").fetchone()
        self.assertEqual(run, (10, 6, 4, 1))

    def test_what_was_refused_is_read_again(self):
        """VDB-01: what is refused again stands there once; when its reader can take it, it is refused no more."""
        lines = [json.dumps(record) for record in self.RECORDS[:3]] + ['{"id":"broken']
        path = self.write("feed.jsonl", "\n".join(lines).encode())
        for _ in range(2):  # read as what it is not
            self.assertEqual(self.take("nvd", path, status=65)[0], (4, 0, 0, 0, 4))
            self.assertEqual(self.catalog().execute("SELECT count(*) FROM refused").fetchone()[0], 4)
        self.assertEqual(self.take("--retry", status=65)[0], (4, 3, 0, 0, 1))
        self.assertEqual(self.catalog().execute("SELECT line FROM refused").fetchall(), [(4,)])
        self.assertEqual(self.catalog().execute("SELECT count(*) FROM record").fetchone()[0], 3)
        self.assertEqual(self.take("--retry", status=65)[0], (1, 0, 0, 0, 1))
        self.place.run("import", "--retry", path, status=64)

    def test_what_is_in_a_bundle_or_an_archive_is_named(self):
        self.write("folder/a.json", json.dumps(self.RECORDS[0]).encode())
        self.write("folder/b.json", b'{"id":')
        _, said = self.take(self.place.path("folder"), status=65)
        self.assertIn("folder/b.json:1: ", said)
        zipped = io.BytesIO()
        with zipfile.ZipFile(zipped, "w") as z:
            z.writestr("inner/c.json", b"\n{]")
        _, said = self.take(self.write("d.zip", zipped.getvalue()), status=65)
        self.assertIn("d.zip:inner/c.json:2: ", said)

    def test_an_interrupt_keeps_what_came(self):
        """VDB-01: what is whole stays, entries and index with it; importing again brings the rest."""
        one = {"cve": {"id": "CVE-2024-1000", "sourceIdentifier": "a@example.org", "published": "2024-01-01T00:00:00.000",
                       "lastModified": "2024-01-02T00:00:00.000", "vulnStatus": "Analyzed", "references": [],
                       "descriptions": [{"lang": "en", "value": "interrupted " * 40}]}}
        lines = []
        for number in range(10000, 70000):
            one["cve"]["id"] = f"CVE-2024-{number}"
            lines.append(json.dumps(one))
        path = self.write("many.jsonl", "\n".join(lines).encode())
        words = [PROGRAM, "import", "nvd", "--no-index", "--catalog", self.place.path("catalog"), path]
        ours, theirs = pty.openpty()
        with subprocess.Popen(words, env=self.place.environment(), stdout=subprocess.PIPE, stderr=theirs, text=True) as run:
            said = ""
            while not re.search(r"%  [1-9]", said):  # the bar tells how many were read
                said += os.read(ours, 65536).decode()
            run.send_signal(signal.SIGINT)
            out = run.communicate(timeout=120)[0]
        os.close(theirs)
        with contextlib.suppress(OSError):  # nobody writes any more: the end
            while part := os.read(ours, 65536):
                said += part.decode()
        os.close(ours)
        self.assertEqual(run.returncode, 130, said)
        self.assertIn("Import again", said)
        some = self.catalog().execute("SELECT count(*) FROM record").fetchone()[0]
        self.assertEqual(int(out.split()[0]), some, out + said[-300:])
        self.assertTrue(0 < some < len(lines), some)
        self.assertEqual(self.catalog().execute("SELECT count(*) FROM entry WHERE doc > 0").fetchone()[0], some)
        self.assertEqual(self.catalog().execute("SELECT count(*) FROM import_run WHERE ended_at IS NULL").fetchone()[0], 1)
        self.assertEqual(self.take("nvd", path)[0], (len(lines), len(lines) - some, 0, some, 0))

    def test_a_kill_of_the_first_import_leaves_nothing_or_all(self):
        """VDB-01: nothing is seen before all of it is; what was left half made is taken over, and the files and the index behind it are made the next time."""
        count = 2500
        path = self.write("many.jsonl", "\n".join(json.dumps(
            {"id": f"X-{n}", "modified": "2024-01-01T00:00:00Z", "summary": f"A flaw of part {n}.", "aliases": [f"CVE-2024-{n:05}"],
             "affected": [{"package": {"ecosystem": "npm", "name": f"part-{n}"}, "versions": ["1.0"]}]}) for n in range(count)).encode())
        more = self.write("more.json", json.dumps({"id": "Y-1", "modified": "2024-01-01T00:00:00Z", "summary": "One more."}).encode())
        listed = self.write("list.json", json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
            {"type": "library", "name": "part-7", "version": "1.0", "purl": "pkg:npm/part-7@1.0"}]}).encode())
        count_files = lambda folder: collections.Counter(re.sub(r"[0-9a-f]{32,}", "#", name) for *_, names in os.walk(folder) for name in names)
        whole, ends = None, {"nothing": 0, "all": 0}
        for n in range(60 if LONG else 10):
            catalog = self.place.path(f"catalog-{n}")
            words = [PROGRAM, "import", "osv", "--catalog", catalog, path]
            if whole is None:
                began = time.monotonic()
                subprocess.run(words, env=self.place.environment(), check=True, capture_output=True)
                whole = time.monotonic() - began
                self.place.run("import", "osv", "--catalog", catalog, more)
                continue
            for _ in range(3):  # also what a kill left is killed again
                with subprocess.Popen(words, env=self.place.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                    time.sleep(random.random() * whole * 1.1)
                    run.kill()
                file = os.path.join(catalog, "catalog.db")
                if os.path.exists(file):
                    with contextlib.closing(sqlite3.connect(file)) as database:
                        self.assertEqual(database.execute("PRAGMA quick_check").fetchall(), [("ok",)])
                        self.assertEqual(database.execute("SELECT count(*) FROM record").fetchone()[0], count)
                    self.assertIn("A flaw of part 7", self.place.run("search", "X-7", "--catalog", catalog).stdout)
                    ends["all"] += 1
                else:
                    self.assertIn("no catalogue", self.place.run("search", "X-7", "--catalog", catalog, status=66).stderr)
                    ends["nothing"] += 1
            self.place.run("import", "osv", "--catalog", catalog, path)
            self.assertIn("A flaw of part 7", self.place.run("search", "X-7", "--catalog", catalog).stdout)
            self.assertIn("CVE-2024-00007", self.place.run("scan", listed, "--catalog", catalog).stdout)
            self.place.run("import", "osv", "--catalog", catalog, more)  # what a kill left beside goes with the next change
            self.assertEqual(count_files(catalog), count_files(self.place.path("catalog-0")))
            shutil.rmtree(catalog)
        self.assertGreater(ends["nothing"], 0)
        print(f"kills of a first import: {ends['nothing']} left nothing, {ends['all']} all of it")

    def test_the_search_is_made_anew(self):
        """VDB-04: when asked, from the records, with or without files."""
        record = {"id": "TEST-1", "modified": "2024-01-02T00:00:00Z", "summary": "unheard of"}
        self.take("osv", self.write("one.json", json.dumps(record).encode()))
        self.place.run("import", "--rebuild-search", "--catalog", self.place.path("catalog"))
        found = self.place.run("search", "unheard", "--catalog", self.place.path("catalog"))
        self.assertIn("TEST-1", found.stdout)
        self.assertFalse(os.path.exists(self.place.path("catalog", "match.idx")))

    def test_the_match_index_follows_what_changed(self):
        """A change is a segment upon the base; without one the index is left alone; what is missing or torn is made anew, and scans answer all along."""
        catalog, index = self.place.path("catalog"), self.place.path("catalog", "match.idx")
        record = {"id": "TEST-1", "modified": "2024-01-02T00:00:00Z", "affected": [{"package": {"ecosystem": "npm", "name": "one"}, "versions": ["1.0"]}]}
        path = self.write("one.json", json.dumps(record).encode())
        self.place.run("import", "--catalog", catalog, path)
        first = os.stat(index)
        self.place.run("import", "--catalog", catalog, path)
        self.assertEqual(os.stat(index).st_ino, first.st_ino)
        self.write("one.json", json.dumps({**record, "modified": "2024-01-03T00:00:00Z"}).encode())
        self.place.run("import", "--catalog", catalog, path)
        second = os.stat(index)
        self.assertNotEqual((second.st_ino, second.st_mtime_ns), (first.st_ino, first.st_mtime_ns))
        layers = lambda: sorted(name for name in os.listdir(catalog) if name.startswith("match.idx."))
        self.assertEqual(len(layers()), 2)
        asked = self.write("list.json", json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
            {"type": "library", "name": "one", "version": "1.0", "purl": "pkg:npm/one@1.0"}]}).encode())
        self.assertIn("TEST-1", self.place.run("scan", asked, "--catalog", catalog).stdout)
        self.write("one.json", json.dumps({**record, "modified": "2024-01-04T00:00:00Z", "withdrawn": "2024-01-04T00:00:00Z"}).encode())
        self.place.run("import", "--catalog", catalog, path)
        self.assertEqual(len(layers()), 3)
        self.assertNotIn("TEST-1", self.place.run("scan", asked, "--catalog", catalog).stdout)
        with open(os.path.join(catalog, layers()[0]), "r+b") as layer:
            layer.truncate(200)
        torn = self.place.run("scan", asked, "--catalog", catalog, status=69)
        self.assertIn("noroshi import", torn.stderr)
        self.place.run("import", "--catalog", catalog, path)
        self.assertEqual(len(layers()), 1)
        self.assertNotIn("TEST-1", self.place.run("scan", asked, "--catalog", catalog).stdout)
        os.remove(index)
        self.place.run("import", "--catalog", catalog, path)
        self.assertTrue(os.path.exists(index))

    def test_older_does_not_replace_newer(self):
        record = dict(self.RECORDS[0], details="new", modified="2025-01-01T00:00:00Z")
        self.take(self.write("new.json", json.dumps(record).encode()))
        counts, _ = self.take(self.write("old.json", json.dumps(dict(record, details="old", modified="2024-01-01T00:00:00Z")).encode()))
        self.assertEqual(counts, (1, 0, 0, 1, 0))
        counts, _ = self.take(self.write("newer.json", json.dumps(dict(record, aliases=[], modified="2026-01-01T00:00:00Z")).encode()))
        self.assertEqual(counts, (1, 0, 1, 0, 0))
        self.assertEqual(self.catalog().execute("SELECT count(*) FROM alias").fetchone()[0], 0)

    def test_a_bar_on_a_terminal_and_none_elsewhere(self):
        path = self.write("a.jsonl", b"\n".join(json.dumps(record).encode() for record in self.RECORDS * 50))
        self.assertNotIn("\r", self.take(path)[1])
        ours, theirs = pty.openpty()
        subprocess.run([PROGRAM, "import", "--no-index", "--catalog", self.place.path("catalog"), path], env=self.place.environment(), stderr=theirs,
                       stdout=subprocess.DEVNULL, timeout=300, check=True)
        os.close(theirs)
        self.assertIn(b"\r[", os.read(ours, 65536))
        os.close(ours)

    def test_the_format_is_named_or_recognised(self):
        path = self.write("a.txt", b"some words\nand more\n")
        counts, said = self.take(path, status=65)
        self.assertEqual((counts[0], counts[4]), (1, 1))
        self.assertIn("format", said)
        self.place.run("import", status=64)
        self.place.run("import", "--surely", path, status=64)
        self.place.run("import", "--catalog", self.place.path("catalog"), "nvd", self.place.path("nothing"), status=74)

    def test_nothing_hostile_comes_in_by_any_path(self):
        """T45: no file of the suites is a record, whatever it is taken for; each has an answer at least, within a gigabyte of addresses."""
        folder = os.path.join(SHARED, "hostile") if SHARED else ""
        if not os.path.isdir(folder):
            self.skipTest("no data sets on this machine")
        paths = sorted(path for path in glob.glob(os.path.join(folder, "**/*"), recursive=True) if os.path.isfile(path))
        formats = ("nvd", "cve", "osv", "csaf", "jvnrss", "vuldef", "jvn-products", "kev", "epss", "cpe", "cwe", "eol") if LONG else \
            ("osv", "vuldef", "jvn-products", "epss")
        for words in ((), *((format,) for format in formats)):
            with self.subTest(format=words):
                counts, _ = self.take(*words, *paths, status=65, limited=True)
                self.assertEqual(counts[1:4], (0, 0, 0))
                self.assertGreaterEqual(counts[4], len(paths))
        print(f"conformance: import hostile {len(paths)}/{len(paths)} files, in each of {len(formats) + 1} ways")

    LISTS = (  # a line of each list that is not about one vulnerability; where a text stands that its sender chose
        ("cpe", "cpe.jsonl", '{"cpe":{"deprecated":false,"cpeName":"cpe:2.3:a:evil:thing:1:*:*:*:*:*:*:*","cpeNameId":"00000000-0000-4000-8000-00000000000%d",'
         '"created":"2026-01-01T00:00:00.000","lastModified":"2026-01-01T00:00:00.000","titles":[{"title":"@","lang":"en"}]}}'),
        ("cwe", "cwe.jsonl", '{"ID":"%d","Name":"@","Status":"Draft","Abstraction":"Base","Description":"@"}'),
        ("jvn-products", "products.jsonl", '{"vid":"%d","vname":"@","vcpe":"cpe:/:evil","pid":"%d","pname":"@","pcpe":"cpe:/a:evil:thing"}'),
        ("jvn-products", "products.tsv", "vid\tvname\tvcpe\tpid\tpname\tpcpe\n%d\t@\tcpe:/:evil\t%d\t@\tcpe:/a:evil:thing"),
        ("eol", "thing.md", '---\ntitle: "@"\npermalink: /thing\nidentifiers:\n  - cpe: cpe:2.3:a:evil:thing\nreleases:\n  - releaseCycle: "@"\n    eol: 2026-01-0%d\n---\n'),
    )

    def test_hostile_lists_are_bounded(self):
        """T45: names of CPE, CWE, JVN's products and support periods: what is no text is refused, what is too long too (an entry of CPE may have 16 MB, of
        which words are searched as far as 64 KB); the row behind is taken."""
        for form, name, line in self.LISTS:
            line = line.replace("@", "%(text)s").replace("%d", "%(n)d")
            for what, text, is_refused in (("broken UTF-8", b"a\xff\xfeb", True), ("half a character", "表".encode()[:2], True),
                                           ("huge", b"x" * (9 << 20), form != "cpe"), ("long", b"x" * 60000, None), ("markup", b"<script>alert(1)</script>", False),
                                           ("a dangerous link", b"javascript:alert(1)", False), ("orders to a terminal", "\u202e\u2066x\u200b".encode(), None)):
                with self.subTest(form=form, file=name, what=what):
                    bad, good = (line.encode().replace(b"%(n)d", str(n).encode()).replace(b"%(text)s", one) for n, one in ((1, text), (2, b"good")))
                    paths = [self.write(os.path.join("hostile", str(i), name), data) for i, data in enumerate((bad, good))]
                    counts, said = self.take(form, *paths, status=None, limited=True)
                    self.assertEqual(counts[0], 2, said)
                    if is_refused is not None:
                        self.assertEqual(counts[4], is_refused, said)
                    self.assertNotIn("\x1b", said)

    def test_bombs_are_refused_within_bounds(self):
        deep = b'{"id":"X-1","modified":' + b"[" * 3000000 + b"\n" + json.dumps(self.RECORDS[0]).encode()
        large = b'{"id":"X-2","details":"' + b"a" * (40 << 20) + b'"}\n' + json.dumps(self.RECORDS[1]).encode()
        many = b'{"id":"X-3","modified":"2024-01-01T00:00:00Z","aliases":[' + b'"a",' * 3000000 + b'"b"]}\n' + json.dumps(self.RECORDS[4]).encode()
        swollen = gzip.compress(b" " * (1 << 30), 9)
        for name, data, good in (("deep.jsonl", deep, 1), ("large.jsonl", large, 1), ("many.jsonl.gz", gzip.compress(many, 1), None),
                                 ("swollen.json.gz", swollen, 0), ("cut.json.gz", gzip.compress(large)[:5000], 0)):
            counts, said = self.take("osv", self.write(name, data), status=None, limited=True)
            if good is not None:
                self.assertEqual((counts[1], counts[4]), (good, 1), (name, said))


if __name__ == "__main__":
    main()
