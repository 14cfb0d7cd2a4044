#!/usr/bin/python3
"""noroshi search and noroshi show: what was imported is found by words, filters and names, and shown harmless."""
import csv
import json
import sqlite3
import unittest

from support import Place, main


def record(number, words, published, score=None, cwe=None, product=None, **more):
    """A record as NVD sends it; words by language."""
    cve = {"id": f"CVE-2026-{number}", "sourceIdentifier": "test@example.org", "published": published, "lastModified": published, "vulnStatus": "Analyzed",
           "descriptions": [{"lang": lang, "value": text} for lang, text in words.items()], "references": [], **more}
    if score:
        vector, base, severity = score
        cve["metrics"] = {"cvssMetricV31": [{"source": "test@example.org", "type": "Primary", "cvssData": {
            "version": "3.1", "vectorString": vector, "baseScore": base, "baseSeverity": severity}}]}
    if cwe:
        cve["weaknesses"] = [{"source": "test@example.org", "type": "Primary", "description": [{"lang": "en", "value": cwe}]}]
    if product:
        cve["configurations"] = [{"nodes": [{"operator": "OR", "negate": False, "cpeMatch": [{
            "vulnerable": True, "criteria": f"cpe:2.3:a:{product}:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.4.1", "matchCriteriaId": "9F1A3C1E-0000-4000-8000-000000000001"}]}]}]
    return {"cve": cve}


