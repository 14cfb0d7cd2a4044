#!/usr/bin/python3
"""The manual pages in docs/man are what the program's own tables say. RENEW=1 writes them anew.

usage: manual_test.py NOROSHI
"""
import os
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGES = {"en": "docs/man/noroshi.1", "ja": "docs/man/ja/noroshi.1"}


class Manual(unittest.TestCase):
    def test_pages_are_current(self):
        for lang, path in PAGES.items():
            environment = {**os.environ, "LC_ALL": "ja_JP.UTF-8" if lang == "ja" else "C.UTF-8"}
            text = subprocess.run([PROGRAM, "manual"], env=environment, capture_output=True, check=True).stdout
            path = os.path.join(ROOT, path)
            if os.environ.get("RENEW"):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as f:
                    f.write(text)
            with open(path, "rb") as f:
                self.assertEqual(f.read().decode(), text.decode(), f"{path} is old: run this test with RENEW=1 and look at the difference")


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
