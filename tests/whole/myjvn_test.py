#!/usr/bin/python3
"""The MyJVN interface and JVN's feed files, held against the stored real answers: what those are about is imported, the same is asked for, and structure, order and
paging are compared attribute by attribute; every kind of answer and every error against JVN's own schemas.

The expected answers are read from the data set. What differs with a reason stands in docs/conformance.md.

usage: NOROSHI_BIN=build/src/noroshi [NOROSHI_DATA=../shared/data] myjvn_test.py
"""
import collections
import datetime
import email.utils
import gzip
import hashlib
import html.parser
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from noroshi_server import ROOT  # noqa: E402

DATA = os.environ.get("NOROSHI_DATA") or os.path.join(ROOT, "..", "shared", "data")
if not os.path.isdir(os.path.join(DATA, "jvn")):
    DATA = os.path.join(ROOT, "..", "..", "shared", "data")
JVN = os.path.join(DATA, "jvn")
HND = os.path.join(JVN, "myjvn-np", "examples-hnd")
SCHEMAS = os.path.join(JVN, "myjvn-np", "schemas-hnd")
STATUS = "{http://jvndb.jvn.jp/myjvn/Status}Status"
RSS, SEC = "{http://purl.org/rss/1.0/}", "{http://jvn.jp/rss/mod_sec/3.0/}"
TERMS, DC = "{http://purl.org/dc/terms/}", "{http://purl.org/dc/elements/1.1/}"
RESULT, VULDEF = "{http://jvndb.jvn.jp/myjvn/Results}", "{http://jvn.jp/vuldef/}"
STAT, ATOM = "{http://jvndb.jvn.jp/myjvn/Statistics}", "{http://www.w3.org/2005/Atom}"
ALL = "rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n"


def words(text):
    """What is left when blanks do not count: samples are re-indented."""
    return " ".join((text or "").split())


def first(path):
    return ET.parse(path).getroot()


def key(name):
    """JVN's order of names."""
    out = b""
    for letter in name:
        one = letter.encode("cp932", "replace")
        out += one.upper() if one < b"\x80" else b"\x80" + one if len(one) == 1 else one
    return out


class Schema:
    """JVN's schemas, those of them that are there: what they import from elsewhere is taken out."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="noroshi-myjvn-")
        present = set(os.listdir(SCHEMAS))
        for name in present:
            with open(os.path.join(SCHEMAS, name), encoding="utf-8-sig") as file:
                text = file.read()
            text = text.replace("http://www.w3.org/2001/xml.xsd", "xml.xsd")
            for prefix in set(re.findall(r'xmlns:([a-z-]+)="(?:http://checklists|http://cpe\.|http://oval|http://www\.icasi|http://jvndb.jvn.jp/myjvn/jvn)', text)):
                text = re.sub(rf'<xs:element [^>]*ref="{prefix}:[^>]*/>', "", text)
            text = re.sub(r'<xs:import [^>]*schemaLocation="([^"]*)"[^>]*/>', lambda m: m[0] if m[1] in present else "", text)
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)

    def done(self):
        shutil.rmtree(self.folder)

    def faults(self, document, *spaces):
        """What xmllint says against it; spaces: (namespace, file) pairs."""
        schema = os.path.join(self.folder, "whole.xsd")
        path = os.path.join(self.folder, "document.xml")
        with open(schema, "w", encoding="utf-8") as file:
            file.write('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">' +
                       "".join(f'<xs:import namespace="{space}" schemaLocation="{name}"/>' for space, name in spaces) + "</xs:schema>")
        with open(path, "wb") as file:
            file.write(document)
        done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, path], capture_output=True, text=True)
        return "" if done.returncode == 0 else done.stderr

    KINDS = {
        "rdf": (("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "jvnrss_rdf_3.2.xsd"),),
        "result": (("http://jvndb.jvn.jp/myjvn/Results", "results_3.3.xsd"),),
        "vuldef": (("http://jvn.jp/vuldef/", "vuldef_3.2.xsd"), ("http://jvn.jp/rss/mod_sec/3.0/", "mod_sec_3.0.xsd"),
                   ("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1", "tlp_marking.xsd"),
                   ("http://jvndb.jvn.jp/myjvn/Status", "status_3.3.xsd")),
        "atom": (("http://www.w3.org/2005/Atom", "atom.xsd"), ("http://jvn.jp/rss/mod_sec/3.0/", "mod_sec_3.0.xsd"),
                 ("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1", "tlp_marking.xsd"),
                 ("http://jvndb.jvn.jp/myjvn/Status", "status_3.3.xsd")),
    }


@unittest.skipUnless(os.path.isdir(JVN), "the data set jvn is not on this machine")
class Base(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.schema = Schema() if shutil.which("xmllint") else None
        cls.read()
        cls.server.start()

    @classmethod
    def read(cls):
        cls.server.command("import", "--no-index", *cls.paths(), check=False)

    @classmethod
    def paths(cls):
        return [JVN]

    @classmethod
    def tearDownClass(cls):
        cls.server.done()
        if cls.schema:
            cls.schema.done()

    def get(self, path, headers=None, method="GET", body=None):
        connection = http.client.HTTPConnection("localhost", self.server.running.portal, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), content

    def ask(self, query, kind=None):
        """The root of an answer, which must be one by its schema; retCd and all are the caller's."""
        status, headers, body = self.get("/myjvn?" + query)
        self.assertEqual(status, 200, query)
        self.assertEqual(headers["content-type"].lower(), "text/xml; charset=utf-8")
        if kind and self.schema:
            self.assertEqual(self.schema.faults(body, *Schema.KINDS[kind]), "", query)
        return ET.fromstring(body)

    def status(self, root):
        self.assertEqual(root[-1].tag, STATUS)
        return root[-1].attrib


