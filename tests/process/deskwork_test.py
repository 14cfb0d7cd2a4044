#!/usr/bin/python3
"""`noroshi account` and `noroshi case`, alone and while the service runs: then the desk does it, asked over its socket.

Rule: C02, C09
usage: deskwork_test.py NOROSHI
"""
import os
import re
import subprocess
import sys
import unittest

from running import Running


class Account(unittest.TestCase):
    def setUp(self):
        self.noroshi = Running(sys.argv[1])
        self.addCleanup(self.noroshi.done)

    def run_command(self, *words, status=0):
        done = subprocess.run([sys.argv[1], *words], env=self.noroshi.environment, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, status, (words, done.stdout, done.stderr))
        return done.stdout if status == 0 else done.stderr

    def test_the_first_administrator_and_what_follows(self):
        self.run_command("init")
        link = self.run_command("account", "add", "Admin@example.jp", "--name", "管理 花子", "--role", "admin,rb", "--lang", "ja")
        self.assertRegex(link, rf"http://desk\.localhost:{self.noroshi.desk}/invitation/[0-9a-z]{{52}}\n")
        self.assertIn("admin@example.jp\t管理 花子\trb,admin\tinvited\t-\t", self.run_command("account", "list"))

        self.noroshi.start()
        commands = self.noroshi.count("event=command name=account")
        self.assertIn("invitation/", self.run_command("account", "add", "cb@example.jp", "--name", "C", "--role", "cb"))
        self.assertEqual(self.noroshi.count("event=command name=account"), commands + 1)
        self.assertEqual(len(self.run_command("account").splitlines()), 2)
        self.run_command("account", "disable", "cb@example.jp")
        self.assertRegex(self.run_command("account"), r"cb@example\.jp\t.*\tdisabled\t")
        self.run_command("account", "enable", "cb@example.jp")
        self.run_command("account", "end-sessions", "cb@example.jp")
        # The desk's answers are the command's: the same words and exit status as alone.
        self.assertIn("nobody", self.run_command("account", "add", "nobody", "--name", "x", "--role", "cb", status=65))
        self.run_command("account", "add", "x@example.jp", "--name", "x", "--role", "king", status=64)
        self.run_command("account", "add", "x@example.jp", "--name", "x", "--role", "pm", status=77)
        self.run_command("account", "disable", "unknown@example.jp", status=66)
        self.assertEqual(self.run_command("case", "list", "--format", "json"), "[]\n")
        self.assertIn("0 entries verify", self.run_command("case", "verify"))
        self.assertIn("K-1999-1", self.run_command("case", "show", "K-1999-1", status=66))
        self.run_command("case", "show", status=64)
        self.assertEqual(self.noroshi.count("event=command name=case"), 2)
        log = self.noroshi.log()
        self.assertNotIn("example.jp", re.sub(r"desk\.localhost", "", log))
        self.assertEqual(self.noroshi.stop(), 0)
        self.assertEqual(len(self.run_command("account").splitlines()), 2)

    @unittest.skipUnless(os.geteuid() == 0, "only root can become another")
    def test_a_stranger_does_not_reach_it(self):
        self.run_command("init")
        self.noroshi.start()
        done = subprocess.run([sys.argv[1], "account"], env=self.noroshi.environment, capture_output=True, text=True, user=1, group=1, extra_groups=[])
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
