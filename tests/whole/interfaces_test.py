#!/usr/bin/python3
"""The interfaces of NVD and OSV and the formats of a record, through HTTP: what they answer against what the files that were imported say, worked out
here by other means, and against the stored answers of the real services.

usage: NOROSHI_BIN=build/src/noroshi interfaces_test.py
"""
import collections
import gzip
import http.client
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import myjvn_test  # noqa: E402
import noroshi_server  # noqa: E402
from noroshi_server import ROOT  # noqa: E402

DATA = os.environ.get("NOROSHI_SHARED") or os.path.normpath(os.path.join(ROOT, "..", "shared", "data"))
if not os.path.isdir(DATA):
    DATA = os.path.normpath(os.path.join(ROOT, "..", "..", "shared", "data"))
NVD = ["nvd/nvd20-real-fixtures.jsonl.zst", "nvd/nvd20-from-1.1-2003.jsonl.zst"]
OSV = ["osv/pip.jsonl.zst", "osv/npm.jsonl.zst", "osv/rubygems.jsonl.zst", "osv/maven.jsonl.zst", "osv/golang.jsonl.zst", "osv/go-vulndb-2026.jsonl.zst",
       "osv/composer.jsonl.zst", "osv/cargo.jsonl.zst", "osv/nuget.jsonl.zst", "osv/mixed-fixtures.jsonl.zst"]
KEV = "kev/known_exploited_vulnerabilities-2025-08-25.json.zst"
CPES, MATCHES = "cpe/nvd20-cpe-products.jsonl.zst", "cpe/nvd20-cpematch.jsonl.zst"
CPE_PAGES, MATCH_PAGES = "nvd/api/cpe/testdata/fixtures/3_pages", "nvd/api/cpematch/testdata/fixtures/3_pages"
LISTS = ["cwe/cwe-api-json.tar.zst", "cwe/cwe-list-as-json.tar.zst", "eol/products-markdown.tar.zst", "eol/release-data.tar.zst"]
PAGES = "nvd/api/cve/testdata/fixtures/3_pages"


def unpacked(name):
    return subprocess.run(["zstd", "-dc", "--long=27", os.path.join(DATA, name)], capture_output=True, check=True).stdout


def lines(name):
    return [json.loads(line) for line in unpacked(name).split(b"\n") if line]


def fixtures(folder):
    """Files of the packed feed fixtures below one folder."""
    out = tempfile.mkdtemp(prefix="noroshi-fixtures-")
    packed = os.path.join(DATA, "feed-fixtures", "vuls-data-update-fetch-fixtures.tar.zst")
    subprocess.run(f"zstd -dc --long=27 '{packed}' | tar x -C '{out}' '{folder}' && chmod -R a+rX '{out}'", shell=True, check=True)
    return os.path.join(out, folder)


def texts_of(value):
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_of(each)


def moment(text):
    return text if "." in text else text + ".000"


class Portal(unittest.TestCase):
    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("localhost", self.server.running.portal, timeout=60)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        try:
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


