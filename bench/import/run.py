#!/usr/bin/python3
"""bench/import/run.py PROGRAM [ROUNDS]: how fast NVD comes in, beside what the machine can do: unpacking alone and parsing alone.

Prints records a second from a feed to the match index that scans ask (--index-only: parsed, sorted, written), with all cores and on one; then
to the committed catalogue with its full text and every source kept, the records a second of its two sides on a processor of their own (the
parser, and who writes), the parser's own largest memory, and the ratio of each time to that of `zstd -dc | wc -c` and of a bare yyjson parse of
the same records (parse.c, built here), all in the same run; best of the rounds. With NOROSHI_BENCH=1 it ends with 1 when the goals are missed
(55,000 records/s to the index, 64 MB)."""
import glob
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = next(filter(os.path.isdir, (os.environ.get("NOROSHI_DATA", ""), os.path.join(ROOT, "../shared/data"),
                                     os.path.join(ROOT, "../../shared/data"))), "")
GOAL, MEMORY = 55000, 64 << 10


def clock(words, **more):
    """Seconds on the wall, and of processors, of a command."""
    before, at = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - at, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Watch(threading.Thread):
    """The importer and its children, the parser and what unpacks for it: the seconds of processor of each, and the largest memory beyond what it
    has in common with the importer that it was forked from."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.work, self.shared, self.over, self.pid = {}, {}, {}, False, 0

    def run(self):
        while not self.over:
            try:
                with open(f"/proc/{self.pid}/task/{self.pid}/children") as f:
                    children = f.read().split()
                for one in (self.pid, *children):
                    with open(f"/proc/{one}/status") as f:
                        said = dict(line.split(":", 1) for line in f if ":" in line)
                    with open(f"/proc/{one}/stat") as f:
                        user, system = f.read().rpartition(")")[2].split()[11:13]
                    name = said["Name"].strip()
                    shared = self.shared.setdefault(one, 0 if one == self.pid else int(said["VmRSS"].split()[0]))
                    self.most[name] = max(self.most.get(name, 0), int(said["VmHWM"].split()[0]) - shared)
                    self.work[one] = name, (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
            except (OSError, KeyError, ValueError):
                pass
            time.sleep(0.005)

    def worked(self, name):
        return sum(seconds for whose, seconds in self.work.values() if whose == name)


def once(program, files, folder, what="--no-index", before=()):
    shutil.rmtree(folder, ignore_errors=True)
    watch, at = Watch(), time.monotonic()
    started = subprocess.Popen([*before, program, "import", "nvd", what, "--catalog", folder, *files], stdout=subprocess.PIPE, text=True)
    watch.pid = started.pid
    watch.start()
    said = started.communicate()[0]
    took = time.monotonic() - at
    watch.over = True
    return took, watch, int(said.split()[0])


def main(program, rounds=3):
    if not SHARED:
        sys.exit("no data sets on this machine")
    files = sorted(glob.glob(os.path.join(SHARED, "nvd", "nvd20-from-1.1-*.zst")))
    with tempfile.TemporaryDirectory(prefix="noroshi-bench-") as folder:
        parse, whole = os.path.join(folder, "parse"), os.path.join(folder, "nvd.jsonl")
        subprocess.run(["cc", "-O2", "-o", parse, os.path.join(HERE, "parse.c"), "-lyyjson"], check=True)
        with open(whole, "wb") as out:
            for path in files:
                subprocess.run(["zstd", "-dcq", "--long=27", path], stdout=out, check=True)
        best = {}
        for _ in range(rounds):
            index, fed, _ = once(program, files, os.path.join(folder, "index"), "--index-only")
            index_plain, read, _ = once(program, [whole], os.path.join(folder, "index"), "--index-only")
            index_alone, _, _ = once(program, [whole], os.path.join(folder, "index"), "--index-only", ("taskset", "-c", "0"))
            took, packed, count = once(program, files, os.path.join(folder, "catalog"))
            again = clock([program, "import", "nvd", "--no-index", "--catalog", os.path.join(folder, "catalog"), *files])[0]
            plain, large, _ = once(program, [whole], os.path.join(folder, "catalog"))
            unpacking = clock(["sh", "-c", 'for f; do zstd -dcq --long=27 "$f"; done | wc -c', "sh", *files])[0]
            parsing = clock([parse, whole])[0]
            for name, value in (("index", index), ("index plain", index_plain), ("index alone", index_alone),
                                ("index memory", -max(fed.most["noroshi-read"], read.most["noroshi-read"])), ("packed", took), ("again", again), ("plain", plain), ("unpacking", unpacking), ("parsing", parsing),
                                ("reader", packed.worked("noroshi-read")), ("writer", packed.worked("noroshi")),
                                ("memory", -packed.most["noroshi-read"]), ("large", -large.most["noroshi-read"]),
                                ("windows", -packed.most["noroshi-unpack"])):
                best[name] = min(best.get(name, value), value)
    size = sum(map(os.path.getsize, files))
    print(f"{count} records, {size >> 20} MB packed in {len(files)} files, best of {rounds}")
    for name, said in (("index", "index, packed feeds "), ("index plain", "index, a plain file "), ("index alone", "  on one core       ")):
        print(f"{said} {count / best[name]:9.0f} records/s   {best[name] / best['unpacking']:5.1f} x zstd -dc | wc -c   {best[name] / best['parsing']:5.1f} x bare yyjson parse")
    print(f"  its parser's memory {-best['index memory'] >> 10:8} MB")
    print(f"catalogue, packed    {count / best['packed']:9.0f} records/s   {best['packed'] / best['unpacking']:5.1f} x zstd -dc | wc -c   "
          f"{best['packed'] / best['parsing']:5.1f} x bare yyjson parse")
    print(f"  its two sides      {count / best['reader']:9.0f} records/s read and understood, {count / best['writer']:.0f} written, each on a processor of its own")
    print(f"  again, nothing new {count / best['again']:9.0f} records/s")
    print(f"catalogue, plain     {count / best['plain']:9.0f} records/s   {best['plain'] / best['parsing']:5.1f} x bare yyjson parse")
    print(f"  its parser's memory {-best['large'] >> 10:5} MB with one plain file, {-best['memory'] >> 10} MB with packed ones, "
          f"whose windows (--long=27: up to 128 MB) lie in the unpacking child: {-best['windows'] >> 10} MB")
    if os.environ.get("NOROSHI_BENCH") and (count / best["index"] < GOAL or -min(best["large"], best["memory"], best["index memory"]) > MEMORY):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
