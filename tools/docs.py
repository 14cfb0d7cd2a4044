#!/usr/bin/python3
"""docs.py --rules RULES --out FILE [--check] FOLDER...: which rule stands in which code and which test.

A rule is named by its id (COO-22) in a comment or a string of C, anywhere else in other files; ranges are not expanded.
Places are files, not lines, so that the page changes only when a rule moves. RULES: an id, a tab, its area, a line each.
Beside RULES may lie open.txt: ids, a tab, why they are still open, a line each; an open rule stands in no code.
--check writes nothing and exits with 1 when FILE is not what would be written.
"""
import argparse
import os
import re
import sys

from common import Wrong, read, run, write
from trx import TOKEN

KINDS = ('.c', '.h', '.def', '.sql', '.html', '.py', '.sh', '.js', '.mjs', '.conf', '.in', '.want', '.tsv')
ID = re.compile(r'\b(?:[A-Z]{3,4}-\d{2}|[PWVN]\d{2})\b')


def read_rules(path):
    """id -> area, in the file's order."""
    rules = {}
    for number, line in enumerate(read(path).splitlines(), 1):
        parts = line.split('\t')
        if len(parts) != 2 or not ID.fullmatch(parts[0]) or not parts[1]:
            raise Wrong(path, number, 'a line is an id, a tab, an area')
        if parts[0] in rules:
            raise Wrong(path, number, f'{parts[0]} stands twice')
        rules[parts[0]] = parts[1]
    return rules


def read_open(path, rules):
    """(ids, why), in the file's order; none when there is no such file."""
    if not os.path.exists(path):
        return []
    rows = []
    for number, line in enumerate(read(path).splitlines(), 1):
        parts = line.split('\t')
        if len(parts) != 2 or not parts[1]:
            raise Wrong(path, number, 'a line is ids, a tab, why they are open')
        for rule in parts[0].split():
            if rule not in rules:
                raise Wrong(path, number, f'there is no rule {rule}')
        rows.append((parts[0].split(), parts[1]))
    return rows


def check_open(path, still_open, places):
    for number, (ids, _) in enumerate(still_open, 1):
        for rule in ids:
            if places[rule][0]:
                raise Wrong(path, number, f'{rule} is not open: it stands in {places[rule][0][0]}')


def is_test(path):
    return bool(re.search(r'(^|/)(tests|testdata)/|_(test|fuzz)\.\w+$', path))


def sayings(path, text):
    """(line, text) of what may name rules."""
    if not path.endswith(('.c', '.h', '.def')):
        yield from enumerate(text.splitlines(), 1)
        return
    for match in TOKEN.finditer(text):
        if match.lastgroup in ('comment', 'string'):
            first = text.count('\n', 0, match.start()) + 1
            for offset, line in enumerate(match.group().splitlines()):
                yield first + offset, line


def files(folders):
    for root in folders:
        for folder, below, names in os.walk(root):
            below[:] = sorted(name for name in below if name not in ('node_modules', '__pycache__', 'shots'))
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(KINDS))


def collect(rules, home, folders, skip):
    """id -> (code files, test files), both as ordered lists."""
    areas = {re.sub(r'\d+$', '', rule) for rule in rules}
    places = {rule: ([], []) for rule in rules}
    for path in files(folders):
        if os.path.abspath(path).startswith(skip):
            continue
        name = os.path.relpath(path, home).replace(os.sep, '/')
        for line, text in sayings(name, read(path)):
            for rule in ID.findall(text):
                if rule not in rules:
                    if '-' in rule and re.sub(r'\d+$', '', rule) in areas:
                        raise Wrong(path, line, f'there is no rule {rule}')
                    continue
                where = places[rule][is_test(name)]
                if name not in where:
                    where.append(name)
    return places


def page(rules, places, still_open):
    areas = list(dict.fromkeys(rules.values()))
    lacking = [[rule for rule in rules if not places[rule][i]] for i in (0, 1)]
    out = ['# Which rule stands where', '',
           'Printed by `tools/docs.py` from the ids in code and tests; do not edit.', '',
           f'{len(rules)} rules; {len(rules) - len(lacking[0])} in code, {len(rules) - len(lacking[1])} in a test.', '',
           '| area | rules | in code | in a test | without code | in code, without test |', '| --- | ---: | ---: | ---: | --- | --- |']
    for area in areas:
        mine = [rule for rule in rules if rules[rule] == area]
        no_code = [rule for rule in mine if not places[rule][0]]
        no_test = [rule for rule in mine if places[rule][0] and not places[rule][1]]
        tested = sum(1 for rule in mine if places[rule][1])
        shown = 'all' if len(no_code) == len(mine) else ' '.join(no_code)
        out.append(f'| {area} | {len(mine)} | {len(mine) - len(no_code)} | {tested} | {shown} | {" ".join(no_test)} |')
    if still_open:
        out += ['', '## Open, and why', '', '| rules | why |', '| --- | --- |']
        out += [f'| {" ".join(ids)} | {why} |' for ids, why in still_open]
    for area in areas:
        rows = [rule for rule in rules if rules[rule] == area and any(places[rule])]
        if not rows:
            continue
        out += ['', f'## {area}', '', '| rule | code | tests |', '| --- | --- | --- |']
        out += [f'| {rule} | {"<br>".join(places[rule][0]) or "–"} | {"<br>".join(places[rule][1]) or "–"} |' for rule in rows]
    return '\n'.join(out) + '\n'


def main(args):
    parser = argparse.ArgumentParser(prog='docs.py')
    parser.add_argument('--rules', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('folders', nargs='+')
    options = parser.parse_args(args)
    rules = read_rules(options.rules)
    home = os.path.dirname(os.path.dirname(os.path.abspath(options.rules)))
    # The generators and their tests name rules as examples only.
    skip = tuple(os.path.join(home, name) + os.sep for name in ('tools', os.path.join('tests', 'tools')))
    open_path = os.path.join(os.path.dirname(options.rules), 'open.txt')
    still_open = read_open(open_path, rules)
    places = collect(rules, home, options.folders, skip)
    check_open(open_path, still_open, places)
    text = page(rules, places, still_open)
    if not options.check:
        write(options.out, text)
        return 0
    if not os.path.exists(options.out) or read(options.out) != text:
        print(f'{options.out}:1: no longer true; print it anew with tools/docs.py', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    run(main)
