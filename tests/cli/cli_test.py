#!/usr/bin/python3
"""The command line on a small installation: settings, init, help, doctor, migrate, case, validate."""
import glob
import json
import os
import re
import unittest

from support import ROOT, SHARED, Place, main


class Commands(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)

    def test_help_names_every_command_once_in_both_languages(self):
        english, japanese = self.place.run("help").stdout, self.place.run("help", LC_ALL="ja_JP.UTF-8").stdout
        for command in ("serve", "init", "account", "case list", "case verify", "validate csaf", "backup", "restore", "migrate", "doctor", "settings"):
            self.assertRegex(english, rf"(?m)^noroshi {command}\b", command)
        usage = re.compile(r"(?m)^noroshi .*$")
        self.assertEqual(usage.findall(english), usage.findall(japanese))
        self.assertNotIn("demo fill", english)
        self.assertIn("この環境の問題点", japanese)

    def test_a_wrong_call_is_64_and_says_how_to_ask(self):
        done = self.place.run("case", "forget", status=64)
        self.assertEqual(done.stdout, "")
        self.assertIn("forget", done.stderr)
        self.place.run("sing", status=64)

    def test_small_tools_answer_once_and_by_the_line(self):
        self.assertRegex(self.place.run("version").stdout, r"^noroshi \d+\.\d+\.\d+\n$")
        self.assertEqual(self.place.run("version", "compare", "deb", "1.0~rc1", "1.0").stdout, "-1\n")
        self.assertEqual(self.place.run("version", "compare", "pypi", "-", typed="1.0\t1.0.0\n2\t1\n").stdout, "0\n1\n")
        said = self.place.run("version", "compare", "-", typed="gem\t1.a\t1\nfoo\t1\t2\nonly\nnpm\t2.0.0\t1.0.0", status=65).stdout.split("\n")
        self.assertEqual([said[0], said[3], said[4:]], ["-1", "1", [""]])
        self.assertRegex(said[1], "^error: .*foo")
        self.assertRegex(said[2], "^error: .*only")
        self.assertEqual(self.place.run("vers", "contains", "vers:npm/>=1.0.0|<2.0.0", "1.5.0").stdout, "true\n")
        said = self.place.run("vers", "contains", "-", typed="vers:npm/<2.0.0\t2.0.0\nnonsense\t1\n", status=65).stdout
        self.assertRegex(said, r"^false\nerror: .*nonsense.*\n$")
        self.place.run("version", "compare", "deb", "1.0", status=64)
        self.place.run("version", "compare", "nothing", "1.0", "2.0", status=64)
        self.place.run("vers", "contains", "nonsense", "1.0", status=65)

    def test_names_are_taken_apart_and_related(self):
        whole = json.loads(self.place.run("purl", "parse", "pkg:Deb/Debian/curl@7.88.1-10?distro=debian-12&arch=amd64#doc").stdout)
        self.assertEqual(whole, {"type": "deb", "namespace": "debian", "name": "curl", "version": "7.88.1-10",
                                 "qualifiers": {"arch": "amd64", "distro": "debian-12"}, "subpath": "doc",
                                 "canonical": "pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12#doc"})
        said = self.place.run("purl", "parse", "-", typed="pkg:cargo/rand\nnonsense\npkg:npm/%40a/b@1\n", status=65).stdout.split("\n")
        self.assertIsNone(json.loads(said[0])["version"])
        self.assertRegex(said[1], "^error: .*nonsense")
        self.assertEqual(json.loads(said[2])["namespace"], "@a")
        name = "cpe:2.3:a:hp:insight_diagnostics:{}:*:*:*:*:*:*:*"
        pairs = [(name.format("*"), "cpe:/a:hp:insight_diagnostics:1.0", "superset"), (name.format("1.0"), name.format("1.0"), "equal"),
                 (name.format("1.0"), name.format("*"), "subset"), (name.format("1.?"), name.format("2.0"), "disjoint"),
                 (name.format("1.0"), name.format("1.*"), "undefined")]
        for source, target, want in pairs:
            self.assertEqual(self.place.run("cpe", "match", source, target).stdout, want + "\n")
        typed = "".join(f"{source}\t{target}\n" for source, target, _ in pairs)
        self.assertEqual(self.place.run("cpe", "match", "-", typed=typed).stdout.split(), [want for _, _, want in pairs])
        self.place.run("cpe", "match", name.format("1.0"), "cpe:2.3:a:b", status=65)
        self.place.run("purl", "build", "pkg:cargo/rand", status=64)

    def test_the_environment_goes_over_the_file_and_is_named(self):
        with open(self.place.path("conf"), "w") as f:
            f.write("# a comment\ntarget_days = 60\nlist_page = 20\n")
        os.chmod(self.place.path("conf"), 0o644)
        said = self.place.run("--settings", self.place.path("conf"), "settings", NOROSHI_LIST_PAGE="30").stdout
        self.assertRegex(said, r"(?m)^target_days = 60\tfile$")
        self.assertRegex(said, r"(?m)^list_page = 30\tenvironment$")
        self.assertRegex(said, r"(?m)^session_hours = 8\tdefault$")

    def test_a_wrong_setting_is_named_with_its_line(self):
        with open(self.place.path("conf"), "w") as f:
            f.write("\ntarget_days = many\n")
        done = self.place.run("--settings", self.place.path("conf"), "settings", status=78)
        self.assertIn("2:", done.stderr)
        self.assertIn("target_days", done.stderr)

    def test_the_example_is_a_file_that_changes_nothing(self):
        example = self.place.run("settings", "--example").stdout
        with open(self.place.path("conf"), "w") as f:
            f.write(example)
        self.assertEqual(self.place.run("--settings", self.place.path("conf"), "settings").stdout, self.place.run("settings").stdout)

    def test_init_closes_everything_to_others_and_can_be_repeated(self):
        """GEN-09: both bodies stand there by the names of the settings."""
        self.place.run("init", NOROSHI_RECEIVING_BODY_JA="試験受付機関")
        self.place.run("init")
        for path in ("", "keys", "keys/master", "desk", "desk/desk.db", "pgp"):
            self.assertEqual(os.stat(os.path.join(self.place.state, path)).st_mode & 0o077, 0, path)
        kinds = self.place.database().execute("SELECT kind, name_ja FROM organisation ORDER BY kind").fetchall()
        self.assertEqual(kinds, [("CB", "調整機関"), ("RB", "試験受付機関")])

    def test_doctor_finds_an_open_key_and_says_what_to_do(self):
        self.place.run("doctor", status=69)
        self.place.run("init")
        said = self.place.run("doctor").stdout
        self.assertNotIn("FAIL", said)
        self.assertIn("WebAuthn", said)
        self.assertIn("mail_smarthost", said)
        os.chmod(os.path.join(self.place.state, "keys"), 0o755)
        os.chmod(os.path.join(self.place.state, "desk/desk.db"), 0o644)
        said = self.place.run("doctor", status=69).stdout
        self.assertRegex(said, r"(?m)^FAIL  \S*desk\.db can be read by others\. Run \"chmod go=")

    def bytes_of(self, name):
        with open(os.path.join(self.place.state, name), "rb") as f:
            return f.read()

    def test_migrate_tries_on_a_copy_first(self):
        self.place.run("init")
        before = self.bytes_of("desk/desk.db")
        said = self.place.run("migrate", "--dry-run").stdout
        self.assertIn("desk: a copy was brought to version", said)
        self.assertEqual(before, self.bytes_of("desk/desk.db"))
        self.assertEqual(glob.glob(self.place.state + "/*/*.rehearsal*"), [])
        self.place.run("migrate")

    def test_a_missing_key_beside_a_database_is_not_made_anew(self):
        self.place.run("init")
        os.unlink(os.path.join(self.place.state, "keys/master"))
        self.assertIn("key is missing", self.place.run("init", status=78).stderr)
        self.assertFalse(os.path.exists(os.path.join(self.place.state, "keys/master")))


