#!/usr/bin/python3
"""bench/catalog/run.py BUILD [COUNT] [SECONDS] [FOLDER]: the catalogue at the size of the real one: COUNT records of NVD (350,000; about 2 GB of JSON) and a third of
them in Japanese, made by make.c. BUILD is a release build: meson setup build-release --buildtype=release; ninja -C build-release. FOLDER keeps what was made for
the next time; it needs 6 GB.

Prints, with the goals beside: the whole import (time, processor time, memory, and how many times that is the bare parsing of the same NVD records), the size of the
database, a delta of 1,000 changed records (until readers see it, and until the command ends), and what catalog.c says of pages and searches on one processor. On a
busy machine the processor times are what counts. With NOROSHI_BENCH=1 it ends with 1 when a limit is missed."""
import glob
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LIBRARIES = ("faces", "domain", "formats", "seal", "base", "store", "outside")
BESIDE = ("seccomp", "microhttpd", "cmark-gfm", "cmark-gfm-extensions", "oath", "qrencode", "yyjson", "expat", "z", "zstd", "lzma", "sodium", "sqlite3", "curl",
          "gpgme")
SEARCHES = ("words", "japanese", "vendors", "filters", "ids", "relevance", "published", "severity", "epss", "absent")
CHANGED = 1000
LIMITS = {"import seconds": 40, "import MB": 1500, "database MB": 2000, "delta seconds": 2, "pages ms": 0.4, "search ms": 1.33, "japanese p99 ms": 20}


def compile_all(build, folder):
    make, bench, parse = (os.path.join(folder, name) for name in ("make", "catalog", "parse"))
    subprocess.run(["cc", "-O2", "-o", make, HERE / "make.c"], check=True)
    subprocess.run(["cc", "-O2", "-o", parse, HERE / "parse.c", "-lyyjson"], check=True)
    subprocess.run(["cc", "-O2", "-std=c17", "-D_GNU_SOURCE", f"-I{ROOT / 'src'}", f"-I{build / 'src'}", HERE / "catalog.c", "-Wl,--start-group",
                    *(build / f"src/lib{name}.a" for name in LIBRARIES), "-Wl,--end-group", *(f"-l{name}" for name in BESIDE), "-pthread", "-o", bench], check=True)
    return make, bench, parse


def run(words, **more):
    """Seconds on the wall, of processors, and the most megabytes of one process."""
    before, at = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, **more)
    _, status, own = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {' '.join(map(str, words))} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - at, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, own.ru_maxrss / 1000


class Seen(threading.Thread):
    """When a reader sees the end of another run in the catalogue."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.after, self.began = path, None, time.monotonic()
        self.reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        self.before = self.runs()

    def runs(self):
        return self.reader.execute("SELECT count(*) FROM import_run").fetchone()[0]

    def run(self):
        while self.runs() == self.before:
            time.sleep(0.005)
        self.after = time.monotonic() - self.began
        self.reader.close()


def main(build, count=350_000, seconds=3, kept=""):
    build, missed = pathlib.Path(build).resolve(), []

    def tell(name, value, words):
        limit = LIMITS.get(name)
        print(words + (f"   (at most {limit})" if limit else ""), flush=True)
        if limit and value > limit:
            missed.append(name)

    with tempfile.TemporaryDirectory(prefix="noroshi-bench-") as temporary:
        folder = kept or temporary
        data, delta, catalog = (os.path.join(folder, name) for name in ("data", "delta", "catalog"))
        database = os.path.join(catalog, "catalog.db")
        make, bench, parse = compile_all(build, temporary)
        program = build / "src/noroshi"
        for path, words in ((data, []), (delta, [str(CHANGED)])):
            if not os.path.isdir(path):
                os.makedirs(path)
                subprocess.run([make, str(count), path, *words], check=True)
        shutil.rmtree(catalog, ignore_errors=True)
        parsing = run([parse, *sorted(glob.glob(os.path.join(data, "nvd-*.json")))])[1]
        wall, cpu, memory = run([program, "import", "--no-index", "--catalog", catalog, data])
        tell("import seconds", wall, f"import: {wall:.1f} s, {cpu:.1f} s of processors, {cpu / parsing:.1f} times the bare parsing of its NVD records")
        tell("import MB", memory, f"memory: {memory:.0f} MB")
        size = os.path.getsize(database) / 1e6
        tell("database MB", size, f"database: {size:.0f} MB")
        seen = Seen(database)
        seen.start()
        wall, cpu, _ = run([program, "import", "--no-index", "--catalog", catalog, delta])
        seen.join()
        tell("delta seconds", seen.after, f"delta of {CHANGED}: seen after {seen.after:.2f} s; {wall:.2f} s to the end, {cpu:.2f} s of processors")
        for what in ("pages", *SEARCHES, "watched"):
            rate, middle, p99, each, weight = map(float, subprocess.run(["taskset", "-c", "0", bench, catalog, what, str(seconds)], check=True, capture_output=True,
                                                                        text=True).stdout.split())
            tell({"pages": "pages ms", "watched": "watched ms"}.get(what, "search ms"), each,
                 f"{what:9} {rate:7.0f}/s, median {middle:.2f} ms, p99 {p99:.2f} ms, {each:.2f} ms of the processor each")
            if what == "japanese":
                tell("japanese p99 ms", p99, f"{what:9} p99 {p99:.2f} ms")
    if missed:
        print("missed:", ", ".join(missed))
    if os.environ.get("NOROSHI_BENCH") and missed:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]), *sys.argv[4:])