class Dictionary(Base):
    """getVendorList and getProductList over JVN's whole dictionary."""

    @classmethod
    def paths(cls):
        return [os.path.join(JVN, "vuls-raw", "product", "jvndb-products-2025-02.tsv.gz"), os.path.join(HND, "getVendorList_hnd.xml"),
                os.path.join(HND, "getProductList_hnd.xml"), os.path.join(HND, "dataFeed_myjvn_vendor_hnd.xml"),
                os.path.join(HND, "dataFeed_myjvn_product_hnd.xml")]

    @classmethod
    def read(cls):
        super().read()
        vendors, products = {}, {}
        out = subprocess.run(["zcat", cls.paths()[0]], capture_output=True, check=True).stdout.decode()
        for line in out.splitlines()[1:]:
            vid, vname, _, pid, pname, _ = line.split("\t")
            vendors[int(vid)], products[int(pid)] = vname, (pname, int(vid))
        for path in cls.paths()[1:]:
            for vendor in first(path).iter(f"{RESULT}Vendor"):
                vendors[int(vendor.get("vid"))] = vendor.get("vname")
                for product in vendor:
                    products[int(product.get("pid"))] = product.get("pname"), int(vendor.get("vid"))
        cls.vendors, cls.products = vendors, products

    def compare(self, name, query):
        want = first(os.path.join(HND, name))
        got = self.ask(query, "result")
        sample = self.status(want)
        ours = dict(self.status(got))
        self.assertEqual(list(ours), list(sample), "order of the status's attributes")
        for attribute in sample:
            if attribute not in ("totalRes", "totalResRet", "firstRes", "startItem"):
                self.assertEqual(ours[attribute], sample[attribute], attribute)
        self.assertEqual([child.tag for child in got], [child.tag for child in want])
        self.assertEqual({k: words(v) for k, v in got.attrib.items()}, {k: words(v) for k, v in want.attrib.items()})
        self.assertEqual(got[0].attrib, want[0].attrib)
        return got, want

    def test_the_published_page_of_vendors(self):
        """API-01: the same vendors one behind the other, with the same CPE names and numbers."""
        place = sorted(self.vendors, key=lambda vid: (key(self.vendors[vid]), vid))
        want = [v.attrib for v in first(os.path.join(HND, "getVendorList_hnd.xml"))[0]][1:]
        start = place.index(int(want[0]["vid"]))
        got, _ = self.compare("getVendorList_hnd.xml", f"method=getVendorList&feed=hnd&startItem={start + 1}&maxCountItem=50")
        ours = [v.attrib for v in got[0]]
        self.assertEqual(len(ours), 50)
        self.assertEqual([list(v) for v in ours][0], ["vname", "cpe", "vid"])
        here = {v["vid"] for v in ours}
        self.assertEqual([v for v in ours if v["vid"] in {w["vid"] for w in want}], [w for w in want if w["vid"] in here])
        status = self.status(got)
        self.assertEqual((int(status["totalRes"]), status["totalResRet"], int(status["firstRes"])), (len(self.vendors), "50", start + 1))
        print(f"conformance: myjvn-vendors {len([w for w in want if w['vid'] in here])}/{len(want)}")

    def test_the_published_page_of_products(self):
        want = first(os.path.join(HND, "getProductList_hnd.xml"))
        wanted = [(v.attrib, [p.attrib for p in v]) for v in want[0]][1:]
        place = sorted(self.products, key=lambda pid: (key(self.vendors[self.products[pid][1]]), self.products[pid][1], key(self.products[pid][0]), pid))
        start = place.index(int(wanted[0][1][0]["pid"]))
        got, _ = self.compare("getProductList_hnd.xml", f"method=getProductList&feed=hnd&startItem={start + 1}&maxCountItem=50")
        ours = [p.attrib for v in got[0] for p in v]
        theirs = [p for _, products in wanted for p in products]
        self.assertEqual(len(ours), 50)
        self.assertEqual(got[0][0].attrib, wanted[0][0])
        here = {p["pid"] for p in ours}
        known = [p for p in theirs if p["pid"] in here]
        self.assertGreater(len(known), 10)
        self.assertEqual([p for p in ours if p["pid"] in {k["pid"] for k in known}], known)
        status = self.status(got)
        self.assertEqual((int(status["totalRes"]), status["totalResRet"]), (len(self.products), "50"))
        print(f"conformance: myjvn-products {len(known)}/{len(theirs)}")

    def test_all_pages_are_the_whole_in_order(self):
        """API-01: every page once, none twice, in JVN's order."""
        seen = []
        for start in range(1, len(self.products), 10000):
            got = self.ask(f"method=getProductList&feed=hnd&startItem={start}")
            seen += [(int(v.get("vid")), int(p.get("pid"))) for v in got[0] for p in v]
        self.assertEqual(len(seen), len(self.products))
        self.assertEqual(len({pid for _, pid in seen}), len(self.products))
        order = [key(self.vendors[vid]) for vid, _ in seen]
        self.assertEqual(order, sorted(order))
        got = self.ask(f"method=getProductList&feed=hnd&startItem={len(self.products) + 1}", "result")
        self.assertEqual((self.status(got)["totalResRet"], int(self.status(got)["totalRes"])), ("0", len(self.products)))

    def test_by_names_numbers_and_words(self):
        # The schema's type of the echoed numbers is one number; the service takes and echoes several.
        numbers = lambda query: [int(p.get("pid")) for p in self.ask("method=getProductList&feed=hnd&" + query).iter(f"{RESULT}Product")]
        of = lambda vid: sorted(pid for pid, (_, v) in self.products.items() if v == vid)
        self.assertEqual(sorted(numbers("vendorId=1")), of(1))
        self.assertEqual(sorted(numbers("vendorId=1+2")), sorted(of(1) + of(2)))
        self.assertEqual(sorted(numbers("vendorId=1%2B2")), sorted(of(1) + of(2)))
        self.assertEqual(sorted(numbers("productId=16%2017")), [16, 17])
        self.assertEqual(numbers("cpeName=cpe:/H:SUN:sun_cobalt_raq_2"), [16])
        self.assertIn(16, numbers("cpeName=cpe:/*:sun:*cobalt*"))
        self.assertEqual(len(numbers("keyword=" + urllib.parse.quote("一太郎"))), len([1 for name, _ in self.products.values() if "一太郎" in name]))
        vendors = [v.attrib for v in self.ask("method=getVendorList&feed=hnd&cpeName=cpe:/:misc", "result")[0]]
        self.assertGreater(len(vendors), 200)
        self.assertEqual({v["cpe"] for v in vendors}, {"cpe:/:misc"})