class Scores(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)

    V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"
    V4 = "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"

    def test_a_vector_is_shown_in_the_language_of_the_reader(self):
        said = self.place.run("cvss", self.V3 + "/E:P").stdout
        self.assertRegex(said, r"(?m)^Base score: 6\.1 \(Medium severity\)\n  AV:N +Attack Vector: Network \(N\)$")
        self.assertIn("Temporal score: 5.8 (Medium severity)", said)
        self.assertNotIn("Environmental", said)
        said = self.place.run("cvss", self.V4 + "/E:P/MSI:S/U:Red", LC_ALL="ja_JP.UTF-8").stdout
        self.assertIn("スコア：8.4（重要）、CVSS-BTE", said)
        self.assertIn("脅威評価基準\n  E:P      攻撃の成熟度：実証可能 (P)", said)

    def test_json_is_the_object_of_the_schema(self):
        said = json.loads(self.place.run("cvss", self.V4, "--format", "json").stdout)
        self.assertEqual((said["version"], said["baseScore"], said["baseSeverity"], said["attackRequirements"]), ("4.0", 7.5, "HIGH", "PRESENT"))

    def test_by_the_line_every_line_has_its_answer(self):
        lines = [self.V3 + "/E:P", "CVSS:3.1/AV:N", self.V4, "AV:N/AC:L/Au:N/C:N/I:N/A:C", "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H"]
        said = self.place.run("cvss", "-", typed="\n".join(lines), status=65).stdout.split("\n")
        self.assertEqual(said[0], "3.1\t6.1\t5.8\t5.8\tMEDIUM")
        self.assertTrue(said[1].startswith("error: "), said[1])
        self.assertEqual(said[2:], ["4.0\t7.5\t-\t-\tHIGH", "2.0\t7.8\t-\t-\tHIGH", "2.0\t7.8\t6.4\t9.2\tHIGH", ""])

    def test_a_wrong_vector_is_65_and_a_wrong_call_64(self):
        self.place.run("cvss", "AV:N", status=65)
        self.place.run("cvss", status=64)
        self.place.run("cvss", self.V3, "--format", "xml", status=64)


