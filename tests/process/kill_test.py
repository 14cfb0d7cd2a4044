#!/usr/bin/python3
"""Each process is killed in turn: everything works again within two seconds; when the supervisor is killed no role outlives it.

usage: kill_test.py NOROSHI
"""
import os
import signal
import sys
import time
import unittest

from running import Running, alive, without_landlock

LASTING = ("public", "desk", "courier", "pgp")


class Killed(unittest.TestCase):
    def setUp(self):
        self.noroshi = Running(sys.argv[1])
        self.addCleanup(self.noroshi.done)
        self.noroshi.start()

    def test_a_role_comes_back_within_two_seconds(self):
        for name in LASTING * 2:
            with self.subTest(name):
                before, served = self.noroshi.pids()[name], self.noroshi.count("event=serving")
                started = time.monotonic()
                os.kill(before, signal.SIGKILL)
                self.noroshi.wait_for(lambda: self.noroshi.count("event=serving") > served and self.noroshi.healthy(), 5)
                # The second death in a row waits a little longer; the first ones must not.
                self.assertLess(time.monotonic() - started, 2.0, name)
                self.assertNotEqual(self.noroshi.pids()[name], before)

    def test_no_role_outlives_the_supervisor(self):
        pids = self.noroshi.pids()
        self.noroshi.process.kill()
        self.noroshi.process.wait()
        until = time.monotonic() + 3
        while any(alive(pid) for pid in pids.values()) and time.monotonic() < until:
            time.sleep(0.02)
        self.assertEqual([name for name, pid in pids.items() if alive(pid)], [])
        self.noroshi.start()
        self.assertTrue(self.noroshi.healthy())

    def test_it_ends_in_order_and_starts_again(self):
        self.assertEqual(self.noroshi.stop(), 0)
        log = self.noroshi.log()
        self.assertIn("event=stopped", log)
        self.assertNotIn("event=killed", log)
        self.assertEqual([pid for pid in self.noroshi.pids().values() if alive(pid)], [])
        self.noroshi.start()

    def test_roles_do_not_run_as_root_and_hold_no_rights(self):
        for name, pid in self.noroshi.pids().items():
            with open(f"/proc/{pid}/status") as f:
                status = dict(line.split(":", 1) for line in f if ":" in line)
            self.assertNotIn("0", status["Uid"].split(), name)
            self.assertEqual(status["NoNewPrivs"].strip(), "1", name)
            self.assertEqual(status["Seccomp"].strip(), "2", name)
            self.assertEqual(int(status["CapEff"], 16), 0, name)

    def test_a_second_one_does_not_start_beside_it(self):
        second = Running(sys.argv[1], state_dir=self.noroshi.state)
        self.addCleanup(second.done)
        with self.assertRaisesRegex(AssertionError, "it ended"):
            second.start()
        self.assertEqual(second.process.returncode, 75)
        self.assertTrue(self.noroshi.healthy())


class Refused(unittest.TestCase):
    @unittest.skipUnless(os.geteuid() == 0, "only root can drop")
    def test_root_without_a_user_to_run_as_is_refused(self):
        noroshi = Running(sys.argv[1], run_user="nobody-of-that-name")
        self.addCleanup(noroshi.done)
        with self.assertRaisesRegex(AssertionError, "nobody-of-that-name"):
            noroshi.start()
        self.assertEqual(noroshi.process.returncode, 78)


class NoSandbox(unittest.TestCase):
    """C57: where the kernel cannot confine, nothing is served, unless the settings say otherwise; then /healthz says so."""

    def test_it_does_not_start(self):
        noroshi = Running(sys.argv[1])
        self.addCleanup(noroshi.done)
        with self.assertRaisesRegex(AssertionError, "sandbox-missing"):
            noroshi.start(before=without_landlock)
        self.assertNotEqual(noroshi.process.returncode, 0)

    def test_with_leave_it_starts_and_says_so(self):
        noroshi = Running(sys.argv[1], sandbox_required="false")
        self.addCleanup(noroshi.done)
        noroshi.start(before=without_landlock)
        self.assertIn("event=sandbox-missing", noroshi.log())
        for face in ("portal", "desk"):
            self.assertIn(b'"sandbox":false', noroshi.get(face, "/healthz")[1])
        self.assertEqual(noroshi.stop(), 0)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(__file__))
    unittest.main(argv=sys.argv[:1])