class Answers(Base):
    """The other methods, over every record of the data set."""

    @classmethod
    def paths(cls):
        return [os.path.join(JVN, "feeds-2023"), os.path.join(JVN, "vuldef-2026"), HND,
                os.path.join(JVN, "vuls-raw", "product", "jvndb-products-2025-02.tsv.gz")]

    # ---- getVulnOverviewList ----

    def test_the_published_overview(self):
        """API-01: each item element by element, in the same order."""
        want = first(os.path.join(HND, "getVulnOverviewList_hnd.xml"))
        query = f"method=getVulnOverviewList&feed=hnd&maxCountItem=2&{ALL}&dateFirstPublishedStartY=2025&dateFirstPublishedStartM=4&dateFirstPublishedEndY=2025&dateFirstPublishedEndM=4&dateFirstPublishedEndD=10"
        got = self.ask(query, "rdf")
        self.assertEqual({k: words(v) for k, v in got.attrib.items()}, {k: words(v) for k, v in want.attrib.items()})
        self.assertEqual([e.tag for e in got], [e.tag for e in want])
        self.assertEqual([e.tag for e in got[0].iter()], [e.tag for e in want[0].iter()])
        checked = 0
        for ours, theirs in zip(got.findall(f"{RSS}item"), want.findall(f"{RSS}item")):
            self.assertEqual([e.tag for e in ours], [e.tag for e in theirs])
            for one, other in zip(ours, theirs):
                self.assertEqual({k: words(v) for k, v in one.attrib.items()}, {k: words(v) for k, v in other.attrib.items()}, other.tag)
                self.assertEqual(list(one.attrib), list(other.attrib), other.tag)
                if other.tag == f"{RSS}link":
                    self.assertTrue(one.text.endswith(urllib.parse.urlsplit(other.text).path))
                else:
                    self.assertEqual(words(one.text), words(other.text), other.tag)
                checked += 1
        ours, theirs = self.status(got), self.status(want)
        self.assertEqual(list(ours)[:12], list(theirs)[:12])
        print(f"conformance: myjvn-overview {checked}/{sum(len(i) for i in want.findall(RSS + 'item'))}")

    def names(self, query):
        root = self.ask(f"method=getVulnOverviewList&feed=hnd&{query}", "rdf")
        items = [i.findtext(f"{SEC}identifier") for i in root.findall(f"{RSS}item")]
        self.assertEqual(int(self.status(root)["totalResRet"]), len(items))
        return items, int(self.status(root)["totalRes"])

    def test_pages_are_the_whole_the_newest_first(self):
        items, total = self.names(ALL)
        self.assertEqual(len(items), total)
        self.assertGreater(total, 10)
        pages = [self.names(f"{ALL}&startItem={start}&maxCountItem=3")[0] for start in range(1, total + 1, 3)]
        self.assertEqual(sum(pages, []), items)
        root = self.ask(f"method=getVulnOverviewList&feed=hnd&{ALL}")
        dates = [i.findtext(f"{TERMS}modified") for i in root.findall(f"{RSS}item")]
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.assertEqual(self.names(f"{ALL}&startItem={total + 1}"), ([], total))

    def test_each_way_to_ask(self):
        """API-01: the answers against the items themselves."""
        root = self.ask(f"method=getVulnOverviewList&feed=hnd&{ALL}")
        items = root.findall(f"{RSS}item")
        name = lambda item: item.findtext(f"{SEC}identifier")

        def expect(query, wanted):
            got, _ = self.names(f"{ALL}&{query}")
            self.assertEqual(got, [name(i) for i in items if wanted(i)], query)
            self.assertTrue(got, query)

        v3 = lambda i: [c for c in i.findall(f"{SEC}cvss") if c.get("version") == "3.0"]
        for letter, word in zip("lmhc", ("Low", "Medium", "High", "Critical")):
            wanted = [name(i) for i in items if any(c.get("severity") == word for c in v3(i))]
            self.assertEqual(self.names(f"{ALL}&severity={letter}")[0], wanted, letter)
        vector = next(v3(i)[0].get("vector") for i in items if v3(i))
        expect(f"vector={vector}", lambda i: any(c.get("vector") == vector for c in v3(i)))
        expect("keyword=JVNVU", lambda i: any((r.get("id") or "").startswith("JVNVU") for r in i.findall(f"{SEC}references")))
        expect("keyword=" + urllib.parse.quote("クロスサイト"), lambda i: "クロスサイト" in words("".join(i.itertext())))
        cpe = next(i.find(f"{SEC}cpe").text for i in items if i.find(f"{SEC}cpe") is not None)
        expect(f"cpeName={cpe}", lambda i: any(c.text == cpe for c in i.findall(f"{SEC}cpe")))
        vendor = cpe.split(":")[2]
        expect(f"cpeName=cpe:/*:{vendor}:*", lambda i: any(c.text.split(":")[2] == vendor for c in i.findall(f"{SEC}cpe")))
        expect(f"cpeName=cpe:/:{vendor}", lambda i: any(c.text.split(":")[2] == vendor for c in i.findall(f"{SEC}cpe")))
        product = next(p for p in self.ask(f"method=getProductList&feed=hnd&cpeName={cpe}").iter(f"{RESULT}Product"))
        expect(f"productId={product.get('pid')}", lambda i: any(c.text == cpe for c in i.findall(f"{SEC}cpe")))
        expect("dateFirstPublishedStartY=2023&dateFirstPublishedStartM=1&dateFirstPublishedEndY=2023&dateFirstPublishedEndM=12",
               lambda i: i.findtext(f"{TERMS}issued").startswith("2023"))
        expect("datePublishedEndY=2021", lambda i: i.findtext(f"{TERMS}modified") < "2022")
        # Who says nothing of dates gets the last week, which these are not of.
        self.assertEqual(self.names("keyword=JVNVU"), ([], 0))
        self.assertEqual(self.ask("method=getVulnOverviewList&feed=hnd").tag, "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF")

    def test_english_stands_by_itself(self):
        root = self.ask(f"method=getVulnOverviewList&feed=hnd&lang=en&{ALL}", "rdf")
        self.assertEqual(self.status(root)["lang"], "en")
        self.assertEqual(root.get("{http://www.w3.org/XML/1998/namespace}lang"), "en")

    # ---- getVulnDetailInfo ----

    def test_the_published_details(self):
        """API-05: VULDEF as JVN gave it, element by element."""
        checked = total = 0
        names = [n for n in sorted(os.listdir(HND)) if n.startswith("getVulnDetailInfo")]
        for name in [os.path.join(HND, n) for n in names] + [os.path.join(JVN, "vuldef-2026", "jvn-detail-with-range.xml")]:
            want = first(name)
            infos = want.findall(f"{VULDEF}Vulinfo")
            ids = "+".join(i.findtext(f"{VULDEF}VulinfoID") for i in infos)
            got = self.ask(f"method=getVulnDetailInfo&feed=hnd&vulnId={ids}", "vuldef")
            self.assertEqual({k: words(v) for k, v in got.attrib.items()}, {k: words(v) for k, v in want.attrib.items()})
            self.assertEqual([e.tag for e in got], [e.tag for e in want])
            ours, theirs = list(got.iter()), list(want.iter())
            self.assertEqual([e.tag for e in ours], [e.tag for e in theirs], name)
            for one, other in zip(ours, theirs):
                total += 1
                if other.tag == STATUS:
                    self.assertEqual(list(one.attrib)[:12], list(other.attrib)[:12])
                    self.assertEqual({k: v for k, v in one.attrib.items() if k != "vulnId"}, {k: v for k, v in other.attrib.items() if k != "vulnId"})
                else:
                    self.assertEqual({k: words(v) for k, v in one.attrib.items()}, {k: words(v) for k, v in other.attrib.items()}, other.tag)
                    self.assertEqual(words(one.text), words(other.text), f"{name} {other.tag}")
                checked += 1
        print(f"conformance: myjvn-detail {checked}/{total}")

    def test_answers_can_be_taken_in(self):
        """STD-01: another noroshi that imports what this one answers, in both languages, answers the same; an answer that is a fault is refused."""
        names = [self.names(f"{ALL}&lang={lang}")[0] for lang in ("ja", "en")]
        questions = [f"method=getVulnOverviewList&feed=hnd&{ALL}&lang={lang}" for lang in ("ja", "en")]
        for lang, some in zip(("ja", "en"), names):
            questions += [f"method=getVulnDetailInfo&feed=hnd&lang={lang}&vulnId=" + "+".join(some[i:i + 10]) for i in range(0, len(some), 10)]
        plain = lambda body: re.sub(rb"localhost:\d+|<dc(terms)?:[a-z]+>[^<]*</dc(terms)?:[a-z]+>", b"", body)
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            for i, question in enumerate(questions):
                with open(os.path.join(folder, f"{i:03}.xml"), "wb") as file:
                    file.write(self.get("/myjvn?" + question)[2])
            other = noroshi_server.Server()
            self.addCleanup(other.done)
            told = other.command("import", "--no-index", folder).stdout
            self.assertIn(", 0 refused", told)
            fault = os.path.join(folder, "fault.xml")
            with open(fault, "wb") as file:
                file.write(self.get("/myjvn?method=getVulnDetailInfo&feed=hnd&vulnId=x")[2])
            done = other.command("import", "--no-index", fault, check=False)
            self.assertIn("1 refused", done.stdout)
            self.assertIn("VD01030602", done.stdout + done.stderr)
        other.start()
        same = 0
        for question in questions:
            connection = http.client.HTTPConnection("localhost", other.running.portal, timeout=60)
            connection.request("GET", "/myjvn?" + question)
            theirs = connection.getresponse().read()
            connection.close()
            same += plain(theirs) == plain(self.get("/myjvn?" + question)[2])
        print(f"conformance: myjvn-again {same}/{len(questions)}")
        self.assertEqual(same, len(questions))

    def test_details_stand_in_the_order_they_are_asked_for(self):
        items, total = self.names(ALL)
        ids = items[:4][::-1]
        body = urllib.parse.urlencode({"method": "getVulnDetailInfo", "feed": "hnd", "vulnId": "+".join(ids + ["JVNDB-1901-000001"]), "maxCountItem": "3"})
        status, _, content = self.get("/myjvn", {"Content-Type": "application/x-www-form-urlencoded"}, "POST", body)
        self.assertEqual(status, 200)
        root = ET.fromstring(content)
        self.assertEqual([i.findtext(f"{VULDEF}VulinfoID") for i in root.findall(f"{VULDEF}Vulinfo")], ids[:3])
        self.assertEqual((self.status(root)["totalRes"], self.status(root)["totalResRet"]), ("4", "3"))
        root = self.ask(f"method=getVulnDetailInfo&feed=hnd&vulnId={'%2B'.join(ids)}&startItem=4", "vuldef")
        self.assertEqual([i.findtext(f"{VULDEF}VulinfoID") for i in root.findall(f"{VULDEF}Vulinfo")], ids[3:])
        root = self.ask("method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-1901-000001")
        self.assertEqual((root.tag, self.status(root)["retCd"], self.status(root)["totalRes"]), (f"{VULDEF}VULDEF-Document", "0", "0"))

    # ---- getStatistics ----

    def test_the_published_statistics(self):
        for name in sorted(n for n in os.listdir(HND) if n.startswith("getStatistics")):
            want = first(os.path.join(HND, name))
            theme = name.split("_")[-1][:-4]
            sample = self.status(want)
            asked = {k: v for k, v in sample.items() if k in ("theme", "cweId", "type", "datePublicStartY")}
            got = self.ask("method=getStatistics&feed=hnd&" + urllib.parse.urlencode(asked), "result")
            self.assertEqual([e.tag for e in got], [e.tag for e in want], theme)
            for ours, theirs in zip(got[:-1], want[:-1]):
                self.assertEqual(ours.attrib, theirs.attrib)
                self.assertEqual([(e.tag, e.attrib, e.text) for e in ours.findall(f"{STAT}title")], [(e.tag, e.attrib, e.text) for e in theirs.findall(f"{STAT}title")])
                self.assertEqual(list(ours.find(f"{STAT}resDataTotal").attrib), list(theirs.find(f"{STAT}resDataTotal").attrib))
                rows, samples = ours.findall(f"{STAT}resData"), theirs.findall(f"{STAT}resData")
                self.assertEqual([r.get("date") for r in rows[:len(samples)]], [r.get("date") for r in samples])
                self.assertEqual({tuple(r.attrib) for r in rows}, {tuple(r.attrib) for r in samples})
            ours = self.status(got)
            self.assertEqual(list(ours)[:13], list(sample)[:13])
            self.assertEqual(ours["firstRes"], "")

    def test_statistics_count_what_is_there(self):
        root = self.ask(f"method=getVulnOverviewList&feed=hnd&{ALL}")
        days = collections.Counter()
        for item in root.findall(f"{RSS}item"):
            detail = self.ask(f"method=getVulnDetailInfo&feed=hnd&vulnId={item.findtext(SEC + 'identifier')}")
            days[detail.find(f".//{VULDEF}DatePublic").text[:4]] += 1
        got = self.ask("method=getStatistics&feed=hnd&theme=sumJvnDb", "result")
        rows = {r.get("date"): int(r.get("cntAll")) for r in got.iter(f"{STAT}resData")}
        self.assertEqual({k: v for k, v in rows.items() if v}, dict(days))
        self.assertEqual(int(self.status(got)["retMaxCnt"]), max(days.values()))
        for kind, pattern in (("q", r"\d{4}-[1-4]Q"), ("m", r"\d{4}-(0[1-9]|1[0-2])")):
            got = self.ask(f"method=getStatistics&feed=hnd&theme=sumCvss&type={kind}", "result")
            self.assertTrue(all(re.fullmatch(pattern, r.get("date")) for r in got.iter(f"{STAT}resData")))
            for row in got.iter(f"{STAT}resData"):
                self.assertEqual(int(row.get("cntAll")), sum(int(row.get(n)) for n in ("cntC", "cntH", "cntM", "cntL", "cntN")))
        older = self.ask("method=getStatistics&feed=itm&theme=sumCvss")
        self.assertEqual((older.get("version"), self.status(older)["version"], self.status(older)["feed"]), ("3.2", "3.2", "itm"))
        self.assertEqual(list(next(older.iter(f"{STAT}resData")).attrib), ["date", "cntAll", "cntH", "cntM", "cntL"])
        self.assertIsNone(older.find(f".//{STAT}resDataTotal"))

    # ---- getAlertList ----

    def test_alerts_have_the_published_form(self):
        got, want = self.ask("method=getAlertList&feed=hnd"), first(os.path.join(HND, "getAlertList_hnd.xml"))
        self.assertEqual([e.tag for e in got if e.tag != f"{ATOM}entry"], [e.tag for e in want if e.tag not in (f"{ATOM}entry", ) and isinstance(e.tag, str)])
        self.assertEqual(got.findtext(f"{ATOM}entry"), "該当する脆弱性対策情報はありません。")
        self.assertEqual(list(self.status(got)), [a for a in self.status(want) if a != "ft"])
        status, headers, body = self.get("/myjvn?method=getAlertList&feed=hnd&ft=json")
        self.assertEqual(headers["content-type"].lower(), "application/json; charset=utf-8")
        with open(os.path.join(HND, "getAlertList_hnd.json"), encoding="utf-8") as file:
            sample = json.load(file)
        ours = json.loads(body)
        self.assertEqual(list(ours), list(sample))
        self.assertEqual(set(ours["feed"]), set(sample["feed"]))
        self.assertEqual({k: type(v) for k, v in ours["feed"]["status:Status"].items()}, {k: type(v) for k, v in sample["feed"]["status:Status"].items()})

    # ---- errors ----

    def test_every_documented_error(self):
        """API-01: status 200, retCd 1, the code, the parameter's name, in the root that the method always has."""
        roots = {"VN": "Result", "PR": "Result", "VL": "RDF", "VD": "VULDEF-Document", "VS": "Result", "AL": "feed", "XX": "Result"}
        # The schemas of the others want a channel or an entry, which the service's own errors have not.
        kinds = {"VN": "result", "PR": "result", "VS": "result"}
        cases = [("getVendorList&startItem=0", "VN01020003", "startItem"), ("getProductList&startItem=x", "PR01020003", "startItem"),
                 ("getVulnOverviewList&startItem=-1", "VL01020003", "startItem"), ("getVulnDetailInfo&vulnId=CVE-2024-1", "VD01030602", "vulnId"),
                 ("getStatistics&theme=sumAll&datePublicStartY=2025&datePublicEndY=2024", "VS06030970", "日付"),
                 ("getAlertList&datePublished=x", "AL0703019", "datePublished"), ("getOvalList", "XX00000003", "method")]
        for query, code, name in cases:
            root = self.ask(f"method={query}&feed=hnd", kinds.get(code[:2]))
            self.assertEqual(re.sub(r"\{.*\}", "", root.tag), roots[code[:2]], query)
            status = self.status(root)
            self.assertEqual((status["retCd"], status["errCd"]), ("1", code), query)
            self.assertIn(name, status["errMsg"])
            self.assertEqual((status["retMax"], status["totalRes"], status["totalResRet"], status["firstRes"]), ("", "", "", ""))
        root = self.ask("method=getVendorList&feed=hnd&startItem=0")
        self.assertEqual(self.status(root)["errMsg"], "startItemは正の整数値のみ指定可能です。")
        self.assertEqual(self.status(self.ask("method=getVendorList&feed=xyz"))["errCd"], "XX00000001")

    def test_no_question_is_a_fault_of_the_server(self):
        for word in ("'", '"', "%", "\\", "*", "(", "AND", "NEAR(", "^a", "a:b", "-", "日" * 200, "{}", "\u0301"):
            for method in ("getVendorList", "getProductList", "getVulnOverviewList"):
                root = self.ask(f"method={method}&feed=hnd&keyword={urllib.parse.quote(word)}")
                self.assertEqual(self.status(root)["retCd"], "0", word)

    # ---- existing clients ----

    def test_answers_can_be_asked_for_again_and_packed(self):
        """API-05: a tag for what does not change between two questions, gzip, and pages of other origins; of lists, details, figures and alerts."""
        for query in ("method=getVendorList&feed=hnd", "method=getVulnOverviewList&feed=hnd&rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n",
                      "method=getStatistics&feed=hnd&theme=sumAll", "method=getAlertList&feed=hnd", "method=getAlertList&feed=hnd&ft=json"):
            with self.subTest(query=query):
                _, headers, plain = self.get("/myjvn?" + query)
                self.assertEqual(headers["access-control-allow-origin"], "*")
                time.sleep(1.1)  # what tells the second it was made in
                status, _, body = self.get("/myjvn?" + query, {"If-None-Match": headers["etag"]})
                self.assertEqual((status, body), (304, b""))
                if len(plain) >= 1024:
                    _, packed, body = self.get("/myjvn?" + query, {"Accept-Encoding": "gzip"})
                    self.assertEqual(packed["content-encoding"], "gzip")
                    self.assertEqual(len(gzip.decompress(body)), len(plain))
                    self.assertNotEqual(packed["etag"], headers["etag"])

    def test_what_existing_clients_read(self):
        """API-01: the checklist of the clients: separators, seconds, white space, roots, prefixes, ids, scores."""
        _, _, body = self.get(f"/myjvn?method=getVulnOverviewList&feed=hnd&{ALL}")
        text = body.decode()
        for prefix in ("<rdf:RDF", "<item ", "<title>", "<sec:identifier>", "<dcterms:modified>", "<status:Status "):
            self.assertIn(prefix, text)
        for date in re.findall(r"<(?:dc:date|dcterms:\w+)>([^<]*)<", text):
            self.assertRegex(date, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$")
        for cve in re.findall(r'source="(?:CVE|NVD)" id="([^"]*)"', text):
            self.assertRegex(cve, r"^CVE-\d{4}-\d{4,}$")
        for cpe in re.findall(r"<sec:cpe [^>]*>([^<]*)<", text):
            self.assertRegex(cpe, r"^cpe:/[aho]:\S+:\S+$")
        for attributes in re.findall(r"<sec:cvss ([^>]*)/>", text):
            self.assertRegex(attributes, r'score="\d+\.\d" severity="\w+" vector="[^"]*" version="[23]\.0" type="Base"')
            vector = re.search(r'vector="([^"]*)"', attributes)[1]
            self.assertEqual(len(vector), 44 if vector.startswith("CVSS:3.0/") else 26)
        for number in ("retCd", "retMax", "totalRes", "totalResRet", "firstRes"):
            self.assertRegex(text, rf'{number}="\d+"')
        # jvnchecker sends everything, most of it empty, and reads the answer as HTML.
        empty = "&".join(f"{n}=" for n in ("startItem", "maxCountItem", "cpeName", "vendorId", "productId", "severity", "vector", "datePublicStartY", "lang", "xsl"))
        _, _, body = self.get(f"/myjvn?method=getVulnOverviewList&feed=hnd&{empty}&{ALL}&keyword=&datePublicEndD=")
        found = []

        class Reader(html.parser.HTMLParser):
            def handle_starttag(self, tag, attributes):
                found.append(tag)
        Reader().feed(body.decode())
        self.assertGreater(found.count("item"), 10)
        # kazukiigeta's sends "language" and names no parameter has; myjvn-node no feed.
        self.assertEqual(self.status(self.ask(f"method=getVulnOverviewList&feed=hnd&language=ja&dateFirstPublicStartY=2020&{ALL}"))["retCd"], "0")
        self.assertEqual(self.status(self.ask("method=getVendorList"))["retCd"], "0")

    def test_old_addresses_lead_to_our_pages(self):
        status, headers, _ = self.get("/ja/contents/2025/JVNDB-2025-002953.html")
        self.assertEqual((status, headers["location"]), (303, "/records/JVNDB-2025-002953"))
        status, headers, _ = self.get("/en/contents/2025/JVNDB-2025-002953.html")
        self.assertEqual((status, headers["location"]), (303, "/en/records/JVNDB-2025-002953"))
        status, headers, _ = self.get("/cvesearch?cveId=CVE-2025-31084")
        self.assertEqual((status, headers["location"]), (303, "/records/JVNDB-2025-002953"))
        status, headers, _ = self.get("/cvesearch?cveId=CVE-1999-99999")
        self.assertEqual((status, headers["location"]), (303, "/search?q=CVE-1999-99999"))
        self.assertEqual(self.get("/cvesearch?cveId=x")[0], 400)
        self.assertEqual(self.get("/ja/contents/2025/a%2Eb")[0], 404)


class Files(Base):
    """VDB-05: the feed files at the addresses of JVN iPedia, out of what its own feeds told."""

    @classmethod
    def paths(cls):
        return [os.path.join(JVN, "feeds-2023"), os.path.join(JVN, "vuls-raw", "product", "jvndb-products-2025-02.tsv.gz")]

    def listed(self, lang="ja"):
        return json.loads(self.get(f"/{lang}/feed/checksum.txt")[2])

    def path(self, row):
        return urllib.parse.urlsplit(row["url"]).path

    def test_the_list_is_true(self):
        """What clients choose their downloads by: names, checksums, sizes, times, in the order of the original."""
        for lang in ("ja", "en"):
            listed = self.listed(lang)
            for row in listed:
                status, headers, body = self.get(self.path(row))
                self.assertEqual(status, 200, row["url"])
                self.assertEqual((hashlib.sha256(body).hexdigest(), len(body)), (row["sha256"], row["size"]))
                self.assertEqual(headers["content-length"], str(row["size"]))
                self.assertEqual(row["filename"], row["url"].rsplit("/", 1)[1])
                told = datetime.datetime.strptime(row["lastModified"], "%Y/%m/%d %H:%M:%S") - datetime.timedelta(hours=9)
                self.assertEqual(headers["last-modified"], told.strftime("%a, %d %b %Y %H:%M:%S GMT"))
            names = [row["filename"] for row in listed]
            this_year = (datetime.datetime.utcnow() + datetime.timedelta(hours=9)).year
            years = list(range(this_year, 1997, -1))
            self.assertEqual(names[:2], ["jvndb_new.rdf", "jvndb.rdf"])
            self.assertEqual(names[2:-2], [f"jvndb_{y}.rdf" for y in years] + [f"jvndb_detail_{y}.rdf" for y in years])
            self.assertRegex(names[-2], r"^myjvn_vendor_\d{6}\.rdf$")
            self.assertRegex(names[-1], r"^myjvn_product_\d{6}\.rdf$")

    def test_nothing_is_sent_twice(self):
        """Conditional requests, packing, and an import that changes nothing."""
        before = self.listed()
        row = next(r for r in before if r["filename"] == "jvndb_2022.rdf")
        _, headers, body = self.get(self.path(row))
        self.assertEqual(self.get(self.path(row), {"If-None-Match": headers["etag"]})[0], 304)
        _, packed, content = self.get(self.path(row), {"Accept-Encoding": "gzip"})
        self.assertEqual(packed["content-encoding"], "gzip")
        self.assertEqual(gzip.decompress(content), body)
        self.assertEqual(self.get(self.path(row), method="HEAD")[2], b"")
        self.server.command("import", "--no-index", os.path.join(JVN, "feeds-2023"), check=False)
        self.assertEqual(self.listed(), before)

    def items(self, path):
        status, _, body = self.get(path)
        self.assertEqual(status, 200, body)
        root = ET.fromstring(body)
        items = root.findall(f"{RSS}item")
        seq = [li.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource") for li in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")]
        self.assertEqual(seq, [i.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") for i in items])
        return items

    def test_years_say_what_the_original_says(self):
        """Element by element, attribute by attribute, in the same order; an item stands in the year in which it became public."""
        folder = os.path.join(JVN, "feeds-2023", "rss")
        sec = "{http://jvn.jp/rss/mod_sec/}"
        served = {}
        for row in self.listed():
            if re.fullmatch(r"jvndb_\d{4}\.rdf", row["filename"]):
                items = self.items(self.path(row))
                names = [i.findtext(f"{sec}identifier") for i in items]
                self.assertEqual(names, sorted(names))
                for item in items:
                    self.assertNotIn(item.findtext(f"{sec}identifier"), served, "one item stands in one year")
                    served[item.findtext(f"{sec}identifier")] = item
        passed = total = 0
        for name in sorted(n for n in os.listdir(folder) if re.fullmatch(r"jvndb_\d{4}\.rdf", n)):
            for theirs in first(os.path.join(folder, name)).findall(f"{RSS}item"):
                ours = served[theirs.findtext(f"{sec}identifier")]
                self.assertRegex(ours.findtext(f"{TERMS}modified"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d\+09:00$")
                if ours.findtext(f"{TERMS}modified") != theirs.findtext(f"{TERMS}modified"):
                    continue  # another of the files tells something newer
                total += 1
                same = [(e.tag, e.attrib, words(e.text)) for e in ours if not e.tag.endswith("}link")]
                passed += same == [(e.tag, e.attrib, words(e.text)) for e in theirs if not e.tag.endswith("}link")]
        print(f"conformance: myjvn-files-rss {passed}/{total}")
        self.assertEqual(passed, total)
        self.assertGreater(total, 5)

    def test_details_say_what_the_original_says(self):
        folder = os.path.join(JVN, "feeds-2023", "detail")
        passed = total = 0
        for name in sorted(n for n in os.listdir(folder) if n.endswith(".rdf")):
            root = ET.fromstring(self.get(f"/ja/feed/detail/{name}")[2])
            self.assertEqual((root[-1].tag, root[-1].get("lt")), (STATUS, "1"))
            served = {i.findtext(f"{VULDEF}VulinfoID"): i for i in root.findall(f"{VULDEF}Vulinfo")}
            self.assertEqual(int(root[-1].get("totalRes")), len(served))
            for theirs in first(os.path.join(folder, name)).findall(f"{VULDEF}Vulinfo"):
                ours = served[theirs.findtext(f"{VULDEF}VulinfoID")]
                total += 1
                passed += [(e.tag, e.attrib, words(e.text)) for e in ours.iter()] == [(e.tag, e.attrib, words(e.text)) for e in theirs.iter()]
        print(f"conformance: myjvn-files-detail {passed}/{total}")
        self.assertEqual(passed, total)
        self.assertGreater(total, 2)

    def test_the_dictionary_is_whole(self):
        row = self.listed()[-1]
        _, _, body = self.get(self.path(row))
        out = subprocess.run(["zcat", self.paths()[1]], capture_output=True, check=True).stdout.decode()
        pids = {int(line.split("\t")[3]) for line in out.splitlines()[1:]}
        feeds = {int(p.get("pid")) for p in first(os.path.join(JVN, "feeds-2023", "product", "myjvn_product_202311.rdf")).iter(f"{RESULT}Product")}
        self.assertEqual({int(p.get("pid")) for p in ET.fromstring(body).iter(f"{RESULT}Product")}, pids | feeds)

    def test_a_change_reaches_its_files_alone(self):
        """One record changes: its year, what is new and what changed are other files; all others stay as they are, with their times."""
        text = open(os.path.join(JVN, "feeds-2023", "rss", "jvndb_2011.rdf"), encoding="utf-8").read()
        later = re.sub(r"(<(dc:date|dcterms:modified)>)2\d{3}(-\d\d-\d\dT\d\d:\d\d\+09:00)", r"\g<1>2026\3", text)
        self.assertNotEqual(later, text)
        before = {r["filename"]: r for r in self.listed()}
        time.sleep(1.1)  # times of files are told in seconds
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)  # the program may run as a user of its own
            path = os.path.join(folder, "later.rdf")
            with open(path, "w", encoding="utf-8") as file:
                file.write(later)
            self.assertIn("1 changed", self.server.command("import", "--no-index", path).stdout)
        time.sleep(0.5)  # who serves looks four times a second
        after = {r["filename"]: r for r in self.listed()}
        changed = {name for name, row in after.items() if row != before[name]}
        self.assertIn("jvndb_2011.rdf", changed)
        self.assertIn("jvndb.rdf", changed)
        self.assertLessEqual(changed, {"jvndb_2011.rdf", "jvndb_detail_2011.rdf", "jvndb.rdf", "jvndb_new.rdf"})
        for name in changed:
            self.assertGreater(after[name]["lastModified"], before[name]["lastModified"])

    @unittest.skipUnless(shutil.which("xmllint"), "xmllint is not on this machine")
    def test_files_are_of_their_schemas(self):
        """STD-08: every file of the list and a feed of a search. The feeds have the older name of mod_sec, as the original's have; what it means is in the schema of
        the newer. A year without details is a document without Vulinfo, which clients that ask year by year can read and the schema does not know."""
        checked = collections.Counter()
        for lang in ("ja", "en"):
            for path in [*map(self.path, self.listed(lang)), f"/{lang}/rss/search.rdf"]:
                body = self.get(path)[2].replace(b'"http://jvn.jp/rss/mod_sec/"', b'"http://jvn.jp/rss/mod_sec/3.0/"')
                kind = "rdf" if "/rss/" in path else "vuldef" if "/detail/" in path else "result"
                with self.subTest(path=path):
                    faults = self.schema.faults(body, *Schema.KINDS[kind])
                    is_empty = kind == "vuldef" and b"<Vulinfo>" not in body
                    self.assertEqual(faults.count("validity error"), is_empty, faults[:2000])
                    self.assertEqual("Expected is ( {http://jvn.jp/vuldef/}Vulinfo )" in faults, is_empty, faults[:2000])
                    checked[kind] += not is_empty
        self.assertGreater(checked["vuldef"], 2)
        self.assertGreater(checked["rdf"], 60)
        self.assertEqual(checked["result"], 4)

    def test_a_search_is_a_feed(self):
        """VDB-05: of a vendor, a product, or words; whatever its dates."""
        sec = "{http://jvn.jp/rss/mod_sec/}"
        everything = self.items("/ja/rss/search.rdf")
        self.assertGreater(len(everything), 5)
        item = next(i for i in everything if i.find(f"{sec}cpe") is not None)
        name, cpe = item.findtext(f"{sec}identifier"), item.findtext(f"{sec}cpe")
        found = self.items("/ja/rss/search.rdf?cpeName=" + urllib.parse.quote(cpe))
        self.assertIn(name, [i.findtext(f"{sec}identifier") for i in found])
        self.assertLess(len(found), len(everything))
        self.assertEqual([i.findtext(f"{sec}identifier") for i in self.items("/ja/rss/search.rdf?keyword=" + name)], [name])
        _, headers, _ = self.get("/ja/rss/search.rdf?keyword=" + name)
        self.assertEqual(self.get("/ja/rss/search.rdf?keyword=" + name, {"If-None-Match": headers["etag"]})[0], 304)
        self.assertEqual(self.get("/ja/rss/search.rdf?severity=x")[0], 400)
        self.assertEqual(self.items("/en/rss/search.rdf"), [])
        self.assertEqual(self.get("/ja/rss/none.rdf")[0], 404)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
