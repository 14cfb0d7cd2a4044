#!/usr/bin/python3
"""`noroshi scan` from a list to what is said, on a catalogue of a few records written here: findings, VEX, rules, conditions, formats."""
import json
import os
import pty
import re
import subprocess
import unittest

from support import PROGRAM, Place, main

CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
LOCAL = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N"


def osv(name, package, fixed, vector, aliases=(), ecosystem="npm", summary="Something is wrong."):
    events = [{"introduced": "0"}] + ([{"fixed": fixed}] if fixed else [])
    kind = "SEMVER" if ecosystem == "npm" else "ECOSYSTEM"
    return {
        "schema_version": "1.6.0", "id": name, "modified": "2026-10-01T00:00:00Z", "published": "2026-09-01T00:00:00Z",
        "aliases": list(aliases), "summary": summary, "severity": [{"type": "CVSS_V3", "score": vector}],
        "affected": [{"package": {"ecosystem": ecosystem, "name": package}, "ranges": [{"type": kind, "events": events}]}],
    }


NVD = {"vulnerabilities": [{"cve": {
    "id": "CVE-2026-1003", "sourceIdentifier": "cve@example.org", "published": "2026-09-01T00:00:00.000", "lastModified": "2026-10-02T00:00:00.000",
    "vulnStatus": "Analyzed", "descriptions": [{"lang": "en", "value": "The server trusts a header."}], "references": [],
    "metrics": {"cvssMetricV31": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {
        "version": "3.1", "vectorString": LOCAL, "baseScore": 5.5, "baseSeverity": "MEDIUM"}}]},
    "configurations": [{"nodes": [{"operator": "OR", "negate": False, "cpeMatch": [
        {"vulnerable": True, "criteria": "cpe:2.3:a:example:server:*:*:*:*:*:*:*:*", "versionEndExcluding": "2.4.1",
         "matchCriteriaId": "00000000-0000-0000-0000-000000000001"}]}]}],
}}]}
CVE = {"dataType": "CVE_RECORD", "dataVersion": "5.1", "cveMetadata": {
    "cveId": "CVE-2026-1004", "state": "PUBLISHED", "assignerShortName": "example", "datePublished": "2026-09-01T00:00:00Z", "dateUpdated": "2026-10-02T00:00:00Z"},
    "containers": {"cna": {"providerMetadata": {"orgId": "00000000-0000-4000-8000-000000000001"}, "descriptions": [{"lang": "en", "value": "A path is not checked."}],
                           "references": [], "metrics": [{"other": {"type": "Example's scale", "content": {"text": "Important"}}}], "affected": [{
                               "vendor": "example", "product": "viewer", "platforms": ["Windows", "macOS"], "defaultStatus": "unaffected",
                               "cpes": ["cpe:2.3:a:example:viewer:*:*:*:*:*:*:*:*"],
                               "versions": [{"version": "0", "lessThan": "3.1", "status": "affected", "versionType": "custom"}]}]}}}
KEV = {"title": "KEV", "catalogVersion": "2026.11.20", "dateReleased": "2026-11-20T00:00:00.0000Z", "count": 1, "vulnerabilities": [{
    "cveID": "CVE-2026-1001", "vendorProject": "Left", "product": "leftpad", "vulnerabilityName": "Leftpad", "dateAdded": "2026-03-01",
    "shortDescription": "x", "requiredAction": "Update", "dueDate": "2026-03-22", "knownRansomwareCampaignUse": "Known", "notes": "", "cwes": []}]}
EPSS = "#model_version:v2025.03.14,score_date:2026-11-20T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1001,0.94321,0.99870\nCVE-2026-1002,0.00040,0.10000\n"

LIST = {
    "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
    "metadata": {"component": {"type": "application", "bom-ref": "shop", "name": "shop", "version": "4.2", "purl": "pkg:generic/shop@4.2"}},
    "components": [
        {"type": "library", "bom-ref": "leftpad", "name": "leftpad", "version": "1.3.0", "purl": "pkg:npm/leftpad@1.3.0"},
        {"type": "library", "bom-ref": "rightpad", "name": "rightpad", "version": "2.0.0", "purl": "pkg:npm/rightpad@2.0.0"},
        {"type": "application", "bom-ref": "server", "name": "server", "version": "2.4.0", "cpe": "cpe:2.3:a:example:server:2.4.0:*:*:*:*:*:*:*"},
        {"type": "library", "bom-ref": "own", "name": "own-part", "version": "1"},
    ],
}


