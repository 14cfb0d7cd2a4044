#!/usr/bin/python3
"""A filled installation: the ledger proves itself, a backup under load comes back row by row, and nothing half is ever restored."""
import hashlib
import os
import pwd
import re
import shutil
import sqlite3
import sys
import threading
import time
import unittest

from support import PROGRAM, ROOT, Place, main, rows, run_user

sys.path.append(os.path.join(ROOT, "tests", "process"))
from running import Running  # noqa: E402

FILLED = None


def setUpModule():
    global FILLED
    FILLED = Place()
    FILLED.run("init")
    FILLED.run("demo", "fill")


def tearDownModule():
    FILLED.done()


def give(path):
    """To whom the program will be."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(run_user())
        for folder, _, names in os.walk(path):
            os.chown(folder, user.pw_uid, user.pw_gid)
            for name in names:
                os.chown(os.path.join(folder, name), user.pw_uid, user.pw_gid)


class OfAFilledOne(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.done)
        shutil.copytree(FILLED.state, self.place.state)
        give(self.place.state)

    def restore(self, name, into="restored"):
        into = self.place.path(into)
        self.place.run("restore", self.place.path(name), "--into", into)
        os.makedirs(os.path.join(into, "keys"), mode=0o700)
        shutil.copy2(os.path.join(self.place.state, "keys/master"), os.path.join(into, "keys/master"))
        give(into)
        return into


class Demonstration(OfAFilledOne):
    def test_every_phase_has_a_case_and_two_hundred_advisories_are_public(self):
        states = dict(self.place.database().execute("SELECT state, COUNT(*) FROM product_case GROUP BY state").fetchall())
        self.assertGreaterEqual(sum(states.values()), 40)
        self.assertLessEqual({"SUBMITTED", "UNDER_REVIEW", "REJECTED", "ACCEPTED", "STOPPED", "WITH_CB", "VENDOR_IDENTIFIED", "COORDINATING",
                              "DATE_SET", "PUBLISHED", "CANCELLED_KNOWN", "CLOSED_NOT_VULN", "CLOSED_INDIVIDUAL", "SELF_PRODUCT"}, set(states))
        advisories, = self.place.database("public/advisories.db").execute("SELECT COUNT(*) FROM advisory").fetchone()
        self.assertGreaterEqual(advisories, 200)
        waiting, = self.place.database().execute("SELECT COUNT(*) FROM outbox WHERE state = 'QUEUED'").fetchone()
        self.assertEqual(waiting, 0)

    def test_it_is_not_filled_twice(self):
        self.assertIn("not empty", self.place.run("demo", "fill", status=73).stderr)

    def test_a_code_is_six_digits_for_people_of_the_list_alone(self):
        self.assertRegex(self.place.run("demo", "code", "cb1@chousei.example.jp").stdout, r"^\d{6}\n$")
        self.place.run("demo", "code", "nobody@example.jp", status=65)

    def test_case_list_and_show_have_no_title_and_no_text(self):
        listed = self.place.run("case", "list").stdout
        number = re.search(r"(?m)^(K-\d{4}-\d{5}) +PUBLISHED", listed).group(1)
        shown = self.place.run("case", "show", number).stdout
        self.assertIn("report.submitted", shown)
        self.assertIn("P04", shown)
        for text in (listed, shown, self.place.run("case", "show", number, "--format", "json").stdout):
            self.assertNotRegex(text, "[\u3040-\u30ff\u4e00-\u9fff]")
        self.assertEqual(self.place.run("case", "show", "K-1999-00000", status=66).stdout, "")
        one = self.place.run("case", "list", "--state", "DATE_SET", "--format", "json").stdout
        self.assertEqual(one.count('"number"'), one.count('"DATE_SET"'))


class Verify(OfAFilledOne):
    """What was written stays as it was written (design 4)."""

    def test_a_whole_ledger_says_how_long_it_is(self):
        entries, = self.place.database().execute("SELECT COUNT(*) FROM ledger").fetchone()
        self.assertRegex(self.place.run("case", "verify").stdout, rf"^{entries} entries verify; .*[0-9a-f]{{64}}\.\n$")

    def tamper(self, sql, *values):
        database = self.place.database()
        for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        changed = database.execute(sql, values).rowcount
        database.commit()
        database.close()
        give(self.place.state)
        self.assertEqual(changed, 1)

    def test_one_changed_byte_of_an_entry_is_found(self):
        self.tamper("UPDATE ledger SET at = at + 1 WHERE seq = 77")
        self.assertIn("entry 77", self.place.run("case", "verify", status=65).stderr)

    def test_one_changed_byte_of_a_sealed_text_is_found(self):
        database = self.place.database()
        seq, sealed = database.execute("SELECT seq, sealed FROM ledger_payload ORDER BY seq LIMIT 1 OFFSET 40").fetchone()
        database.close()
        self.tamper("UPDATE ledger_payload SET sealed = ? WHERE seq = ?", sealed[:50] + bytes([sealed[50] ^ 1]) + sealed[51:], seq)
        self.assertIn(f"entry {seq}", self.place.run("case", "verify", status=65).stderr)

    def test_a_removed_entry_is_found(self):
        self.tamper("DELETE FROM ledger WHERE seq = (SELECT MIN(seq) FROM ledger WHERE COALESCE(LENGTH(payload_hash), 0) = 0)")
        self.assertIn("ledger does not verify", self.place.run("case", "verify", status=65).stderr)

    def test_a_cache_that_tells_another_story_is_found(self):
        self.tamper("UPDATE product_case SET state = 'REJECTED' WHERE id = 3")
        self.assertIn("ledger does not verify", self.place.run("case", "verify", status=65).stderr)


class Backup(OfAFilledOne):
    def test_row_by_row_it_comes_back(self):
        self.place.run("backup", self.place.path("b"))
        restored = self.restore("b")
        for name in ("desk/desk.db", "public/advisories.db"):
            before, after = rows(os.path.join(self.place.state, name), ("fact",)), rows(os.path.join(restored, name), ("fact",))
            self.assertEqual(before, after, name)
        self.assertEqual(self.place.run("case", "verify").stdout, self.place.run("case", "verify", state=restored).stdout)
        segments = sorted(name for name in os.listdir(os.path.join(restored, "public")) if name.endswith(".seg"))
        with open(os.path.join(restored, "public/current")) as f:
            current = f.read()
        self.assertTrue(segments)
        for name in segments:
            self.assertIn(name.split(".")[0], current)

    def test_no_key_is_in_it(self):
        self.place.run("backup", self.place.path("b"))
        with open(os.path.join(self.place.state, "keys/master")) as f:
            key = f.read().strip()
        for folder, _, names in os.walk(self.place.path("b")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as f:
                    content = f.read()
                self.assertNotIn(key.encode(), content, name)
                self.assertNotIn(bytes.fromhex(key), content, name)
        self.assertEqual(sorted(os.listdir(self.place.path("b"))), ["SHA256SUMS", "desk", "public"])

    def test_a_restored_one_waits_until_it_is_released(self):
        self.place.run("backup", self.place.path("b"))
        restored = self.restore("b")
        held = "SELECT COUNT(*) FROM fact WHERE name = 'hold'"
        self.assertEqual(self.place.database(state=restored).execute(held).fetchone(), (1,))
        self.assertIn("restore --release", self.place.run("doctor", state=restored, status=None).stdout)
        give(restored)
        self.place.run("restore", "--release", state=restored)
        self.assertEqual(self.place.database(state=restored).execute(held).fetchone(), (0,))

    def test_nothing_is_published_before_the_release_and_what_is_due_after_it(self):
        """CFD-06: the instant has come, but this may be a second system."""
        self.place.run("backup", self.place.path("b"))
        restored = self.restore("b")
        with self.place.database(state=restored) as database:
            case, = database.execute("SELECT case_id FROM advisory WHERE state = 'SCHEDULED' ORDER BY id LIMIT 1").fetchone()
            database.execute("UPDATE product_case SET publication_date = ? WHERE id = ?", (int(time.time() * 1000) - 60000, case))
        database.close()
        give(restored)
        noroshi = Running(PROGRAM)
        self.addCleanup(noroshi.done)
        noroshi.environment["NOROSHI_STATE_DIR"] = restored

        def state():
            with self.place.database(state=restored) as database:
                return database.execute("SELECT state FROM product_case WHERE id = ?", (case,)).fetchone()[0]

        noroshi.start()
        time.sleep(2)
        self.assertEqual(state(), "DATE_SET")
        self.assertIn("uses this state folder", self.place.run("restore", "--release", state=restored, status=75).stderr)
        noroshi.stop()
        self.place.run("restore", "--release", state=restored)
        noroshi.start()
        noroshi.wait_for(lambda: state() == "PUBLISHED")
        noroshi.stop()

    def test_under_a_load_of_writers_every_copy_is_one_moment(self):
        """Two rows are always written together; a copy that had one of them would be of two moments."""
        stop = threading.Event()
        written = [0]

        def write():
            database = sqlite3.connect(os.path.join(self.place.state, "desk/desk.db"), timeout=30)
            database.execute("PRAGMA synchronous = FULL")
            while not stop.is_set():
                with database:
                    database.execute("BEGIN IMMEDIATE")
                    n = written[0] + 1
                    database.execute("INSERT INTO login_failure (about, at) VALUES (?, ?)", (b"left", n))
                    database.execute("INSERT INTO login_failure (about, at) VALUES (?, ?)", (b"right", n))
                written[0] += 1
            database.close()

        writer = threading.Thread(target=write)
        os.chmod(self.place.state, 0o700)
        writer.start()
        try:
            for i in range(4):
                until = time.monotonic() + 20
                while written[0] < 20 * (i + 1) and time.monotonic() < until:
                    time.sleep(0.01)
                give(self.place.state)
                self.place.run("backup", self.place.path(f"b{i}"))
        finally:
            stop.set()
            writer.join()
        give(self.place.state)
        seen = []
        for i in range(4):
            restored = self.restore(f"b{i}", f"r{i}")
            with self.place.database(state=restored) as database:
                left = [at for at, in database.execute("SELECT at FROM login_failure WHERE about = CAST('left' AS BLOB) ORDER BY at")]
                right = [at for at, in database.execute("SELECT at FROM login_failure WHERE about = CAST('right' AS BLOB) ORDER BY at")]
            self.assertEqual(left, right)
            self.assertEqual(left, list(range(1, len(left) + 1)))
            seen.append(len(left))
            self.place.run("case", "verify", state=restored)
        self.assertEqual(seen, sorted(seen))
        self.assertGreater(seen[-1], seen[0])

    def test_a_damaged_backup_restores_nothing(self):
        self.place.run("backup", self.place.path("b"))
        shutil.copytree(self.place.path("b"), self.place.path("cut"))
        with open(self.place.path("cut", "desk/desk.db"), "r+b") as f:
            f.seek(5000)
            f.write(b"\xff")
        done = self.place.run("restore", self.place.path("cut"), "--into", self.place.path("r"), status=65)
        self.assertIn("desk/desk.db", done.stderr)
        os.unlink(self.place.path("b", "SHA256SUMS"))
        self.place.run("restore", self.place.path("b"), "--into", self.place.path("r"), status=65)
        self.assertFalse(os.path.exists(self.place.path("r")))
        self.assertFalse(os.path.exists(self.place.path("r.part")))

    def test_a_database_that_is_broken_though_its_hash_is_right_restores_nothing(self):
        self.place.run("backup", self.place.path("b"))
        path = self.place.path("b", "desk/desk.db")
        with open(path, "r+b") as f:
            f.seek(4096 * 3)
            f.write(os.urandom(4096 * 4))
        with open(path, "rb") as f:
            right = hashlib.sha256(f.read()).hexdigest()
        with open(self.place.path("b", "SHA256SUMS")) as f:
            sums = re.sub(r"(?m)^\w{64}  desk/desk\.db$", right + "  desk/desk.db", f.read())
        with open(self.place.path("b", "SHA256SUMS"), "w") as f:
            f.write(sums)
        self.place.run("restore", self.place.path("b"), "--into", self.place.path("r"), status=None)
        self.assertFalse(os.path.exists(self.place.path("r")))
        self.assertFalse(os.path.exists(self.place.path("r.part")))

    def test_neither_goes_into_a_folder_with_something_in_it(self):
        self.place.run("backup", self.place.path("b"))
        self.assertIn("not empty", self.place.run("backup", self.place.path("b"), status=73).stderr)
        self.assertIn("not empty", self.place.run("restore", self.place.path("b"), "--into", self.place.state, status=73).stderr)


if __name__ == "__main__":
    main()
