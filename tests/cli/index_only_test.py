#!/usr/bin/python3
"""noroshi import --index-only: the match index of feeds without a catalogue, for a machine that only scans. What a scan says is what it says with one."""
import glob
import gzip
import json
import os
import subprocess
import unittest

from support import PROGRAM, SHARED, Place, main


def osv(name, version, modified="2024-01-01T00:00:00Z", **more):
    return {"id": name, "modified": modified, "summary": f"About {name}.",
            "affected": [{"package": {"ecosystem": "npm", "name": "one"}, "versions": [version]}], **more}


class IndexOnly(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)
        self.list = self.write("list.json", {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
            {"type": "library", "name": "one", "version": f"{n}.0", "purl": f"pkg:npm/one@{n}.0"} for n in range(1, 5)]})

    def write(self, name, *documents):
        path = self.place.path(name)
        with open(path, "w", encoding="utf-8") as out:
            out.write("\n".join(one if isinstance(one, str) else json.dumps(one) for one in documents))
        return path

    def take(self, *words, status=0, **more):
        return self.place.run("import", *words, "--index-only", "--catalog", self.place.path("alone"), status=status, **more)

    def findings(self, folder, path=None):
        """All that a scan says but when it was made."""
        said = json.loads(self.place.run("scan", path or self.list, "--catalog", self.place.path(folder), "--format", "json").stdout)
        return {key: value for key, value in said.items() if key not in ("made", "sources")}, said["sources"]

    def ids(self, folder="alone"):
        return sorted(one["id"] for one in self.findings(folder)[0]["findings"])

    def test_a_scan_says_what_it_says_with_a_catalogue(self):
        feed = self.write("feed.jsonl", osv("X-1", "1.0"), osv("X-2", "2.0", aliases=["CVE-2024-0002"]), osv("X-3", "3.0", modified="2025-01-01T00:00:00Z"),
                          osv("X-4", "4.0", withdrawn="2024-01-01T00:00:00Z"), '{"id":"broken')
        newer = self.write("newer.jsonl", osv("X-1", "4.0", modified="2024-06-01T00:00:00Z"), osv("X-3", "1.0"))
        kev = self.write("kev.json", {"title": "KEV", "catalogVersion": "1", "dateReleased": "2024-02-01T00:00:00.000Z", "count": 1, "vulnerabilities": [
            {"cveID": "CVE-2024-0002", "vendorProject": "v", "product": "p", "vulnerabilityName": "n", "dateAdded": "2024-01-02", "shortDescription": "s",
             "requiredAction": "a", "dueDate": "2024-01-23", "knownRansomwareCampaignUse": "Known", "notes": ""}]})
        epss = self.write("epss.csv", "#model_version:v2025.03.14,score_date:2024-03-01T00:00:00+0000", "cve,epss,percentile", "CVE-2024-0002,0.5,0.9")
        said = self.take(feed, newer, kev, epss, status=65)
        self.assertEqual(said.stdout, "9 read: 6 new, 1 changed, 1 unchanged, 1 refused.\n")
        self.assertEqual(said.stderr.count("broken"), 0)
        self.assertRegex(said.stderr, r"(?m)\A\S+feed\.jsonl:5: \S.*\n\Z")  # once, though all of it was read twice
        self.place.run("import", feed, newer, kev, epss, "--catalog", self.place.path("catalog"), status=65)
        alone, sources = self.findings("alone")
        self.assertEqual((alone, sources), self.findings("catalog"))
        self.assertEqual(self.ids(), ["CVE-2024-0002", "X-1", "X-3"])
        touched = {one["id"]: one for one in alone["findings"]}
        self.assertIn("one@4.0", json.dumps(touched["X-1"]))  # its newest state
        self.assertIn("one@3.0", json.dumps(touched["X-3"]))
        self.assertTrue(touched["CVE-2024-0002"]["kev"])
        self.assertEqual([name for name in os.listdir(self.place.path("alone")) if not name.startswith("match.idx")], [])

    def test_an_index_takes_the_place_of_the_one_before(self):
        self.take(self.write("a.json", osv("X-1", "1.0")))
        self.take(self.write("b.json", osv("X-2", "1.0")))
        self.assertEqual(self.ids(), ["X-2"])
        self.assertEqual(len(os.listdir(self.place.path("alone"))), 2)  # the manifest and one file

    def test_what_is_piped_in_may_be_read_twice(self):
        lines = "\n".join(json.dumps(one) for one in (osv("X-1", "1.0"), osv("X-1", "2.0", modified="2025-01-01T00:00:00Z")))
        said = self.take("-", typed=lines)
        self.assertEqual(said.stdout, "2 read: 1 new, 1 changed, 0 unchanged, 0 refused.\n")
        self.assertIn("one@2.0", json.dumps(self.findings("alone")[0]["findings"]))

    def test_nothing_is_written_beside_a_catalogue_or_as_it_cannot_be_meant(self):
        path = self.write("a.json", osv("X-1", "1.0"))
        self.place.run("import", path, "--catalog", self.place.path("alone"))
        before = {name: os.stat(self.place.path("alone", name)).st_mtime_ns for name in os.listdir(self.place.path("alone"))}
        said = self.take(path, status=65)
        self.assertIn("--index-only", said.stderr)
        self.assertEqual(before, {name: os.stat(self.place.path("alone", name)).st_mtime_ns for name in os.listdir(self.place.path("alone"))})
        for other in ("--no-index", "--retry", "--rebuild-search"):
            self.take(*([] if other == "--retry" else [path]), other, status=64)
        self.take(status=64)

    def test_a_damaged_file_leaves_the_rest(self):
        packed = gzip.compress(("\n".join(json.dumps(osv(f"X-{n}", "1.0")) for n in range(4000))).encode())
        with open(self.place.path("torn.jsonl.gz"), "wb") as out:
            out.write(packed[:len(packed) // 2])
        said = self.take(self.place.path("torn.jsonl.gz"), self.write("a.json", osv("Y-1", "1.0")), status=65)
        self.assertIn("torn.jsonl.gz", said.stderr)
        self.assertIn("Y-1", self.ids())

    def test_what_it_cannot_hold_is_read_and_passed_over(self):
        path = self.write("a.json", osv("X-1", "1.0"))
        cpe = self.write("cpe.json", {"format": "NVD_CPE", "products": [{"cpe": {"cpeName": "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*", "cpeNameId": "00000000-0000-4000-8000-000000000000",
                                                                                 "deprecated": False, "created": "2024-01-01T00:00:00.000",
                                                                                 "lastModified": "2024-01-01T00:00:00.000", "titles": []}}]})
        said = self.take(path, cpe)
        self.assertEqual(said.stdout, "2 read: 1 new, 0 changed, 1 unchanged, 0 refused.\n")
        self.assertEqual(self.ids(), ["X-1"])

    def test_an_interrupt_leaves_the_index_before(self):
        self.take(self.write("a.json", osv("X-1", "1.0")))
        big = self.place.path("big.jsonl")
        with open(big, "w", encoding="utf-8") as out:
            for n in range(200000):
                out.write(json.dumps(osv(f"Z-{n}", "1.0")) + "\n")
        run = subprocess.Popen([PROGRAM, "import", big, "--index-only", "--catalog", self.place.path("alone")], env=self.place.environment(), text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not any(".new-" in name for name in os.listdir(self.place.path("alone"))):
            self.assertIsNone(run.poll())
        run.terminate()
        _, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 130, said)
        self.assertIn("no index was written", said)
        self.assertEqual(self.ids(), ["X-1"])
        self.assertEqual([name for name in os.listdir(self.place.path("alone")) if ".new-" in name], [])

    def test_feeds_of_the_data_sets(self):
        """Rule: VDB-12. Records of three sources, told as their publishers tell them."""
        if not SHARED:
            self.skipTest("no data sets on this machine")
        feeds = [os.path.join(SHARED, "osv/npm.jsonl.zst"), *sorted(glob.glob(os.path.join(SHARED, "nvd/*2016*.zst"))),
                 *sorted(glob.glob(os.path.join(SHARED, "nvd/*fixtures*.zst"))), *sorted(glob.glob(os.path.join(SHARED, "kev/*.json.zst")))[-1:]]
        folder = self.place.path("lists")
        os.mkdir(folder)
        subprocess.run(["tar", "--zstd", "-xf", os.path.join(SHARED, "sbom-wild/in-the-wild-spdx.tar.zst"), "-C", folder], check=True)
        lists = [self.list, *sorted(glob.glob(folder + "/**/*.json", recursive=True), key=os.path.getsize)[-3:]]
        said = self.take(*feeds, status=None)
        self.assertIn(said.returncode, (0, 65))
        self.place.run("import", *feeds, "--catalog", self.place.path("catalog"), status=said.returncode)
        found = 0
        for path in lists:
            alone, catalog = self.findings("alone", path), self.findings("catalog", path)
            self.assertEqual(alone, catalog)
            found += len(alone[0]["findings"])
        self.assertGreater(found, 0)
        print(f"conformance: scan with an index alone {len(lists)}/{len(lists)} lists as with a catalogue, {found} findings")


if __name__ == "__main__":
    main()
