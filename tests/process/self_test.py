#!/usr/bin/python3
"""Every role, in its own sandbox, tries what it must not be able to do; once more with the Landlock of an older kernel.

Rule: C25, C57 (security.md T45)
usage: self_test.py NOROSHI
"""
import subprocess
import sys

ROLES = ("public", "desk", "courier", "pgp", "parse", "import")


def main():
    failed = 0
    for role in ROLES:
        for more in ([], ["--landlock-abi", "2"]):
            done = subprocess.run([sys.argv[1], "--self-test", role, *more], capture_output=True, text=True, timeout=100)
            lines = done.stdout.splitlines()
            tried = sum(line.startswith("refused ") for line in lines)
            wrong = [line for line in lines if line.startswith(("ALLOWED", "NOT TRIED"))]
            print(role, *more, f"refused {tried}", *wrong, done.stderr.strip())
            failed += done.returncode != 0 or tried < 40 or bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
