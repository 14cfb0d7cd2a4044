#!/usr/bin/python3
"""A catalogue of the size of the real one (350,000 records; 5,000 in the short check), imported and asked through the portal. What the answers should be is read from
the files themselves by Python's own readers (issue 4, "Scale"; VDB-15 asks for 80,000).

usage: NOROSHI_BIN=build/src/noroshi scale_test.py [--long]
"""
import collections
import glob
import json
import os
import random
import re
import subprocess
import sys
import unicodedata
import unittest
import urllib.parse
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402

LONG = "--long" in sys.argv or bool(os.environ.get("NOROSHI_LONG"))
COUNT, CHANGED = (350_000, 1000) if LONG else (5000, 50)
MEMORY, DATABASES = (1500, 2100) if LONG else (200, 80)  # megabytes; the desk's own database and logs lie beside the catalogue's
MAKER = os.path.join(noroshi_server.ROOT, "bench", "catalog", "make.c")
SPACE = "{http://jvn.jp/vuldef/}"
COUNTED = 1000  # a search counts as far as this


def folded(text):
    """As texts are compared: width, letter case, hiragana for katakana, and no long vowel mark after kana."""
    text = "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"(?<=[\u3041-\u3096])ー+", "", text)


class Said:
    """What the files say, read once more by other means."""

    def __init__(self, folder):
        self.english, self.modified, self.rejected, self.japanese, self.titles = {}, {}, set(), {}, []
        for path in sorted(glob.glob(os.path.join(folder, "nvd-*.json"))):
            with open(path, encoding="utf-8") as f:
                for one in json.load(f)["vulnerabilities"]:
                    self.take(one["cve"])
        for path in sorted(glob.glob(os.path.join(folder, "vuldef-*.xml"))):
            for _, one in xml.etree.ElementTree.iterparse(path):
                if one.tag == SPACE + "Vulinfo":
                    self.take_japanese(one)
                    one.clear()

    def take(self, cve):
        name = cve["id"]
        self.english[name] = next(d["value"] for d in cve["descriptions"] if d["lang"] == "en")
        self.modified[name] = cve["lastModified"]
        if cve["vulnStatus"] == "Rejected":
            self.rejected.add(name)

    def take_japanese(self, one):
        about = next(i.text for i in one.iter(SPACE + "VulinfoID") if i.text.startswith("CVE-"))
        self.titles.append(one.findtext(f".//{SPACE}Title").split("における", 1)[1])
        tags = [SPACE + "VulinfoData/" + SPACE + "Title"] + [f".//{SPACE}{tag}" for tag in ("Overview", "Description", "Name", "ProductName")]
        self.japanese[about] = folded("\n".join(e.text for tag in tags for e in one.findall(tag) if e.text))

    def with_part(self, part):
        """As LIKE would find it: every record whose Japanese text has these characters in a row."""
        part = folded(part).lstrip("ー")
        return {name for name, text in self.japanese.items() if part in text}  # another source's "rejected" hides none of them


