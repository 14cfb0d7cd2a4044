"""A state folder of one's own for a test of the command line, and the counts at the end."""
import json
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("NOROSHI_BIN") or os.path.join(ROOT, "build", "src", "noroshi")
SHARED = next(filter(os.path.isdir, (os.environ.get("NOROSHI_DATA", ""), os.path.join(ROOT, "../shared/data"),
                                     os.path.join(ROOT, "../../shared/data"))), "")


def run_user():
    for name in ("noroshi", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            pass
    return "noroshi"


class Place:
    """A folder with a state folder in it."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="noroshi-cli-")
        os.chmod(self.folder, 0o711)
        self.state = self.path("state")
        if os.geteuid() == 0:
            user = pwd.getpwnam(run_user())
            os.chown(self.folder, user.pw_uid, user.pw_gid)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def environment(self, state=None, **more):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NOROSHI_")}
        return {**kept, "LC_ALL": "C.UTF-8", "NOROSHI_STATE_DIR": state or self.state, "NOROSHI_RUN_USER": run_user(), **more}

    def run(self, *words, state=None, status=0, typed="", **more):
        done = subprocess.run([PROGRAM, *words], env=self.environment(state, **more), capture_output=True, text=True, timeout=300,
                              input=typed, cwd=self.folder)
        if status is not None and done.returncode != status:
            raise AssertionError(f"noroshi {' '.join(words)} ended with {done.returncode}, not {status}:\n{done.stdout}{done.stderr}")
        return done

    def database(self, name="desk/desk.db", state=None):
        return sqlite3.connect(os.path.join(state or self.state, name))

    def done(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def rows(path, without=()):
    """Every row of every table of a database, in the order of their contents."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")]
        return {name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names if name not in without}
    finally:
        database.close()


def pack_words():
    """What zstd is told beforehand: the one text of src/formats/archive/words.c."""
    with open(os.path.join(os.path.dirname(__file__), "../../src/formats/archive/words.c")) as file:
        return "".join(json.loads(literal) for literal in re.findall(r'^    ("(?:[^"\\]|\\.)*")', file.read(), re.M)).encode()


def unpack_kept(place, packed):
    """What the catalogue keeps packed with the words that records have in common (formats/archive/pack.h)."""
    words = place.path("words")
    with open(words, "wb") as out:
        out.write(pack_words())
    if packed[:1] != b"\1":
        raise ValueError("not packed with the words")
    return subprocess.run(["zstd", "-dcq", "-D", words], input=packed[1:], capture_output=True, check=True).stdout


def main():
    """Runs the tests of the calling file; the last line is what scripts/check adds up."""
    program = unittest.main(module="__main__", argv=sys.argv[:1], exit=False, verbosity=2)
    result = program.result
    bad, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    for _, why in result.skipped:
        print("skip:", why)
    print(f"{result.testsRun - bad - skipped} passed, {bad} failed, {skipped} skipped")
    sys.exit(1 if bad else 0)
