#!/usr/bin/python3
"""`noroshi version compare` against the ecosystems' own tools on random pairs, as far as this machine has them: 100,000 pairs each with
--long, 5,000 else. dpkg itself is asked pair by pair, and so 100 times only; Perl's Dpkg::Version, which comes with it, answers them all."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import PROGRAM, main

PAIRS = 100_000 if "--long" in sys.argv or os.environ.get("NOROSHI_LONG") else 5_000

NUMBERS = ["0", "0", "1", "1", "2", "3", "9", "10", "11", "00", "01", "20240131"]
LONG = ["99999999999999999999", "100000000000000000000"]
# For each scheme: what may stand between numbers, what may follow them, and what a change may put in.
PIECES = {
    "deb": ([".", ".", "-", "+", "~"], ["", "-1", "-1+deb12u1", "~rc1-2", "+dfsg-0.1", "-1~bpo12+1"], ["~", "+", ".", "a", "0", "-1"]),
    "rpm": ([".", ".", "_", "~", "^"], ["", "-1", "-1.el9", "-2.el8_6.1", "~rc1-1", "^git1-3.fc40"], ["~", "^", ".", "a", "0", "-1", "_"]),
    "gem": (["."], ["", "", ".rc1", ".pre.2", ".a", "-beta", ".b10"], [".0", ".a", "1"]),
    "pypi": (["."], ["", "", "a1", "b2", "rc1", ".dev3", ".post1", ".post2.dev1", "a1.dev2", "+local.1", "-1", "+1.a"], [".0", "1", "0"]),
    "npm": (["."], ["", "", "-alpha", "-alpha.1", "-1", "-rc.10.x", "+build", "-x-y", "-a.b+c"], []),
}


def number(scheme):
    return random.choice(NUMBERS if scheme == "deb" else NUMBERS + LONG)  # Perl counts in 64 bits


def version(scheme):
    between, after, _ = PIECES[scheme]
    if scheme == "npm":
        return ".".join(str(random.choice([0, 0, 1, 2, 10, 20])) for _ in range(3)) + random.choice(after)
    text = number(scheme)
    for _ in range(random.randint(0, 3)):
        text += random.choice(between) + random.choice([number(scheme), number(scheme), number(scheme) + random.choice("ab")] if scheme in ("deb", "rpm") else [number(scheme)])
    return random.choice(["", "", "", "1:"] if scheme in ("deb", "rpm") else ["1!", "", "", ""] if scheme == "pypi" else [""]) + text + random.choice(after)


def other(scheme, text):
    """Another version, often one that differs in one place only."""
    changes = PIECES[scheme][2]
    if not changes or random.random() < 0.4:
        return version(scheme)
    place = random.randrange(text.find(":") + 1, len(text) + 1)
    return text[:place] + random.choice(changes) + text[place:]


def pairs(scheme):
    random.seed(scheme)
    found = []
    while len(found) < PAIRS:
        a = version(scheme)
        found.append((a, other(scheme, a)))
    return found


def ours(scheme, found):
    return run([PROGRAM, "version", "compare", scheme, "-"], found)


def run(argv, found):
    text = "".join(f"{a}\t{b}\n" for a, b in found)
    done = subprocess.run(argv, input=text, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{argv[0]}: {done.stderr[-500:]}")
    return done.stdout.split("\n")[:-1]


def node_semver():
    roots = [subprocess.run(["npm", "root", "-g"], capture_output=True, text=True).stdout.strip()] if shutil.which("npm") else []
    for folder in [os.path.join(root, "npm/node_modules/semver") for root in roots] + ["/usr/share/nodejs/semver"]:
        if os.path.isdir(folder):
            return folder
    return None


class Agreement(unittest.TestCase):
    def compare(self, scheme, theirs):
        """theirs: answers of a list of pairs; None for what the tool refuses, which proves nothing."""
        found = pairs(scheme)
        answers = theirs(found)
        self.assertEqual(len(answers), len(found))
        different = [(pair, want, got) for pair, want, got in zip(found, answers, ours(scheme, found)) if want not in ("refused", got)]
        judged = sum(answer != "refused" for answer in answers)
        print(f"agreement: {scheme} {judged - len(different)}/{judged}")
        self.assertGreater(judged, len(found) // 4)
        self.assertEqual(different[:10], [])

    def need(self, *programs):
        for program in programs:
            if not shutil.which(program):
                self.skipTest(f"no {program} on this machine")

    def test_deb(self):
        self.need("perl", "dpkg")
        if subprocess.run(["perl", "-MDpkg::Version", "-e1"], capture_output=True).returncode != 0:
            self.skipTest("no Dpkg::Version on this machine")
        script = ("chomp; ($a, $b) = map { Dpkg::Version->new($_) } split /\\t/; "
                  "print !$a->is_valid || !$b->is_valid ? 'refused' : $a <=> $b, \"\\n\"")
        self.compare("deb", lambda found: run(["perl", "-MDpkg::Version", "-ne", script], found))
        sample = [(a, b) for a, b in pairs("deb") if a[0].isdigit() and b[0].isdigit()][:100]
        for (a, b), got in zip(sample, ours("deb", sample)):
            relation = {"-1": "lt", "0": "eq", "1": "gt"}[got]
            done = subprocess.run(["dpkg", "--compare-versions", a, relation, b], capture_output=True)
            self.assertTrue(done.returncode == 0 or b"error" in done.stderr, (a, relation, b))

    def test_rpm(self):
        self.need("rpm")

        def ask(found):
            with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
                file.write("".join(f"{a}\t{b}\n" for a, b in found))
                file.flush()
                script = "for line in io.lines('%s') do local a, b = line:match('(.-)\t(.*)') print(rpm.vercmp(a, b) .. ';') end" % file.name
                done = subprocess.run(["rpm", "--eval", "%{lua:" + script + "}"], capture_output=True, text=True, timeout=300)
            return done.stdout.strip().split(";")[:-1]
        self.compare("rpm", ask)

    def test_gem(self):
        self.need("ruby")
        script = ("STDIN.each_line { |l| a, b = l.chomp.split(\"\\t\"); "
                  "begin; puts Gem::Version.new(a) <=> Gem::Version.new(b); rescue ArgumentError; puts 'refused'; end }")
        self.compare("gem", lambda found: run(["ruby", "-e", script], found))

    def test_pypi(self):
        try:
            from packaging.version import InvalidVersion, Version
        except ImportError:
            self.skipTest("no python3-packaging on this machine")

        def answer(pair):
            try:
                a, b = Version(pair[0]), Version(pair[1])
            except InvalidVersion:
                return "refused"
            return str((a > b) - (a < b))
        self.compare("pypi", lambda found: [answer(pair) for pair in found])

    def test_npm(self):
        self.need("node")
        folder = node_semver()
        if not folder:
            self.skipTest("no semver of npm on this machine")
        script = ("const s = require(%s); for (const l of require('fs').readFileSync(0, 'utf8').split('\\n')) if (l) "
                  "{ const [a, b] = l.split('\\t'); console.log(s.compare(a, b)); }" % json.dumps(folder))
        self.compare("npm", lambda found: run(["node", "-e", script], found))


if __name__ == "__main__":
    main()