class Scale(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server(public_rate_per_minute="60000000", interface_rate_per_minute="60000000")
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        folder = cls.server.running.folder
        make = os.path.join(folder, "make")
        subprocess.run(["cc", "-O2", "-o", make, MAKER], check=True)
        cls.data, cls.later = os.path.join(folder, "data"), os.path.join(folder, "later")
        for path, words in ((cls.data, []), (cls.later, [str(CHANGED)])):
            os.mkdir(path)
            subprocess.run([make, str(COUNT), path, *words], check=True)
        cls.first, cls.memory = cls.take(cls.data)
        cls.said = Said(cls.data)
        cls.reader = cls.server.visitor()
        cls.chance = random.Random(1)

    @classmethod
    def take(cls, path):
        """Imports it: what the summary counts (read, new, changed, unchanged, refused), and the most megabytes of a process."""
        process = subprocess.Popen([cls.server.running.program, "import", "--no-index", path], env=cls.server.running.environment, stdout=subprocess.PIPE, text=True)
        said = process.stdout.read()
        process.stdout.close()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise AssertionError(said)
        return [int(n) for n in re.findall(r"\d+", said)], used.ru_maxrss / 1000

    def found(self, words, more=""):
        """How many are counted, whether there are more than that, and the names on the page in its order."""
        page = self.reader.get("/search?q=" + urllib.parse.quote(words) + more)
        self.assertEqual(page.status, 200)
        said = re.search(r'class="found"[^>]*>([^<]*)', page.html)[1]
        names = [link.rsplit("/", 1)[1] for link in page.links(r"/records/[A-Z0-9-]+")]
        number = re.search(r"\d[\d,]*", said)
        return (int(number[0].replace(",", "")) if number else 0), "以上" in said, names

    def test_1_the_summary_counts_what_the_files_hold(self):
        total = len(self.said.english) + len(self.said.japanese)
        self.assertEqual(len(self.said.english), COUNT)
        self.assertEqual(self.first, [total, total, 0, 0, 0])

    def test_2_memory_does_not_grow_with_the_files(self):
        self.assertLess(self.memory, MEMORY)
        size = sum(os.path.getsize(path) for path in glob.glob(os.path.join(self.server.state, "**", "*.db*"), recursive=True)) / 1e6
        print(f"{COUNT} records: {self.memory:.0f} MB of memory, {size:.0f} MB of databases")
        self.assertLess(size, DATABASES)

    def test_3_one_and_two_characters_find_what_a_scan_finds(self):
        """VDB-04: neither a record too few nor one too many, whatever is asked for."""
        texts, parts = sorted(self.said.titles), {"few": {}, "many": {}}
        for _ in range(400):
            text, at, length = self.chance.choice(texts), self.chance.randrange(12), self.chance.choice((1, 2, 2))
            part = text[at:at + length]
            if part == "ー" or not re.fullmatch(r"[\u3041-\u30fe\u4e00-\u9fff]{%d}" % length, part):
                continue
            expected = self.said.with_part(part)
            kind = parts["few" if len(expected) <= COUNTED else "many"]
            if len(kind) < 10:
                kind[part] = expected
        for part, expected in {**parts["few"], **parts["many"]}.items():
            with self.subTest(part):
                count, is_more, names = self.found(part)
                self.assertEqual((count, is_more), (min(len(expected), COUNTED), len(expected) > COUNTED))
                self.assertEqual(len(names), min(len(expected), 20))
                self.assertLessEqual(set(names), expected)
        self.assertGreater(len(parts["few"]), 4)
        self.assertGreater(len(parts["many"]), 4)

    def test_4_rare_words_find_what_a_scan_finds(self):
        by_word = collections.defaultdict(set)
        for name, text in self.said.english.items():
            if name not in self.said.rejected:
                for word in set(re.findall(r"[a-z]+", text)):
                    by_word[word].add(name)
        rare = [word for word, names in by_word.items() if 3 <= len(names) <= 200 and len(word) > 5]
        self.assertGreater(len(rare), 40)
        for word in self.chance.sample(sorted(rare), 20):
            with self.subTest(word):
                count, is_more, names = self.found(f'"{word}"')
                self.assertFalse(is_more)
                self.assertGreaterEqual(count, len(by_word[word]))  # the name of a product may be the same word
                if count == len(by_word[word]):
                    self.assertLessEqual(set(names), by_word[word])

    def test_5_pages_hold_each_once(self):
        """Page by page, under each order: none twice, none left out."""
        pairs = {title[at:at + 2] for title in self.chance.sample(self.said.titles, 200) for at in range(6)}
        part, expected = next((pair, found) for pair in sorted(pairs) if 60 <= len(found := self.said.with_part(pair)) <= 400)
        for order in ("modified", "published", "severity", "epss", "relevance"):
            with self.subTest(order):
                names = [name for page in range(1, len(expected) // 20 + 2) for name in self.found(part, f"&sort={order}&page={page}")[2]]
                self.assertEqual(len(names), len(expected))
                self.assertEqual(set(names), expected)

    def test_6_a_delta_changes_what_it_names_and_no_more(self):
        self.assertEqual(self.take(self.data)[0], [self.first[0], 0, 0, self.first[0], 0])
        self.assertEqual(self.take(self.later)[0], [CHANGED, 0, CHANGED, 0, 0])
        with open(os.path.join(self.later, "delta.json"), encoding="utf-8") as f:
            changed = {one["cve"]["id"]: one["cve"]["lastModified"] for one in json.load(f)["vulnerabilities"]}
        self.assertEqual(len(changed), CHANGED)
        others = [name for name in self.chance.sample(sorted(self.said.modified), 20) if name not in changed]
        for name in others + self.chance.sample(sorted(changed), 5):
            record = json.loads(self.reader.get(f"/rest/json/cves/2.0?cveId={name}").body)["vulnerabilities"][0]["cve"]
            self.assertEqual(record["lastModified"], changed.get(name, self.said.modified[name]))

    def test_7_the_desk_s_ledger_verifies(self):
        self.server.verify()


if __name__ == "__main__":
    noroshi_server.run()
