#!/usr/bin/python3
"""noroshi watch: products registered once, searched again and again; the checklist keeps what people decided.

Rule: API-02, API-03
"""
import csv
import io
import json
import unittest

from search_test import CRITICAL, MEDIUM, record
from support import Place, main

FIRST = [
    record(91001, {"en": "Beacon Router runs a command that a stranger sends.", "ja": "見本ルーターには、送られた命令を実行する問題があります。"},
           "2026-03-01T00:00:00.000", CRITICAL, "CWE-78", "beacon:router"),
    record(91002, {"en": "Beacon Wiki shows what was typed without escaping it."}, "2026-02-01T00:00:00.000", MEDIUM, "CWE-79", "beacon:wiki"),
    record(91003, {"en": "Lantern Wiki repeats a \x1b[31mred word."}, "2025-12-31T00:00:00.000", MEDIUM, "CWE-79", "lantern:wiki"),
]
LATER = [
    {"cve": {**FIRST[0]["cve"], "lastModified": "2026-04-01T00:00:00.000", "descriptions": [{"lang": "en", "value": "Beacon Router runs any command."}]}},
    record(91004, {"en": "Beacon Router forgets who is logged in."}, "2026-04-02T00:00:00.000", CRITICAL, "CWE-287", "beacon:router"),
    record(91005, {"en": "Beacon Router shows its version."}, "2026-04-02T00:00:00.000", MEDIUM, "CWE-200", "beacon:router"),
]
SBOM = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
    {"type": "application", "name": "wiki", "version": "1", "bom-ref": "a", "cpe": "cpe:2.3:a:lantern:wiki:1:*:*:*:*:*:*:*"},
    {"type": "library", "name": "left-pad", "version": "1.3.0", "bom-ref": "b", "purl": "pkg:npm/left-pad@1.3.0"},
    {"type": "file", "name": "unnamed", "version": "1", "bom-ref": "c"}]}


class Watch(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)
        self.catalog, self.file = self.place.path("catalog"), self.place.path("watch.json")
        self.take(FIRST)

    def take(self, records):
        with open(self.place.path("records.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(json.dumps(one) + "\n" for one in records)
        self.place.run("import", "--no-index", "--catalog", self.catalog, "nvd", self.place.path("records.jsonl"))

    def watch(self, *words, **how):
        return self.place.run("watch", self.file, *words, "--catalog", self.catalog, **how)

    def kept(self):
        with open(self.file, encoding="utf-8") as f:
            return json.load(f)

    def items(self):
        return {item["id"][-5:]: item for item in self.kept()["items"]}

    def test_from_the_first_search_to_the_next(self):
        """API-03: what is new is added, what changed is marked, what was decided and noted stays; searching again changes nothing."""
        self.watch("add", "beacon:router", "cpe:/a:beacon:wiki:2.0")
        self.assertEqual(self.kept()["products"], ["beacon:router", "beacon:wiki"])
        said = self.watch("search").stdout
        self.assertIn("2 new", said)
        self.assertEqual(set(self.items()), {"91001", "91002"})
        self.watch("mark", "CVE-2026-91001", "planned", "--note", "火曜日に更新する")
        self.watch("mark", "CVE-2026-91002", "not-affected")
        before = self.items()
        self.assertEqual((before["91001"]["state"], before["91001"]["note"], before["91002"]["state"]), ("planned", "火曜日に更新する", "not-affected"))
        said = self.watch("search").stdout
        self.assertIn("0 new", said)
        self.assertIn("0 changed", said)
        self.assertEqual(self.items(), before)

        self.take(LATER)
        said = self.watch("search").stdout
        self.assertIn("2 new", said)
        self.assertIn("1 changed", said)
        after = self.items()
        self.assertEqual(set(after), {"91001", "91002", "91004", "91005"})
        self.assertTrue(after["91001"]["changed"])
        self.assertEqual((after["91001"]["state"], after["91001"]["note"]), ("planned", "火曜日に更新する"))
        self.assertNotIn("changed", after["91002"])
        self.watch("mark", "CVE-2026-91001", "done")
        self.assertNotIn("changed", self.items()["91001"])
        self.assertEqual(self.items()["91001"]["note"], "火曜日に更新する")

    def test_conditions_are_those_of_a_search(self):
        """API-03: only what meets them joins the list."""
        self.take(LATER)
        self.watch("add", "beacon:router")
        self.watch("only", "--severity", "critical")
        self.watch("search")
        self.assertEqual(set(self.items()), {"91001", "91004"})
        self.watch("only", "version")
        self.watch("search")
        self.assertEqual(set(self.items()), {"91001", "91004", "91005"})  # what is there stays
        self.watch("only", "--severity", "huge", status=64)
        self.assertEqual(self.kept()["conditions"], {"q": "version"})

    def test_products_come_from_lists(self):
        """API-02: picked, pasted, or out of an SBOM; each once; what cannot be watched is said."""
        with open(self.place.path("sbom.json"), "w", encoding="utf-8") as f:
            json.dump(SBOM, f)
        said = self.watch("add", "--from", self.place.path("sbom.json")).stdout
        self.assertIn("unnamed", said)
        self.assertEqual(self.kept()["products"], ["lantern:wiki", "npm:left-pad"])
        self.watch("add", "-", typed="# ours\nbeacon:wiki\n\nlantern:wiki # twice\n")
        self.assertEqual(self.kept()["products"], ["lantern:wiki", "npm:left-pad", "beacon:wiki"])
        self.watch("remove", "pkg:npm/left-pad")
        self.assertEqual(self.kept()["products"], ["lantern:wiki", "beacon:wiki"])
        self.watch("search")
        self.assertEqual(set(self.items()), {"91002", "91003"})

    def test_the_list_goes_out(self):
        self.watch("add", "lantern:wiki", "beacon:router")
        self.watch("search")
        self.watch("mark", "CVE-2026-91003", "accepted", "--note", '=1+1 "so"')
        rows = list(csv.DictReader(io.StringIO(self.watch("list", "--format", "csv").stdout.lstrip("\ufeff"))))
        self.assertEqual({row["id"]: row["state"] for row in rows}, {"CVE-2026-91003": "accepted", "CVE-2026-91001": "open"})
        self.assertEqual(next(row for row in rows if row["id"] == "CVE-2026-91003")["note"], "'=1+1 \"so\"")
        self.assertEqual(json.loads(self.watch("list", "--format", "json").stdout), self.kept())
        table = self.watch("list", "--state", "accepted").stdout
        self.assertIn("CVE-2026-91003", table)
        self.assertNotIn("CVE-2026-91001", table)
        self.assertNotIn("\x1b", table)  # what a stranger wrote commands no terminal
        self.assertIn("対策しない", self.watch("list", "--lang", "ja").stdout)

    def test_what_is_wrong_is_said_and_nothing_is_lost(self):
        self.watch("search", status=74)  # there is no such file
        self.watch("add", "beacon", status=64)
        self.watch("add", "beacon:router")
        kept = self.kept()
        self.watch("mark", "CVE-1999-0001", "done", status=None)
        self.watch("mark", "CVE-1999-0001", "finished", status=64)
        self.watch("frobnicate", status=64)
        self.assertEqual(self.kept(), kept)
        for text in ("", "{}", '{"noroshi_watch": 2}', '{"noroshi_watch": 1, "products": ["x"]}', '{"noroshi_watch": 1, "products": [], "items": [{"id": "A", "state": "?"}]}'):
            with open(self.file, "w", encoding="utf-8") as f:
                f.write(text)
            self.assertNotEqual(self.watch("search", status=None).returncode, 0, text)


if __name__ == "__main__":
    main()
