#!/usr/bin/python3
"""Imports while a thousand read: each answer is of one state of the catalogue, whole, and who has seen the newer one never sees the older again; no answer is an
error, whatever is killed meanwhile (issue 4, "Import while 1,000 readers read").

Every import changes every record: the word of its generation stands in each, and each adds some. An answer that mixes two generations, or has one with too few
records, shows half an import.

usage: NOROSHI_BIN=build/src/noroshi readers_test.py [--long]
"""
import asyncio
import collections
import json
import os
import re
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402

LONG = "--long" in sys.argv or bool(os.environ.get("NOROSHI_LONG"))
READERS, RECORDS, GENERATIONS = (1000, 5000, 8) if LONG else (200, 500, 5)
ADDED = 25  # records that each generation has more than the one before
PAGE = 100
LIST = f"/rest/json/cves/2.0?resultsPerPage={PAGE}"


def count_of(generation):
    return RECORDS + ADDED * generation


def write_generation(path, generation):
    with open(path, "w", encoding="utf-8") as file:
        for n in range(count_of(generation)):
            json.dump({"cve": {
                "id": f"CVE-2024-{10000 + n}", "sourceIdentifier": "a@example.org", "vulnStatus": "Analyzed", "references": [],
                "published": f"2024-01-01T{n % 24:02}:00:00.000", "lastModified": f"2024-02-{generation + 1:02}T00:00:00.000",
                "descriptions": [{"lang": "en", "value": f"A flaw in everybody's product, state{generation} of what is known."}]}}, file)
            file.write("\n")


class Reader:
    """Asks one thing after the other over a connection of its own, and remembers what was wrong."""

    def __init__(self, test, n):
        self.test, self.n, self.seen, self.answers, self.cut, self.wrong = test, n, 0, 0, 0, []

    async def ask(self, path):
        if not self.writer:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.test.port, limit=1 << 22)
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{self.test.port}\r\n\r\n".encode())
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)\r\ncontent-length: (\d+)", head)
        body = await self.reader.readexactly(int(length[1]))
        if re.search(r"(?i)\r\nconnection: close", head):
            self.close()
        return int(head.split()[1]), body.decode()

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    def note(self, path, generations, total=None):
        """One state, whole, and none before what was seen."""
        if len(generations) != 1:
            self.wrong.append((path, "mixed", sorted(generations)))
            return
        generation = next(iter(generations))
        if generation < self.seen:
            self.wrong.append((path, "older than before", generation, self.seen))
        if total is not None and total != count_of(generation):
            self.wrong.append((path, "not whole", generation, total))
        self.seen = generation

    async def once(self):
        kind = (self.n + self.answers) % 3
        if kind == 0:
            path = LIST + f"&startIndex={self.n * 7 % RECORDS}"
            status, body = await self.ask(path)
            if status == 200:
                answer = json.loads(body)
                texts = [v["cve"]["descriptions"][0]["value"] for v in answer["vulnerabilities"]]
                self.note(path, {int(re.search(r"state(\d+)", text)[1]) for text in texts}, answer["totalResults"])
        elif kind == 1:
            path = f"/en/records/CVE-2024-{10000 + self.n * 13 % RECORDS}"
            status, body = await self.ask(path)
            if status == 200:  # what it said before stands in its history: the newest is meant
                self.note(path, {max(int(n) for n in re.findall(r"state(\d+)", body))})
        else:
            path = "/en/search?q=everybody"
            status, body = await self.ask(path)
            if status == 200:
                self.note(path, {int(n) for n in re.findall(r"state(\d+)", body)})
        if status != 200:
            self.wrong.append((path, status))
        self.answers += 1

    async def run(self):
        self.reader = self.writer = None
        while not self.test.is_over:
            began = time.monotonic()
            try:
                await asyncio.wait_for(self.once(), 60)
            except (OSError, asyncio.IncompleteReadError) as why:
                self.cut += 1
                if not self.test.was_down(began):
                    self.wrong.append(("a connection ended", repr(why)))
                self.close()
                await asyncio.sleep(0.1)
            except asyncio.TimeoutError:
                self.wrong.append(("no answer in a minute",))
                self.close()
        self.close()


class Readers(unittest.TestCase):
    def setUp(self):
        self.server = noroshi_server.Server(public_rate_per_minute="60000000", interface_rate_per_minute="60000000",
                                             file_rate_per_minute="60000000", trusted_proxies="127.0.0.1")  # of which connections are not counted
        self.addCleanup(self.server.done)
        self.server.start()
        self.port, self.is_over, self.downs = self.server.running.portal, False, []
        self.folder = self.server.running.folder

    def was_down(self, began):
        """Was the portal away at some moment from then until now, by our doing?"""
        return any(until is None or until >= began for _, until in self.downs)

    def path(self, generation):
        path = os.path.join(self.folder, f"state{generation}.jsonl")
        write_generation(path, generation)
        return path

    async def take(self, generation, dies=False):
        """Imports it; dies: as far as its process is killed on the way."""
        words = [self.server.running.program, "import", "nvd", "--no-index", self.path(generation)]
        process = await asyncio.create_subprocess_exec(*words, env=self.server.running.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if dies:
            await asyncio.sleep(0.3)
            try:
                process.kill()
            except ProcessLookupError:
                pass
        _, said = await process.communicate()
        if not dies:
            self.assertEqual(process.returncode, 0, said.decode())

    async def kill(self, name):
        """The role ends at once, and with the desk all that are connected with it; the supervisor makes others."""
        down = [time.monotonic(), None]
        self.downs.append(down)
        pid = self.server.running.pids()[name]
        os.kill(pid, signal.SIGKILL)
        while self.server.running.pids()[name] == pid or not self.server.running.healthy():
            await asyncio.sleep(0.05)
        down[1] = time.monotonic() + 2  # a reader in the line learns a little later that its connection is cut

    async def story(self):
        await self.take(0)
        readers = [Reader(self, n) for n in range(READERS)]
        running = [asyncio.create_task(reader.run()) for reader in readers]
        for generation in range(1, GENERATIONS):
            importing = asyncio.create_task(self.take(generation, dies=generation == 2))
            if generation in (1, 3):
                await asyncio.sleep(0.2)
                await self.kill("public" if generation == 1 else "desk")
            await importing
            if generation == 2:
                await self.take(2)
            await asyncio.sleep(0.5)
        await self.until_all_have_seen(readers)
        self.is_over = True
        await asyncio.gather(*running)
        return readers

    async def until_all_have_seen(self, readers):
        until = time.monotonic() + 120
        while any(reader.seen < GENERATIONS - 1 for reader in readers) and not any(reader.wrong for reader in readers):
            self.assertLess(time.monotonic(), until, "the newest state does not reach every reader")
            await asyncio.sleep(0.2)

    def test_each_answer_is_of_one_state(self):
        readers = asyncio.run(self.story())
        wrong = [(reader.n, *what) for reader in readers for what in reader.wrong]
        self.assertEqual(wrong[:20], [], f"{len(wrong)} in all")
        answers = [reader.answers for reader in readers]
        print(f"{READERS} readers, {sum(answers)} answers, each had at least {min(answers)}; {sum(r.cut for r in readers)} connections cut by kills")
        print("the last state of each:", dict(collections.Counter(reader.seen for reader in readers)))
        self.assertGreater(min(answers), 0)
        self.server.verify()


if __name__ == "__main__":
    noroshi_server.run()
