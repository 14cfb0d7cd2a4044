#!/usr/bin/env python3
"""Runs every fuzz target of a build for some seconds each, as many at a time as there are cores. The last line is `N passed, N failed, N skipped`.

    tests/fuzz/run.py BUILD [TARGET...] --seconds 10 --logs FOLDER

Which targets there are and what they start from says the build (meson's list of tests). What a target wrote is kept as FOLDER/NAME.log, and the input
that it fell over as FOLDER/NAME-crash-…, when it failed.

libFuzzer measures an input by the clock on the wall, and a machine with other work to do makes any input slow. So the wall clock only wakes us up:
what it calls too slow is tried again alone and must then use too much of a processor's own time to be a finding.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

WALL = 60        # seconds an input may take by the wall
PROCESSOR = 5    # seconds of a processor that an input may use, starting the target included
TOO_SLOW = 70    # libFuzzer's exit status for an input that was too slow by the wall


def targets(build):
    out = subprocess.run(["meson", "introspect", "--tests", build], check=True, capture_output=True, text=True).stdout
    return [test for test in json.loads(out) if any(suite.endswith("fuzz") for suite in test["suite"])]


def is_slow(program, path):
    """Whether this input alone uses too much of a processor."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    return subprocess.run([program, "-timeout=0", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit).returncode != 0


def run(test, seconds, logs):
    """Whether the target found nothing in its seconds, and what it says of itself."""
    name = pathlib.Path(test["cmd"][0]).name
    log, kept = logs / f"{name}.log", logs / f"{name}-"
    end, inputs = time.monotonic() + seconds, 0
    with open(log, "wb") as out:
        while True:
            left = max(1, round(end - time.monotonic()))
            status = subprocess.run([*test["cmd"], f"-max_total_time={left}", f"-timeout={WALL}", f"-timeout_exitcode={TOO_SLOW}",
                                     f"-artifact_prefix={kept}", "-print_final_stats=1"],
                                    cwd=test["workdir"], env={**os.environ, **test["env"]}, stdout=out, stderr=out).returncode
            slow = list(logs.glob(f"{name}-timeout-*"))
            if status != TOO_SLOW or not slow or any(is_slow(test["cmd"][0], path) for path in slow):
                break
            for path in slow:
                path.unlink()
            if time.monotonic() >= end:
                status = 0
                break
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("stat::number_of_executed_units:"):
            inputs += int(line.split()[-1])
    return status == 0, name, f"{inputs} inputs", log


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("names", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--logs", type=pathlib.Path, required=True)
    args = parser.parse_args()
    args.logs.mkdir(parents=True, exist_ok=True)
    logs = args.logs.resolve()
    for old in logs.iterdir():
        old.unlink()

    tests = [t for t in targets(args.build) if not args.names or pathlib.Path(t["cmd"][0]).name in args.names]
    failed = 0
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for done in as_completed([pool.submit(run, test, args.seconds, logs) for test in tests]):
            ok, name, what, log = done.result()
            failed += not ok
            print(f"ok      {name} ({what})" if ok else f"FAILED  {name} (see {log})", flush=True)
            if not ok:
                print("\n".join(log.read_text(errors="replace").splitlines()[-25:]), flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