def openvex(*statements):
    return {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex/1", "author": "Example Maker",
            "timestamp": "2026-11-01T00:00:00Z", "version": 1, "statements": list(statements)}


NOT_HERE = {"vulnerability": {"name": "GHSA-aaaa-bbbb-cccc"}, "products": [{"@id": "pkg:generic/shop@4.2",
            "subcomponents": [{"@id": "pkg:npm/leftpad@1.3.0"}]}], "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}


class Scans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.done)
        records = [osv("GHSA-aaaa-bbbb-cccc", "leftpad", "1.3.1", CRITICAL, ["CVE-2026-1001"], summary="A name in a template is run as code."),
                   osv("GHSA-dddd-eeee-ffff", "leftpad", None, LOCAL, ["CVE-2026-1002"]),
                   osv("GHSA-gggg-hhhh-jjjj", "rightpad", "2.0.0", CRITICAL)]
        cls.write("npm.jsonl", "".join(json.dumps(record) + "\n" for record in records))
        cls.write("nvd.json", json.dumps(NVD))
        cls.write("cve.json", json.dumps(CVE))
        cls.write("kev.json", json.dumps(KEV))
        cls.write("epss.csv", EPSS)
        cls.catalog = cls.place.path("catalog")
        for format, name in (("osv", "npm.jsonl"), ("nvd", "nvd.json"), ("cve", "cve.json"), ("kev", "kev.json"), ("epss", "epss.csv")):
            cls.place.run("import", format, cls.place.path(name), "--catalog", cls.catalog)
        cls.list = cls.write("shop.cdx.json", json.dumps(LIST))

    @classmethod
    def write(cls, name, text):
        path = cls.place.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def scan(self, *words, status=0, **more):
        return self.place.run("scan", self.list, "--catalog", self.catalog, *words, status=status, **more)

    def found(self, *words, part="findings", **more):
        report = json.loads(self.scan("--format", "json", *words, **more).stdout)
        return [(one["component"]["name"], one["id"]) for one in report[part]]

    def test_what_is_affected_is_found_and_what_is_fixed_is_not(self):
        self.assertEqual(self.found()[0], ("leftpad", "CVE-2026-1001"))
        self.assertEqual(set(self.found()), {("leftpad", "CVE-2026-1001"), ("leftpad", "CVE-2026-1002"), ("server", "CVE-2026-1003")})

    def test_a_finding_says_all_that_is_known(self):
        report = json.loads(self.scan("--format", "json").stdout)
        first = report["findings"][0]
        self.assertEqual((first["id"], first["severity"], first["score"], first["fixed"]), ("CVE-2026-1001", "critical", 9.8, ["1.3.1"]))
        self.assertEqual(first["ids"], ["CVE-2026-1001", "GHSA-aaaa-bbbb-cccc"])
        self.assertEqual(first["kev"], {"added": "2026-03-01", "due": "2026-03-22", "ransomware": True})
        self.assertEqual(first["epss"]["probability"], 0.94321)
        self.assertEqual(first["ssvc"]["path"][0]["value"], "Active")
        self.assertEqual(first["reasons"][0]["confidence"], 100)
        self.assertEqual([(one["name"], one["newest"][:10], one["records"]) for one in report["sources"]],
                         [("CVE", "2026-10-02", 1), ("EPSS", "2026-11-20", 2), ("GHSA", "2026-10-01", 3), ("KEV", "2026-03-01", 1), ("NVD", "2026-10-02", 1)])
        self.assertEqual((report["inventory"]["components"], report["inventory"]["unnamed"]), (4, 1))

    def test_conditions_end_with_2(self):
        for condition, status in (("kev", 2), ("severity>=critical", 2), ("epss>=0.95", 0), ("cvss>=9.9,kev+fix", 2), ("kev+cvss<9", 64),
                                  ("severity>=hihg", 64), ("confidence>=100+ransomware", 2), ("possible", 0)):
            with self.subTest(condition=condition):
                self.scan("--fail-on", condition, status=status)
        self.assertIn("severity>=<?>hihg", self.scan("--fail-on", "severity>=hihg", status=64).stderr)
        self.assertRegex(self.scan("--fail-on", "kev", status=2).stdout, r"(?m)^Fails on kev: 1$")

    def test_vex_sets_aside_and_is_told(self):
        vex = self.write("maker.json", json.dumps(openvex(NOT_HERE)))
        done = self.scan("--vex", vex, "--fail-on", "kev")
        self.assertIn("Example Maker", " ".join(done.stdout.split()))
        self.assertIn("never run", done.stdout)
        self.assertEqual(self.found("--vex", vex, part="suppressed"), [("leftpad", "CVE-2026-1001")])
        other = dict(NOT_HERE, products=[{"@id": "pkg:generic/other@1", "subcomponents": [{"@id": "pkg:npm/leftpad@1.3.0"}]}])
        self.assertEqual(self.found("--vex", self.write("other.json", json.dumps(openvex(other))), part="suppressed"), [])
        later = {"vulnerability": {"name": "CVE-2026-1001"}, "products": [{"@id": "pkg:npm/leftpad"}], "status": "affected", "action_statement": "Update."}
        self.assertEqual(self.found("--vex", vex, "--vex", self.write("later.json", json.dumps(openvex(later))), part="suppressed"), [])

    def test_vex_that_says_nothing_is_65(self):
        wrong = dict(NOT_HERE)
        del wrong["justification"]
        self.assertIn("statements[0]", self.scan("--vex", self.write("wrong.json", json.dumps(openvex(wrong))), status=65).stderr)
        self.scan("--vex", self.write("none.json", "{}"), status=65)
        self.scan("--vex", self.place.path("not-there.json"), status=74)

    def test_what_is_said_goes_out_and_comes_in_again(self):
        vex = self.write("maker.json", json.dumps(openvex(NOT_HERE)))
        for format in ("openvex", "cyclonedx-vex", "csaf-vex"):
            with self.subTest(format=format):
                again = self.place.path(f"again.{format}.json")
                self.assertEqual(self.scan("--vex", vex, "--format", format, "--output", again).stdout, "")
                self.assertEqual(self.found("--vex", again, part="suppressed"), [("leftpad", "CVE-2026-1001")])
                if format == "csaf-vex":
                    self.assertEqual(self.place.run("validate", "csaf", again).stdout, "")

    def test_rules_hold_until_their_day(self):
        held = self.write("held.ignore", "# why\nCVE-2026-1001 leftpad until 2099-12-31: Used by a build script alone.\n")
        self.assertEqual(self.found("--ignore", held, part="suppressed"), [("leftpad", "CVE-2026-1001")])
        self.assertIn("held.ignore:2", self.scan("--ignore", held).stdout)
        over = self.write("over.ignore", "CVE-2026-1001 leftpad until 2020-01-01: Until the next release.\n")
        self.assertEqual(self.found("--ignore", over, part="suppressed"), [])
        self.assertIn("1 January 2020", self.scan("--ignore", over).stdout)
        self.scan("--ignore", over, "--fail-on", "kev", status=2)
        self.assertIn("2", self.scan("--ignore", self.write("wrong.ignore", "\nCVE-2026-1001 leftpad: no end\n"), status=65).stderr)

    def test_a_terminal_has_colours_and_a_pipe_has_none(self):
        self.assertNotIn("\x1b", self.scan().stdout)
        for more, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
            ours, theirs = pty.openpty()
            with subprocess.Popen([PROGRAM, "scan", self.list, "--catalog", self.catalog], env=self.place.environment(**more), stdout=theirs) as child:
                os.close(theirs)
                said = b""
                try:
                    while piece := os.read(ours, 65536):
                        said += piece
                except OSError:
                    pass
                os.close(ours)
                self.assertEqual(child.wait(), 0)
            self.assertEqual(b"\x1b[" in said, coloured)

    def test_both_languages(self):
        self.assertIn("既知の脆弱性", self.scan("--lang", "ja").stdout)
        self.assertIn("known vulnerabilities", self.scan(LC_ALL="C.UTF-8").stdout)
        page = self.scan("--format", "html", "--lang", "ja").stdout
        self.assertIn('<html lang="ja">', page)
        self.assertIn("最初に行うこと", page)
        self.assertEqual(re.findall(r'<script|<link|src=|url\(', page), [])

    def test_sarif_points_at_the_list(self):
        run = json.loads(self.scan("--format", "sarif").stdout)["runs"][0]
        self.assertEqual({rule["id"] for rule in run["tool"]["driver"]["rules"]}, {"CVE-2026-1001", "CVE-2026-1002", "CVE-2026-1003"})
        for result in run["results"]:
            self.assertEqual(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], result["ruleId"])
            self.assertTrue(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("shop.cdx.json"))

    def test_what_is_said_of_some_platforms_is_decided_by_the_system(self):
        viewer = {"type": "application", "bom-ref": "viewer", "name": "viewer", "version": "3.0", "cpe": "cpe:2.3:a:example:viewer:3.0:*:*:*:*:*:*:*"}
        name = self.write("viewer.cdx.json", json.dumps({**LIST, "components": [viewer]}))
        report = json.loads(self.place.run("scan", name, "--catalog", self.catalog, "--format", "json").stdout)
        self.assertEqual((report["findings"], [one["id"] for one in report["possible"]]), ([], ["CVE-2026-1004"]))
        self.assertEqual({(one["kind"], one["platform"]) for one in report["possible"][0]["reasons"]}, {("conditional", "Windows | macOS")})
        self.assertEqual(report["possible"][0]["indicators"], [{"by": "example", "scale": "Example's scale", "value": "Important"}])  # STD-13
        said = " ".join(self.place.run("scan", name, "--catalog", self.catalog, "--explain", "--lang", "en").stdout.split())
        self.assertIn("It applies if running on a platform that the list does not name.", said)
        self.assertIn("Windows | macOS", said)
        self.assertIn("Important · Example's scale · example", said)

    def test_packages_of_suse_and_amazon_are_of_their_release(self):
        catalog = self.place.path("rpms")
        fixed = {"SUSE:Linux Enterprise Module for Basesystem 15 SP5": "8.0.1-150400.5.41.1", "SUSE:Linux Enterprise Server 15 SP4": "9.9.9-1",
                 "openSUSE:Leap 15.5": "8.0.1-150400.5.36.1", "openSUSE:Tumbleweed": "8.6.0-1.1", "Amazon Linux:2": "8.3.0-1.amzn2.0.5",
                 "Amazon Linux:2023": "8.5.0-1.amzn2023.0.1"}
        records = [osv(f"SU-{place}", "curl", version, CRITICAL, [f"CVE-2026-2{place:03}"], ecosystem) for place, (ecosystem, version) in enumerate(fixed.items())]
        self.place.run("import", "osv", self.write("rpms.jsonl", "".join(json.dumps(record) + "\n" for record in records)), "--catalog", catalog)
        built = "libcurl4\t(none)\t{0}\t{1}\tx86_64\tcurl-{0}-{1}.src.rpm\tv\tMIT\n"
        for system, version, release, found in (
                ("sles:15.5", "8.0.1", "150400.5.32.1", ["CVE-2026-2000"]), ("sles:15.5", "8.0.1", "150400.5.41.1", []), ("sles:15.4", "8.0.1", "150400.5.41.1", ["CVE-2026-2001"]),
                ("opensuse-leap:15.5", "8.0.1", "150400.5.32.1", ["CVE-2026-2002"]), ("opensuse-leap:15.5", "8.0.1", "150400.5.36.1", []),
                ("opensuse-tumbleweed:20260101", "8.5.0", "1.1", ["CVE-2026-2003"]), ("amzn:2", "8.3.0", "1.amzn2.0.4", ["CVE-2026-2004"]),
                ("amzn:2023", "8.3.0", "1.amzn2023.0.4", ["CVE-2026-2005"]), ("fedora:41", "8.3.0", "1", [])):
            with self.subTest(system=system, release=release):
                done = self.place.run("scan", "-", "--input", "rpm", "--distro", system, "--catalog", catalog, "--format", "json", typed=built.format(version, release))
                self.assertEqual([one["id"] for one in json.loads(done.stdout)["findings"]], found)

    def test_sarif_of_a_pipe_has_no_file_and_says_each_matter_once(self):
        done = self.place.run("scan", "-", "--catalog", self.catalog, "--format", "sarif", typed="pkg:npm/leftpad@1.3.0\npkg:npm/leftpad@1.3.0\n")
        results = json.loads(done.stdout)["runs"][0]["results"]
        self.assertEqual([(one["ruleId"], one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]) for one in results],
                         [("CVE-2026-1001", "pkg:npm/leftpad@1.3.0"), ("CVE-2026-1002", "pkg:npm/leftpad@1.3.0")])
        self.assertFalse([one for one in results if "physicalLocation" in one["locations"][0]])

    def test_lists_of_names_and_from_a_pipe(self):
        done = self.place.run("scan", "-", "--catalog", self.catalog, "--format", "json", typed="pkg:npm/leftpad@1.3.0\npkg:npm/leftpad@1.3.1\n")
        self.assertEqual([(one["id"], one["component"]["version"]) for one in json.loads(done.stdout)["findings"]],
                         [("CVE-2026-1001", "1.3.0"), ("CVE-2026-1002", "1.3.0"), ("CVE-2026-1002", "1.3.1")])

    def test_what_cannot_be_done_is_told_with_what_to_do(self):
        self.assertIn("noroshi import", self.place.run("scan", self.list, "--catalog", self.place.path("nowhere"), status=69).stderr)
        self.place.run("scan", self.write("broken.json", '{"bomFormat": "CycloneDX", "specVersion": "1.6",'), "--catalog", self.catalog, status=65)
        absent = self.place.run("scan", self.place.path("not-there"), "--catalog", self.catalog, status=74).stderr
        self.assertIn("not-there: there is no such file or folder", absent)
        for words in ((), ("--format", "pdf"), ("--sort", "age"), ("--show", "colour"), ("--exposure", "wide"), ("--distro", "debian"), ("second",)):
            with self.subTest(words=words):
                self.place.run("scan", *((self.list,) + words if words else ()), status=64)

    def test_lock_files_are_recognised(self):
        """API-01: by what stands in them, in a folder by their names."""
        lists = {"Cargo.lock": '[[package]]\nname = "leftpad"\nversion = "1.0.0"\nsource = "registry+https://index.example"\n',
                 "Gemfile.lock": "GEM\n  remote: https://gems.example/\n  specs:\n    leftpad (1.0.0)\n",
                 "go.mod": "module own.example/own\n\ngo 1.21\n\nrequire leftpad.example/leftpad v1.0.0\n",
                 "composer.lock": '{"packages": [{"name": "left/leftpad", "version": "1.0.0"}], "packages-dev": []}'}
        os.mkdir(self.place.path("project"))
        for name, text in lists.items():
            path = self.write(f"project/{name}", text)
            said = json.loads(self.place.run("scan", path, "--catalog", self.catalog, "--format", "json").stdout)["inventory"]
            self.assertEqual((said["format"], said["components"], said["unnamed"]), (name, 1, 0))
        whole = json.loads(self.place.run("scan", os.path.dirname(path), "--catalog", self.catalog, "--format", "json").stdout)["inventory"]
        self.assertEqual(whole["components"], len(lists))
        pip = self.write("pip.json", '[{"name": "leftpad", "version": "1.0.0"}]')
        self.assertEqual(json.loads(self.place.run("scan", pip, "--catalog", self.catalog, "--format", "json").stdout)["inventory"]["format"], "pip")

    def test_names_in_a_list_cannot_steer_a_terminal(self):
        hostile = json.loads(json.dumps(LIST))
        hostile["components"][0]["name"] = "left\x1b]0;owned\x07pad\u202e"
        said = self.place.run("scan", self.write("hostile.cdx.json", json.dumps(hostile)), "--catalog", self.catalog).stdout
        self.assertIn("CVE-2026-1001", said)
        self.assertNotRegex(said, "[\x00-\x09\x0b-\x1f\u202e]")


if __name__ == "__main__":
    main()