CRITICAL = ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, "CRITICAL")
MEDIUM = ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1, "MEDIUM")
RECORDS = [
    record(90001, {"en": "Beacon Router runs a command that a stranger sends.", "ja": "見本ルーターには、送られた命令を実行する問題があります。"},
           "2026-03-01T00:00:00.000", CRITICAL, "CWE-78", "beacon:router"),
    record(90002, {"en": "Beacon Wiki shows what was typed without escaping it."}, "2026-02-01T00:00:00.000", MEDIUM, "CWE-79", "beacon:wiki"),
    record(90003, {"en": "Lantern Wiki repeats a \x1b[31mred\x1b]0;title\x07 word.", "ja": "見本ウィキの表示に問題があります。"}, "2025-12-31T00:00:00.000", MEDIUM, "CWE-79", "lantern:wiki"),
    record(90004, {"en": "Rejected reason: not used."}, "2026-01-05T00:00:00.000", vulnStatus="Rejected"),
]


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.done)
        cls.catalog = cls.place.path("catalog")
        cls.take(RECORDS)

    @classmethod
    def take(cls, records, catalog=None):
        with open(cls.place.path("records.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(json.dumps(one) + "\n" for one in records)
        cls.place.run("import", "--no-index", "--catalog", catalog or cls.catalog, "nvd", cls.place.path("records.jsonl"))

    def run_on(self, *words, **how):
        return self.place.run(*words, "--catalog", self.catalog, **how)

    def found(self, *words):
        said = json.loads(self.run_on("search", *words, "--format", "json").stdout)
        self.assertEqual(said["count"], len(said["entries"]) if "--limit" not in words else said["count"])
        return [entry["name"][-5:] for entry in said["entries"]]

    def test_quarters_are_counted_by_source_and_edition(self):
        """VDB-03, VDB-13: against a count of the records themselves; quarters begin and end in Japan."""
        said = json.loads(self.run_on("report", "catalog", "--format", "json").stdout)
        want = {"2025-q4": (0, 0), "2026-q1": (0, 0)}  # Japanese, English
        for one in RECORDS[:3]:
            quarter = "2025-q4" if one["cve"]["published"] < "2025-12-31T15" else "2026-q1"
            languages = [text["lang"] for text in one["cve"]["descriptions"]]
            want[quarter] = (want[quarter][0] + ("ja" in languages), want[quarter][1] + ("en" in languages))
        self.assertEqual({row["quarter"]: (row["ja"]["nvd"]["new"], row["en"]["nvd"]["new"]) for row in said["quarters"]}, want)
        self.assertEqual([row["en"]["all"]["total"] for row in said["quarters"]], [1, 3])
        self.assertEqual([row["en"]["osv"]["new"] for row in said["quarters"]], [0, 0])
        self.assertEqual(said["undated"], 0)
        rows = list(csv.reader(self.run_on("report", "catalog", "--format", "csv").stdout.lstrip("\ufeff").splitlines()))
        self.assertEqual(rows[0], ["quarter", "edition", "source", "new", "total"])
        self.assertIn(["2026-q1", "ja", "all", "1", "2"], rows)
        today = json.loads(self.run_on("report", "catalog", "--by", "registered", "--format", "json").stdout)["quarters"]
        self.assertEqual([row["en"]["all"]["new"] for row in today], [3])  # all came today
        self.assertIn("2025-q4", self.run_on("report", "catalog").stdout)
        self.assertIn("moon", self.run_on("report", "catalog", "--by", "moon", status=64).stderr)

    def test_years_count_what_is_marked(self):
        """VDB-16, VDB-11: standard and embedded software by year, as marked at the curation desk."""
        folder = self.place.path("marked")
        self.take(RECORDS[:1], folder)
        with sqlite3.connect(f"{folder}/catalog.db") as db:
            db.executemany("INSERT INTO mark (name, is_embedded, is_standard) VALUES (?, ?, ?)",
                           [("CVE-2026-90001", 1, 0), ("CVE-2026-90002", 0, 1), ("CVE-2026-90003", 1, 1), ("CVE-2026-90004", 0, 1)])
        later = [{"cve": {**one["cve"], "lastModified": "2026-05-01T00:00:00.000"}} for one in RECORDS]
        self.take(later, folder)
        said = json.loads(self.place.run("report", "catalog", "--years", "--format", "json", "--catalog", folder).stdout)["years"]
        self.assertEqual([(row["year"], *(row["en"][mark][part] for mark in ("all", "embedded", "standard") for part in ("new", "total"))) for row in said],
                         [("2025", 1, 1, 1, 1, 1, 1), ("2026", 2, 3, 1, 2, 1, 2)])  # what was rejected counts nowhere
        self.assertEqual([row["ja"]["standard"]["total"] for row in said], [1, 1])
        rows = list(csv.reader(self.place.run("report", "catalog", "--years", "--format", "csv", "--catalog", folder).stdout.lstrip("\ufeff").splitlines()))
        self.assertEqual(rows[0][0], "year")
        self.assertIn(["2026", "en", "standard", "1", "2"], rows)

    def test_words_and_filters_find_as_on_the_portal(self):
        """VDB-04"""
        for words, want in (
            ((), ["90001", "90002", "90003"]),  # the latest first; rejected ones are left out
            (("wiki",), ["90002", "90003"]),
            (("Beacon", "Wiki"), ["90002"]),
            (("見本",), ["90001", "90003"]),
            (("ルータ",), ["90001"]),
            (("cve-2026-90002",), ["90002"]),
            (("--severity", "critical"), ["90001"]),
            (("--severity", "critical,medium", "--vendor", "beacon"), ["90001", "90002"]),
            (("--product", "lantern:wiki"), ["90003"]),
            (("--cwe", "CWE-79", "--year", "2026"), ["90002"]),
            (("--from", "2026-02-01", "--to", "2026-02-28"), ["90002"]),
            (("--ja", "no"), ["90002"]),
            (("--rejected", "yes", "--year", "2026"), ["90001", "90002", "90004"]),
            (("--sort", "severity", "--limit", "1"), ["90001"]),
            (("--limit", "2", "--page", "2"), ["90003"]),
            (("zzzz",), []),
        ):
            with self.subTest(words=words):
                got = self.found(*words)
                self.assertEqual(got if "--sort" in words or "--limit" in words or not words else sorted(got), want)

    def test_json_says_what_could_be_narrowed_down_by(self):
        said = json.loads(self.run_on("search", "--format", "json").stdout)
        self.assertEqual((said["count"], said["more"], said["offset"], said["meant"]), (3, False, 0, []))
        facets = {name: {one["key"]: one["count"] for one in rows} for name, rows in said["facets"].items()}
        self.assertEqual(facets["severity"], {"critical": 1, "medium": 2})
        self.assertEqual(facets["vendor"], {"beacon": 2, "lantern": 1})
        self.assertEqual(facets["year"], {"2026": 2, "2025": 1})
        self.assertEqual(facets["ja"], {"yes": 2})
        self.assertEqual(said["countedAmongNewest"], [])
        first = said["entries"][0]
        self.assertEqual((first["name"], first["severity"], first["score"]["base"], first["japanese"], first["kev"], first["sources"], first["published"][:10]),
                         ("CVE-2026-90001", "critical", 9.8, True, False, ["nvd"], "2026-03-01"))

    def test_json_says_which_counts_are_not_of_all(self):
        many = self.place.path("many")
        self.take([record(n, {"en": "A flaw."}, "2026-01-01T00:00:00.000", MEDIUM) for n in range(50001, 51102)], many)
        said = json.loads(self.place.run("search", "--format", "json", "--catalog", many).stdout)
        self.assertEqual((said["count"], said["more"], said["countedAmongNewest"]), (1000, True, ["vendor", "product", "cwe"]))
        self.assertEqual({one["key"]: one["count"] for one in said["facets"]["severity"]}, {"medium": 1101})

    def test_the_table_is_for_people(self):
        said = self.run_on("search", "wiki", "--lang", "ja").stdout
        self.assertRegex(said, r"(?m)^CVE-2026-90002 +6\.1 +警告 .* NVD$")
        self.assertIn("2件あります", said)
        self.assertIn("1 found", self.run_on("search", "--severity", "critical", "--lang", "en").stdout)
        self.assertIn("(1 to 2)", self.run_on("search", "--limit", "2", "--lang", "en").stdout)

    def test_what_cannot_be_is_said(self):
        for words, subject in ((("--severity", "awful"), "awful"), (("--from", "yesterday"), "yesterday"), (("--awful",), "--awful"), (("--limit", "0"), "0"),
                               (("--page", "0"), "0"), (("--format", "xml"), "xml"), (("--year",), "--year"), (("x" * 201,), "200")):
            with self.subTest(words=words):
                done = self.run_on("search", *words, status=64) if words != ("--year",) else self.place.run("search", "--catalog", self.catalog, "--year", status=64)
                self.assertEqual(done.stdout, "")
                self.assertIn(subject, done.stderr)
        done = self.place.run("search", "x", "--catalog", self.place.path("nothing"), status=66)
        self.assertIn("noroshi import", done.stderr)

    def test_an_entry_is_shown_by_any_of_its_names(self):
        """VDB-02, VDB-07: vector in words, ranges, who says it."""
        said = self.run_on("show", "cve-2026-90001", "--lang", "ja").stdout
        for words in ("見本ルーターには", "9.8 緊急", "攻撃元区分：ネットワーク", "2.4.1 未満", "CWE-78", "情報源ごとの記載", "取り込みました"):
            self.assertIn(words, said)
        said = self.run_on("show", "CVE-2026-90001", "--lang", "en").stdout
        for words in ("Beacon Router runs", "Attack Vector: Network", "before 2.4.1", "was taken in"):
            self.assertIn(words, said)
        whole = json.loads(self.run_on("show", "CVE-2026-90001", "--format", "json").stdout)
        self.assertEqual((whole["name"], whole["state"], [telling["source"] for telling in whole["tellings"]]), ("CVE-2026-90001", "published", ["nvd"]))
        self.assertIn("CVE-1999-0001", self.run_on("show", "CVE-1999-0001", status=66).stderr)
        self.run_on("show", status=64)
        self.run_on("show", "a", "b", status=64)

    def test_a_record_is_shown_in_the_formats_of_others(self):
        """API-05: what came in a format is what its source sent, the others are made of it."""
        sent = json.loads(self.run_on("show", "CVE-2026-90001", "--format", "nvd").stdout)
        self.assertEqual(sent["cve"]["descriptions"], RECORDS[0]["cve"]["descriptions"])
        self.assertEqual(json.loads(self.run_on("show", "CVE-2026-90001", "--format", "osv").stdout)["id"], "CVE-2026-90001")
        self.assertEqual(json.loads(self.run_on("show", "CVE-2026-90001", "--format", "cve").stdout)["cveMetadata"]["cveId"], "CVE-2026-90001")
        self.assertEqual(json.loads(self.run_on("show", "CVE-2026-90001", "--format", "csaf").stdout)["document"]["csaf_version"], "2.0")
        self.assertIn("VULDEF", self.run_on("show", "CVE-2026-90001", "--format", "vuldef", "--lang", "ja").stdout)
        self.run_on("show", "CVE-2026-90001", "--format", "pdf", status=64)

    def test_what_changed_is_a_difference(self):
        """VDB-01"""
        catalog = self.place.path("changing")
        for words, score, changed in (("glows", MEDIUM, "2026-03-02"), ("burns", CRITICAL, "2026-03-03")):
            self.take([record(90005, {"en": f"Beacon Lamp {words}."}, "2026-03-02T00:00:00.000", score, lastModified=f"{changed}T00:00:00.000")], catalog)
        said = self.place.run("show", "CVE-2026-90005", "--lang", "en", "--catalog", catalog).stdout
        self.assertRegex(said, r"(?m)^ +- Beacon Lamp glows\.$")
        self.assertRegex(said, r"(?m)^ +\+ Beacon Lamp burns\.$")

    def test_a_terminal_is_never_given_orders(self):
        for words in (("show", "CVE-2026-90003"), ("search", "Lantern")):
            said = self.run_on(*words, "--lang", "en").stdout
            self.assertIn("repeats a", said)
            self.assertNotIn("\x1b", said)
            self.assertNotIn("\x07", said)


if __name__ == "__main__":
    main()