class Interfaces(Portal):
    @classmethod
    def setUpClass(cls):
        if not os.path.isdir(DATA):
            raise unittest.SkipTest("the data sets are not on this machine")
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.pages = fixtures(PAGES)
        feeds = [os.path.join(DATA, name) for name in [*NVD, *OSV, KEV]]
        feeds += [os.path.join(DATA, name) for name in (CPES, MATCHES, *LISTS)]
        cls.server.command("import", cls.pages, fixtures(CPE_PAGES), fixtures(MATCH_PAGES), *feeds, check=False)
        cls.server.start()
        cls.cves = {}
        for name in NVD:
            for line in lines(name):
                cve = line["cve"]
                if re.fullmatch(r"CVE-\d{4}-\d{4,19}", cve.get("id", "")):
                    old = cls.cves.get(cve["id"])
                    if old is None or old.get("lastModified", "") < cve.get("lastModified", ""):
                        cls.cves[cve["id"]] = cve
        for name in sorted(os.listdir(cls.pages)):
            with open(os.path.join(cls.pages, name), encoding="utf-8") as f:
                cls.cves.update({v["cve"]["id"]: v["cve"] for v in json.load(f)["vulnerabilities"]})

    def get(self, path, **parameters):
        flags = [name for name, value in parameters.items() if value is True]
        query = "&".join(flags + [urllib.parse.urlencode({k: v for k, v in parameters.items() if v is not True})]).strip("&")
        status, headers, body = self.ask("GET", path + ("?" + query if query else ""))
        self.assertEqual(status, 200, (path, parameters, headers.get("message"), body[:300]))
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
        return json.loads(body)

    def nvd(self, **parameters):
        return self.get("/rest/json/cves/2.0", **parameters)

    def ids(self, **parameters):
        """All names, page by page."""
        found, start = [], 0
        while True:
            page = self.nvd(startIndex=start, resultsPerPage=700, **parameters)
            self.assertEqual(page["resultsPerPage"], len(page["vulnerabilities"]))
            found += [v["cve"]["id"] for v in page["vulnerabilities"]]
            start += len(page["vulnerabilities"])
            if start >= page["totalResults"]:
                self.assertEqual(start, page["totalResults"])
                return found

    # ---- NVD ----

    def test_nvd_pages_are_those_of_the_real_service(self):
        """API-05: the same records in the same pages, in the same order, with the same head."""
        day = {"pubStartDate": "2023-11-10T00:00:00.000", "pubEndDate": "2023-11-10T23:59:59.999"}
        for name in ("0-3.json", "3-3.json", "6-3.json"):
            with self.subTest(page=name), open(os.path.join(self.pages, name), encoding="utf-8") as f:
                real = json.load(f)
                ours = self.nvd(startIndex=real["startIndex"], resultsPerPage=3, **day)
                self.assertEqual(list(ours), list(real))
                for key in ("resultsPerPage", "startIndex", "totalResults", "format", "version"):
                    self.assertEqual(ours[key], real[key])
                self.assertRegex(ours["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$")
                self.assertEqual(ours["vulnerabilities"], real["vulnerabilities"])

    def test_nvd_answers_in_the_order_of_publication_and_pages_hold_together(self):
        whole = self.ids()
        self.assertEqual(len(whole), len(set(whole)))
        self.assertEqual(set(whole), set(self.cves))
        self.assertEqual(whole, sorted(whole, key=lambda cve: (moment(self.cves[cve]["published"]), cve)))

    def test_nvd_filters_find_what_a_look_at_the_files_finds(self):
        def metrics(cve, *names):
            return [m for name in names for m in cve.get("metrics", {}).get(name, [])]

        def severity(word, *names):
            return lambda c: any((m.get("baseSeverity") or m["cvssData"].get("baseSeverity")) == word for m in metrics(c, *names))

        def vector(parts, *names):
            return lambda c: any(set(parts.split("/")) <= set(m["cvssData"]["vectorString"].split("/")) for m in metrics(c, *names))

        def english(c):
            return [d["value"] for d in c.get("descriptions", []) if d["lang"].startswith("en")]

        def words(*wanted):
            return lambda c: any(all(re.search(rf"(?<![A-Za-z0-9]){re.escape(w)}", text, re.I) for w in wanted) for text in english(c))

        def weakness(name):
            return lambda c: any(d["value"] == name for w in c.get("weaknesses", []) for d in w["description"])

        def refers(*parts):
            return lambda c: any(part in r["url"] for r in c.get("references", []) for part in parts)

        kev = {v["cveID"]: v["dateAdded"] for v in json.loads(unpacked(KEV))["vulnerabilities"]}
        v3 = ("cvssMetricV31", "cvssMetricV30")
        cases = [
            ({"cveId": "CVE-2021-44228"}, lambda c: c["id"] == "CVE-2021-44228"),
            ({"cvssV2Severity": "HIGH"}, severity("HIGH", "cvssMetricV2")),
            ({"cvssV2Severity": "LOW"}, severity("LOW", "cvssMetricV2")),
            ({"cvssV3Severity": "CRITICAL"}, severity("CRITICAL", *v3)),
            ({"cvssV3Severity": "LOW"}, severity("LOW", *v3)),
            ({"cvssV4Severity": "HIGH"}, severity("HIGH", "cvssMetricV40")),
            ({"cvssV2Metrics": "AV:L/AC:L"}, vector("AV:L/AC:L", "cvssMetricV2")),
            ({"cvssV3Metrics": "AV:N/UI:R"}, vector("AV:N/UI:R", *v3)),
            ({"cvssV4Metrics": "AV:N"}, vector("AV:N", "cvssMetricV40")),
            ({"cweId": "CWE-79"}, weakness("CWE-79")),
            ({"cweId": "NVD-CWE-Other"}, weakness("NVD-CWE-Other")),
            ({"cveTag": "disputed"}, lambda c: any("disputed" in t["tags"] for t in c.get("cveTags", []))),
            ({"hasCertNotes": True}, refers("kb.cert.org/vuls/id/")),
            ({"hasOval": True}, refers("oval.mitre.org/", "oval.cisecurity.org/")),
            ({"hasCertAlerts": True}, refers("us-cert.gov/cas/techalerts/", "us-cert.gov/ncas/alerts/", "cisa.gov/news-events/alerts/")),
            ({"hasKev": True}, lambda c: c["id"] in kev),
            ({"kevStartDate": "2021-12-01T00:00:00.000", "kevEndDate": "2022-02-01T00:00:00.000"},
             lambda c: "2021-12-01" <= kev.get(c["id"], "") <= "2022-02-01"),
            ({"noRejected": True}, lambda c: c.get("vulnStatus", "").lower() != "rejected"),
            ({"sourceIdentifier": "cve@mitre.org"}, lambda c: c["sourceIdentifier"] == "cve@mitre.org"),
            ({"keywordSearch": "buffer overflow"}, words("buffer", "overflow")),
            ({"keywordSearch": "overfl"}, words("overfl")),
            ({"keywordSearch": "denial of service", "keywordExactMatch": True}, lambda c: any("denial of service" in t.lower() for t in english(c))),
            ({"pubStartDate": "2003-03-01T00:00:00.000", "pubEndDate": "2003-05-01T00:00:00.000"},
             lambda c: "2003-03-01T00:00:00.000" <= moment(c["published"]) <= "2003-05-01T00:00:00.000"),
            ({"lastModStartDate": "2018-10-01T00:00:00.000+09:00", "lastModEndDate": "2018-11-01T00:00:00.000+09:00"},
             lambda c: "2018-09-30T15:00:00.000" <= moment(c["lastModified"]) <= "2018-10-31T15:00:00.000"),
            ({"cvssV2Severity": "HIGH", "keywordSearch": "windows", "noRejected": True},
             lambda c: severity("HIGH", "cvssMetricV2")(c) and words("windows")(c) and c.get("vulnStatus", "").lower() != "rejected"),
        ]
        for parameters, fits in cases:
            with self.subTest(parameters=parameters):
                want = {name for name, cve in self.cves.items() if fits(cve)}
                self.assertTrue(want or parameters.keys() & {"hasCertAlerts", "cvssV4Severity", "cveTag"}, "the data has nothing of this")
                self.assertEqual(set(self.ids(**parameters)), want)

    def test_nvd_finds_by_cpe_names(self):
        def criteria(node):
            yield from node.get("cpeMatch", [])
            for inner in node.get("nodes", []) + node.get("children", []):
                yield from criteria(inner)

        def has(cve, start, vulnerable=None):
            return any(m["criteria"].startswith(start) and (vulnerable is None or m["vulnerable"] is vulnerable)
                       for c in cve.get("configurations", []) for m in criteria(c))

        for product in ("a:apache:http_server", "o:microsoft:windows_2000", "a:openbsd:openssh"):
            with self.subTest(product=product):
                want = {name for name, cve in self.cves.items() if has(cve, f"cpe:2.3:{product}:")}
                self.assertTrue(want)
                self.assertEqual(set(self.ids(virtualMatchString=f"cpe:2.3:{product}")), want)
        # One named version: those that name it, and those whose bounds hold it.
        exact = {name for name, cve in self.cves.items() if has(cve, "cpe:2.3:a:apache:http_server:2.0.45:")}
        found = set(self.ids(cpeName="cpe:2.3:a:apache:http_server:2.0.45:*:*:*:*:*:*:*"))
        self.assertTrue(exact and exact <= found)
        self.assertTrue(all(has(self.cves[name], "cpe:2.3:a:apache:http_server:") for name in found))
        # A platform is found, and is not when only what is vulnerable counts.
        platform = "cpe:2.3:o:microsoft:windows_2000:-:*:*:*:*:*:*:*"
        every, only = set(self.ids(cpeName=platform)), set(self.ids(cpeName=platform, isVulnerable=True))
        self.assertTrue(only < every)
        self.assertFalse({n for n in only if not has(self.cves[n], "cpe:2.3:o:microsoft:windows_2000", True)})
        # Versions beside a match string.
        some = set(self.ids(virtualMatchString="cpe:2.3:a:apache:http_server", versionStart="2.0", versionStartType="including", versionEnd="2.0.50",
                            versionEndType="excluding"))
        self.assertTrue(exact <= some < set(self.ids(virtualMatchString="cpe:2.3:a:apache:http_server")))

    def test_nvd_says_in_a_header_what_is_wrong(self):
        wrong = ["resultsPerPage=2001", "resultsPerPage=-1", "startIndex=x", "cveId=2021-44228", "cveId=", "cweId=79", "cveTag=other", "cvssV2Severity=CRITICAL",
                 "cvssV3Severity=NONE", "cvssV3Metrics=", "cvssV3Metrics=%3Cscript%3E", "hasKev=1", "keywordExactMatch", "keywordSearch=", "isVulnerable", "nothing=1",
                 "cpeName=cpe:2.3:a:apache", "cpeName=cpe:2.3:a:apache:http_server:*", "cpeName=apache", "virtualMatchString=cpe:2.3:a",
                 "cpeName=cpe:2.3:a:a:b:1&virtualMatchString=cpe:2.3:a:a", "versionStart=1", "virtualMatchString=cpe:2.3:a:a&versionStart=1",
                 "versionStart=1&versionStartType=including", "virtualMatchString=cpe:2.3:a:a&versionEnd=1&versionEndType=until",
                 "pubStartDate=2021-08-04T00:00:00.000", "pubStartDate=2021-08-04&pubEndDate=2021-08-05",
                 "lastModStartDate=2021-01-01T00:00:00.000&lastModEndDate=2021-08-01T00:00:00.000",
                 "kevStartDate=2022-01-02T00:00:00.000&kevEndDate=2022-01-01T00:00:00.000"]
        paths = [f"/rest/json/cves/2.0?{query}" for query in wrong]
        paths += ["/rest/json/cvehistory/2.0?resultsPerPage=5001", "/rest/json/cvehistory/2.0?eventName=x", "/rest/json/cvehistory/2.0?changeStartDate=2021-08-04T00:00:00.000",
                  "/rest/json/cvehistory/2.0?keywordSearch=x", "/rest/json/cpes/2.0?resultsPerPage=10001", "/rest/json/cpes/2.0?cpeNameId=1",
                  "/rest/json/cpes/2.0?cpeMatchString=x", "/rest/json/cpes/2.0?cveId=CVE-2021-44228", "/rest/json/cpematch/2.0?resultsPerPage=501",
                  "/rest/json/cpematch/2.0?matchCriteriaId=1", "/rest/json/cpematch/2.0?matchStringSearch=cpe:2.3:*", "/rest/json/source/2.0?resultsPerPage=1001",
                  "/rest/json/source/2.0?sourceIdentifier="]
        for path in paths:
            with self.subTest(path=path):
                status, headers, body = self.ask("GET", path)
                self.assertEqual((status, body), (404, b""))
                self.assertTrue(headers["message"], path)
                self.assertNotIn("<", headers["message"])

    def test_nvd_history_tells_what_changed(self):
        changed = {"cve": {"id": "CVE-2003-0001", "sourceIdentifier": "cve@mitre.org", "published": "2003-01-17T05:00:00.000", "lastModified": "2026-01-01T00:00:00.000",
                           "vulnStatus": "Modified", "descriptions": [{"lang": "en", "value": "Something else."}], "metrics": {}, "references": []}}
        before = self.nvd(cveId="CVE-2003-0001")["vulnerabilities"][0]["cve"]
        self.server.command("import", "-", feed=json.dumps(changed))
        after = self.get("/rest/json/cvehistory/2.0", cveId="CVE-2003-0001")
        self.assertEqual(list(after), ["resultsPerPage", "startIndex", "totalResults", "format", "version", "timestamp", "cveChanges"])
        self.assertEqual(after["format"], "NVD_CVEHistory")
        events = [c["change"] for c in after["cveChanges"]]
        self.assertEqual([e["eventName"] for e in events], ["New CVE Received", "CVE Modified"])
        self.assertEqual(list(events[1]), ["cveId", "eventName", "cveChangeId", "sourceIdentifier", "created", "details"])
        self.assertEqual(len({e["cveChangeId"] for e in events}), 2)
        details = {(d["action"], d["type"]): d for d in events[1]["details"]}
        self.assertEqual(details["Changed", "Description"]["oldValue"], before["descriptions"][0]["value"])
        self.assertEqual(details["Changed", "Description"]["newValue"], "Something else.")
        self.assertIn(("Removed", "Reference"), details)
        only = self.get("/rest/json/cvehistory/2.0", eventName="CVE Modified")
        self.assertIn(events[1], [c["change"] for c in only["cveChanges"]])
        self.assertEqual(self.get("/rest/json/cvehistory/2.0", resultsPerPage=1)["totalResults"], only["totalResults"] + len(self.cves))
        self.cves["CVE-2003-0001"] = changed["cve"]

    def test_nvd_dictionary_of_names_and_criteria(self):
        """VDB-06: as NVD sent them, in its shape, with its filters."""
        for interface, pages, name, list_name, inner, key in (("cpes", CPE_PAGES, CPES, "products", "cpe", "cpeNameId"),
                                                              ("cpematch", MATCH_PAGES, MATCHES, "matchStrings", "matchString", "matchCriteriaId")):
            with self.subTest(interface=interface):
                path, entries = f"/rest/json/{interface}/2.0", {}
                folder = fixtures(pages)
                for page in sorted(os.listdir(folder)):
                    with open(os.path.join(folder, page), encoding="utf-8") as f:
                        real = json.load(f)
                    entries.update({e[inner][key]: e[inner] for e in real[list_name]})
                for line in lines(name):
                    old = entries.get(line[inner][key])
                    if old is None or old["lastModified"] < line[inner]["lastModified"]:
                        entries[line[inner][key]] = line[inner]
                whole = self.get(path)
                self.assertEqual(list(whole), list(real))
                self.assertEqual(whole["format"], real["format"])
                found = {e[inner][key]: e[inner] for e in whole[list_name]}
                self.assertEqual(whole["totalResults"], len(entries))
                self.assertEqual(set(found), set(entries))
                order = "created" if interface == "cpes" else "lastModified"
                self.assertEqual([e[inner][key] for e in whole[list_name]], sorted(entries, key=lambda k: (moment(entries[k][order]), k)))
                pages = [self.get(path, startIndex=i, resultsPerPage=4)[list_name] for i in range(0, len(entries), 4)]
                self.assertEqual([e for page in pages for e in page], whole[list_name])
        names = {e["cpe"]["cpeNameId"]: e["cpe"] for e in self.get("/rest/json/cpes/2.0")["products"]}
        criteria = {e["matchString"]["matchCriteriaId"]: e["matchString"] for e in self.get("/rest/json/cpematch/2.0")["matchStrings"]}

        def ids(path, list_name, inner, key, **parameters):
            return {e[inner][key] for e in self.get(path, **parameters)[list_name]}

        def cpes(**parameters):
            return ids("/rest/json/cpes/2.0", "products", "cpe", "cpeNameId", **parameters)

        def matches(**parameters):
            return ids("/rest/json/cpematch/2.0", "matchStrings", "matchString", "matchCriteriaId", **parameters)

        one = next(iter(names))
        self.assertEqual(cpes(cpeNameId=one), {one})
        start = "cpe:2.3:a:shortpixel:shortpixel_adaptive_images"
        self.assertEqual(cpes(cpeMatchString=start), {k for k, v in names.items() if v["cpeName"].startswith(start + ":")})
        self.assertTrue(cpes(cpeMatchString=start))
        self.assertEqual(cpes(keywordSearch="adaptive images"), {k for k, v in names.items() if "Adaptive Images" in v["titles"][0]["title"]})
        self.assertEqual(cpes(keywordSearch="Adaptive Images 3.8.0", keywordExactMatch=True),
                         {k for k, v in names.items() if "Adaptive Images 3.8.0" in v["titles"][0]["title"]})
        for criterion, told in criteria.items():
            self.assertEqual(cpes(matchCriteriaId=criterion), {m["cpeNameId"] for m in told.get("matches", [])} & set(names))
        one = next(iter(criteria))
        self.assertEqual(matches(matchCriteriaId=one), {one})
        self.assertEqual(matches(matchStringSearch="cpe:2.3:a:redislabs:redisgraph"),
                         {k for k, v in criteria.items() if v["criteria"].startswith("cpe:2.3:a:redislabs:redisgraph:")})
        day = {"lastModStartDate": "2023-11-15T00:00:00.000", "lastModEndDate": "2023-11-16T00:00:00.000"}
        self.assertEqual(matches(**day), {k for k, v in criteria.items() if "2023-11-15T00:00:00.000" <= moment(v["lastModified"]) <= "2023-11-16T00:00:00.000"})
        of = {m["matchCriteriaId"] for c in self.cves["CVE-2021-44228"]["configurations"] for n in c["nodes"] for m in n["cpeMatch"]}
        self.assertEqual(matches(cveId="CVE-2021-44228"), of & set(criteria))

    @unittest.skipUnless(shutil.which("xmllint") and os.path.isdir(myjvn_test.SCHEMAS), "xmllint or JVN's schemas are not on this machine")
    def test_vuldef_is_of_its_schema(self):
        """STD-08: of records that come from every source, in both languages."""
        schema, checked = myjvn_test.Schema(), 0
        self.addCleanup(schema.done)
        with sqlite3.connect(f"file:{self.server.state}/public/catalog.db?mode=ro", uri=True) as db:
            names = [name for source in ("nvd", "osv") for (name,) in db.execute("SELECT name FROM record WHERE source = ? ORDER BY id % 101, id LIMIT 40", (source,))]
        for name in names:
            for lang in ("", "/en"):
                status, _, body = self.ask("GET", f"{lang}/records/{urllib.parse.quote(name)}.vuldef.xml")
                with self.subTest(name=name, lang=lang):
                    self.assertEqual(status, 200)
                    self.assertEqual(schema.faults(body, *schema.KINDS["vuldef"]), "")
                    checked += 1
        print(f"conformance: VULDEF by its schema {checked}/{2 * len(names)}", flush=True)

    def test_nvd_sources_are_those_of_the_records(self):
        found = self.get("/rest/json/source/2.0")
        self.assertEqual({s["name"] for s in found["sources"]}, {c["sourceIdentifier"] for c in self.cves.values() if c.get("sourceIdentifier")})
        one = self.get("/rest/json/source/2.0", sourceIdentifier="cve@mitre.org")
        self.assertEqual((one["totalResults"], one["sources"][0]["contactEmail"]), (1, "cve@mitre.org"))

    # ---- OSV ----

    def post(self, path, value):
        return self.ask("POST", path, json.dumps(value) if not isinstance(value, (str, bytes)) else value, {"Content-Type": "application/json"})

    def osv_records(self):
        def day(record):
            return "" if record["modified"].startswith("<") else record["modified"]

        known = {}
        for name in OSV:
            for record in lines(name):
                old = known.get(record["id"])
                if old is None or day(old) < day(record):
                    known[record["id"]] = record
        return known

    def test_osv_answers_recorded_queries(self):
        """The recorded answers are of 2026, the records here of an earlier day: what both have must agree."""
        folder, known = os.path.join(DATA, "osv-api", "apitester", "__snapshots__"), self.osv_records()
        # Some records here were taken from the recorded answers, which hide their dates and versions: they cannot say whom they are about.
        known = {name: record for name, record in known.items() if not record["modified"].startswith("<")}
        queries = {}
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                for text in re.findall(r"^\[[^\n]*\]\n(\{.*?)\n---", f.read(), re.S | re.M):
                    answer = json.loads(text)
                    for one in answer.get("results", [answer] if "vulns" in answer else []):
                        queries[json.dumps(one["query"], sort_keys=True)] = {v["id"] for v in one["vulns"]}
        agreed, missed, more = 0, [], []
        batch = [json.loads(query) for query in queries]
        usable = [q for q in batch if q.get("commit") or q.get("package", {}).get("ecosystem") or q.get("package", {}).get("purl")]
        for start in range(0, len(usable), 500):
            part = usable[start:start + 500]
            status, _, body = self.post("/v1/querybatch", {"queries": part})
            self.assertEqual(status, 200, body[:300])
            results = json.loads(body)["results"]
            self.assertEqual(len(results), len(part))
            for query, result in zip(part, results):
                have = {v["id"] for v in result.get("vulns", [])}
                want = {v for v in queries[json.dumps(query, sort_keys=True)] if v in known and not known[v].get("withdrawn")}
                if "commit" in query:  # the service follows the history of a repository; here a commit is found when a record names it
                    have, want = have & want, have & want
                missed += [(query, v) for v in want - have]
                more += [(query, v) for v in (have & known.keys()) - queries[json.dumps(query, sort_keys=True)]]
                agreed += len(have & want)
        print(f"conformance: OSV queries {agreed}/{agreed + len(missed)}, beyond {len(more)}", flush=True)
        self.assertGreater(agreed, 200)
        self.assertLessEqual(len(missed), 0.02 * agreed, missed[:20])
        self.assertLessEqual(len(more), 0.02 * agreed, more[:20])

    def test_osv_gives_whole_records_and_the_same_by_purl(self):
        by_name = self.post("/v1/query", {"package": {"name": "jinja2", "ecosystem": "PyPI"}, "version": "2.4.1"})
        by_purl = self.post("/v1/query", {"package": {"purl": "pkg:pypi/jinja2@2.4.1"}})
        by_both = self.post("/v1/query", {"package": {"purl": "pkg:pypi/jinja2"}, "version": "2.4.1"})
        self.assertEqual(by_name[2], by_purl[2])
        self.assertEqual(by_name[2], by_both[2])
        records = self.osv_records()
        vulns = json.loads(by_name[2])["vulns"]
        self.assertGreater(len(vulns), 5)
        for vuln in vulns:
            self.assertEqual(vuln, records[vuln["id"]])
        status, _, body = self.ask("GET", "/v1/vulns/" + vulns[0]["id"])
        self.assertEqual((status, json.loads(body)), (200, vulns[0]))
        self.assertEqual(json.loads(self.post("/v1/query", {"package": {"name": "no-such-thing", "ecosystem": "npm"}})[2]), {})
        # As curl sends it: without saying that it is JSON.
        self.assertEqual(self.ask("POST", "/v1/query", '{"package":{"purl":"pkg:pypi/jinja2@2.4.1"}}',
                                  {"Content-Type": "application/x-www-form-urlencoded"})[2], by_name[2])

    def test_osv_pages(self):
        query = {"package": {"name": "tensorflow", "ecosystem": "PyPI"}}
        whole = [v["id"] for v in json.loads(self.post("/v1/query", query)[2])["vulns"]]
        self.assertEqual(whole, sorted(whole))
        rest = [v["id"] for v in json.loads(self.post("/v1/query", {**query, "page_token": whole[4]})[2])["vulns"]]
        self.assertEqual(rest, whole[5:])

    def test_osv_says_what_is_wrong(self):
        cases = [
            ("/v1/query", "{", 400, 3, "The body is no JSON document."), ("/v1/query", "[]", 400, 3, "Invalid query."), ("/v1/query", {}, 400, 3, "Invalid query."),
            ("/v1/query", {"package": {"name": "x"}}, 400, 3, "Invalid query."), ("/v1/query", {"commit": "xyz"}, 400, 3, "Invalid hash."),
            ("/v1/query", {"package": {"name": "x", "ecosystem": "Nowhere"}}, 400, 3, "Invalid ecosystem."),
            ("/v1/query", {"package": {"purl": "npm/x"}}, 400, 3, "Invalid Package URL."),
            ("/v1/query", {"package": {"purl": "pkg:pypi/jinja2@3.1.4"}, "version": "3.1.4"}, 400, 3, "version specified in params and PURL query"),
            ("/v1/query", {"package": {"purl": "pkg:pypi/jinja2", "name": "jinja2"}}, 400, 3, "name specified in a PURL query"),
            ("/v1/query", {"package": {"purl": "pkg:pypi/jinja2", "ecosystem": "PyPI"}}, 400, 3, "ecosystem specified in a PURL query"),
            ("/v1/query", {"package": {"name": "x", "ecosystem": "npm"}, "page_token": "x" * 1000}, 400, 3, "Invalid page token."),
            ("/v1/querybatch", {"queries": [{}]}, 400, 3, "Invalid query."), ("/v1/querybatch", {"queries": {}}, 400, 3, "Invalid query."),
            ("/v1/querybatch", {"queries": [{"package": {"name": "x", "ecosystem": "npm"}}] * 1001}, 400, 3, "Too many queries."),
        ]
        for path, body, status, code, message in cases:
            with self.subTest(body=str(body)[:80]):
                answer = self.post(path, body)
                self.assertEqual((answer[0], json.loads(answer[2])), (status, {"code": code, "message": message}))
        status, _, body = self.ask("GET", "/v1/vulns/NOTHING-1")
        self.assertEqual((status, json.loads(body)), (404, {"code": 5, "message": "Bug not found."}))
        status, _, body = self.ask("GET", "/v1/vulns/PYSEC-2018-19")
        self.assertEqual(status, 404)
        self.assertIn("Bug not found, but the following aliases were: ", json.loads(body)["message"])

    # ---- records ----

    def test_a_record_in_every_format(self):
        name = "CVE-2021-44228"
        forms = {"json": json.loads, "osv.json": json.loads, "nvd.json": json.loads, "cve.json": json.loads, "csaf.json": json.loads,
                 "vuldef.xml": xml.etree.ElementTree.fromstring}
        read = {}
        for ending, parse in forms.items():
            status, headers, body = self.ask("GET", f"/records/{name}.{ending}")
            self.assertEqual(status, 200, ending)
            self.assertEqual(headers["Content-Type"], "application/xml" if ending.endswith("xml") else "application/json")
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            read[ending] = parse(body)
        self.assertEqual(read["nvd.json"]["cve"], self.cves[name])
        self.assertEqual(read["json"]["name"], name)
        self.assertTrue(all(told["source"] and told["id"] for told in read["json"]["tellings"]))
        self.assertEqual(read["cve.json"]["cveMetadata"]["cveId"], name)
        self.assertEqual(read["csaf.json"]["vulnerabilities"][0]["cve"], name)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
            json.dump(read["csaf.json"], f)
            f.flush()
            self.assertEqual(self.server.command("validate", "csaf", f.name).stdout, "")
        self.assertEqual(self.ask("GET", f"/records/{name}.pdf")[0], 404)
        self.assertEqual(self.ask("GET", "/records/CVE-1900-0001.json")[0], 404)

    def test_pages_say_what_lists_say(self):
        """VDB-10, STD-08: what CWE says of a weakness, and how long a product is supported."""
        _, _, body = self.ask("GET", "/en/weaknesses/89")
        page = body.decode()
        self.assertIn("The product constructs all or part of an SQL command", page)
        self.assertRegex(page, r'href="/en/weaknesses/943"')
        with sqlite3.connect(f"file:{os.path.join(self.server.state, 'public', 'catalog.db')}?mode=ro", uri=True) as db:
            (product,), = db.execute("SELECT p.id FROM product p JOIN vendor v ON v.id = p.vendor_id WHERE p.key = 'http_server' AND v.key = 'apache'")
        page = self.ask("GET", f"/en/products/{product}")[2].decode()
        self.assertRegex(page, r"Apache HTTP Server 2\.2(?s:.*)Support ended on 11 July 2017")
        self.assertIn("2017年7月11日にサポート終了", self.ask("GET", f"/products/{product}")[2].decode())

    def test_the_accept_header_chooses(self):
        def chosen(accept):
            status, headers, body = self.ask("GET", "/records/CVE-2021-44228", headers={"Accept": accept})
            return body if status == 200 and "html" not in headers["Content-Type"] else None

        suffix = {ending: self.ask("GET", f"/records/CVE-2021-44228.{ending}")[2] for ending in ("json", "csaf.json", "osv.json")}
        self.assertEqual(chosen("application/json"), suffix["json"])
        self.assertEqual(chosen("application/csaf+json"), suffix["csaf.json"])
        self.assertEqual(chosen("text/html;q=0.5, application/vnd.osv+json;q=0.9"), suffix["osv.json"])
        self.assertIsNone(chosen("text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"))

    def test_answers_can_be_asked_for_again_and_packed(self):
        for path in ("/rest/json/cves/2.0?resultsPerPage=50", "/v1/vulns/GHSA-232r-66cg-79px", "/records/CVE-2021-44228.json"):
            with self.subTest(path=path):
                _, headers, plain = self.ask("GET", path)
                status, again, body = self.ask("GET", path, headers={"If-None-Match": headers["ETag"]})
                self.assertEqual((status, body), (304, b""))
                status, packed, body = self.ask("GET", path, headers={"Accept-Encoding": "gzip"})
                self.assertEqual((status, packed["Content-Encoding"]), (200, "gzip"))
                unpacked = gzip.decompress(body)
                drop = re.compile(rb'"timestamp":"[^"]*"')
                self.assertEqual(drop.sub(b"", unpacked), drop.sub(b"", plain))
                self.assertLess(len(body), len(plain))
                self.assertNotEqual(packed["ETag"], headers["ETag"])
                self.assertNotIn("Access-Control-Allow-Credentials", headers)

    def test_nothing_in_a_feed_becomes_markup(self):
        evil = "<script>alert(1)</script>]]><![CDATA[\u2028\"'&"
        record = {"schema_version": "1.6.0", "id": "GHSA-evil-evil-evil", "modified": "2026-01-01T00:00:00Z", "summary": evil, "details": evil, "aliases": ["CVE-2026-66666"],
                  "references": [{"type": "WEB", "url": "javascript:alert(1)"}],
                  "affected": [{"package": {"ecosystem": "npm", "name": evil}, "versions": [evil]}]}
        self.server.command("import", "-", feed=json.dumps(record))
        for ending in ("json", "osv.json", "nvd.json", "cve.json", "csaf.json", "vuldef.xml"):
            with self.subTest(ending=ending):
                status, headers, body = self.ask("GET", f"/records/CVE-2026-66666.{ending}")
                self.assertEqual(status, 200)
                self.assertNotIn("html", headers["Content-Type"])
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
                if ending.endswith("xml"):
                    self.assertNotIn(b"<script", body)
                    xml.etree.ElementTree.fromstring(body)
                else:
                    self.assertTrue(any(evil in text for text in texts_of(json.loads(body))), body[:400])

    def test_what_is_none_of_the_interfaces_is_answered_to_programs(self):
        for method, path, want in (("GET", "/v1/query", 405), ("GET", "/v1/nothing", 404), ("GET", "/rest/json/cves/3.0", 404), ("GET", "/myjvn/other", 404)):
            with self.subTest(path=path):
                status, headers, body = self.ask(method, path)
                self.assertEqual((status, headers["Content-Type"]), (want, "application/problem+json"))
                self.assertEqual(json.loads(body)["status"], want)


class Strangers(Portal):
    """A catalogue of its own: what it holds is nobody's but strangers'."""

    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()

    def test_nothing_in_a_list_becomes_markup(self):
        """C28: names of vendors, products, CPE, weaknesses and support periods are strangers' words, on every page that shows them."""
        evil, link = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&", "javascript:alert(3)"
        name = "cpe:2.3:a:evilmaker:evilthing:1.0:*:*:*:*:*:*:*"
        lists = {
            "nvd.jsonl": json.dumps({"cve": {
                "id": "CVE-2026-66667", "sourceIdentifier": evil, "vulnStatus": "Analyzed", "published": "2026-01-01T00:00:00.000", "lastModified": "2026-01-01T00:00:00.000",
                "descriptions": [{"lang": "en", "value": "A flaw."}], "references": [{"url": link, "source": evil, "tags": [evil]}],
                "weaknesses": [{"source": evil, "type": "Primary", "description": [{"lang": "en", "value": "CWE-66667"}]}],
                "configurations": [{"nodes": [{"operator": "OR", "negate": False, "cpeMatch": [
                    {"vulnerable": True, "criteria": name, "matchCriteriaId": "00000000-0000-4000-8000-000000066667"}]}]}]}}),
            "products.jsonl": json.dumps({"vid": "966667", "vname": "悪" + evil, "vcpe": "cpe:/:evilmaker", "pid": "966667", "pname": "悪い製品" + evil,
                                          "pcpe": "cpe:/a:evilmaker:evilthing"}),
            "cpe.jsonl": json.dumps({"cpe": {"deprecated": False, "cpeName": name, "cpeNameId": "00000000-0000-4000-8000-000000066668", "created": "2026-01-01T00:00:00.000",
                                             "lastModified": "2026-01-01T00:00:00.000", "titles": [{"title": evil, "lang": "en"}], "refs": [{"ref": link, "type": evil}]}}),
            "cwe.jsonl": json.dumps({"ID": "66667", "Name": evil, "Status": evil, "Abstraction": evil, "Description": evil}),
            "evilthing.md": f"---\ntitle: '{evil.replace(chr(39), '')}'\npermalink: /evilthing\nreleasePolicyLink: {link}\nidentifiers:\n  - cpe: cpe:2.3:a:evilmaker:evilthing\n"
                            f"releases:\n  - releaseCycle: '<b>1</b>'\n    link: {link}\n    releaseDate: 2020-01-01\n    eol: 2021-01-01\n    latest: '<i>1.9</i>'\n---\n",
        }
        for file, text in lists.items():
            path = os.path.join(self.server.running.folder, file)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            os.chmod(path, 0o644)
            done = self.server.command("import", "--no-index", path)
            self.assertIn("0 refused", done.stdout, file)
        shown = collections.Counter()
        for lang in ("", "/en"):
            record = self.ask("GET", f"{lang}/records/CVE-2026-66667")[2].decode()
            product, vendor = (re.search(rf'href="((?:/en)?/{kind}/\d+)"', record)[1] for kind in ("products", "vendors"))
            for path in (f"{lang}/records/CVE-2026-66667", product, vendor, f"{lang}/weaknesses/66667", f"{lang}/vendors",
                         f"{lang}/search?q={urllib.parse.quote('悪い製品')}", f"{lang}/search?q=CVE-2026-66667", f"{lang}/search/suggest?q={urllib.parse.quote('悪い')}", f"{lang}/new"):
                status, headers, body = self.ask("GET", path)
                with self.subTest(path=path):
                    self.assertEqual(status, 200)
                    if "html" in headers["Content-Type"]:
                        text = body.decode()
                        self.assertEqual(re.findall(r"<(?:script>|img src=x|b>1<|i>1\.9)", text), [])
                        self.assertEqual(re.findall(r'(?i)(?:href|src|action)="?\s*javascript:', text), [])
                        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
                        shown[path] += text.count("&lt;script&gt;")
        for path in (product, vendor, "/en/weaknesses/66667", "/weaknesses/66667"):
            self.assertGreater(shown[path], 0, path)  # it is there to be read, as text


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