class Validate(unittest.TestCase):
    """CSAF 2.0, section 6.1, as the standard's own documents prove it."""

    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)

    def write(self, name, value):
        path = self.place.path(name)
        with open(path, "w") as f:
            f.write(value if isinstance(value, str) else json.dumps(value))
        os.chmod(path, 0o644)
        return path

    def document(self):
        with open(os.path.join(ROOT, "src/domain/advisory/testdata/sample.csaf.json")) as f:
            return json.load(f)

    @unittest.skipUnless(os.path.exists(os.path.join(ROOT, "src/domain/advisory/testdata/sample.csaf.json")), "no golden CSAF document here")
    def test_our_own_document_is_valid_and_a_broken_one_is_65(self):
        document = self.document()
        good = self.place.run("validate", "csaf", self.write("good.json", document))
        self.assertEqual(good.stdout, "")
        self.assertEqual(good.stderr, "")
        document["document"]["tracking"]["version"] = "99"
        bad = self.place.run("validate", "csaf", self.write("bad.json", document), status=65)
        self.assertRegex(bad.stdout, r"(?m)^\S*bad\.json: 6\.1\.16: .+")

    def test_advice_makes_no_document_invalid(self):
        document = self.document()
        document["document"].pop("lang", None)
        path = self.write("plain.json", document)
        self.assertEqual(self.place.run("validate", "csaf", path).stdout, "")
        said = self.place.run("validate", "csaf", "--advice", path)
        self.assertRegex(said.stdout, r"(?m)^\S*plain\.json: 6\.2\.12: .+ \(/document/lang\)$")
        self.assertIn("6.3.8: not checked", said.stderr)

    def test_what_is_no_json_is_65_and_a_missing_file_is_not(self):
        self.assertIn("json:", self.place.run("validate", "csaf", self.write("no.json", "{"), status=65).stdout)
        self.place.run("validate", "csaf", self.place.path("nowhere.json"), status=74)
        self.place.run("validate", "osv", self.write("x.json", "{}"), status=64)

    @unittest.skipUnless(os.path.isdir(os.path.join(SHARED, "csaf")), "../shared/data/csaf is not there")
    def test_the_standards_own_documents(self):
        folder = os.path.join(SHARED, "csaf/oasis-csaf-2.0/test/validator")
        with open(os.path.join(folder, "data/testcases.json")) as f:
            tests = json.load(f)["tests"]
        tried = 0
        for test in tests:
            if test["group"] != "mandatory":
                continue
            for kind, want in (("failures", 65), ("valid", 0)):
                for case in test.get(kind, []):
                    path = os.path.join(folder, "data", case["name"])
                    done = self.place.run("validate", "csaf", path, status=None)
                    lines = [line for line in done.stdout.splitlines() if f": {test['id']}: " in line or f": {test['id']}." in line]
                    with self.subTest(test=test["id"], file=case["name"]):
                        self.assertIn(done.returncode, (0, 65))
                        self.assertEqual(bool(lines), want == 65, done.stdout + done.stderr)
                        self.assertNotIn("not checked", done.stderr)
                    tried += 1
        self.assertGreater(tried, 50)


if __name__ == "__main__":
    main()
