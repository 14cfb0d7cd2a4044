#!/usr/bin/python3
"""tsvc.py IN.tsv OUT.h: a table of cells becomes the rows of an array in C, to be included between its braces.

# a comment                     lines that start with # are left out
79<TAB>Cross-site<TAB>...       { 79, STR_INIT("Cross-site"), STR_INIT("...") },

A column in which every cell is a whole number is one of numbers; every other one is text (struct str).
Every row has as many cells as the first, and the first column is in order and without doubles: it can be searched by halves.
"""
import re

from common import Wrong, c_string, made_by, read, run, write

NUMBER = re.compile(r'(0|[1-9][0-9]{0,8})$')


def rows_of(path):
    """(line, cells) of each row."""
    text = read(path)
    rows = [(i, line.split('\t')) for i, line in enumerate(text.split('\n'), 1) if line and not line.startswith('#')]
    if not rows:
        raise Wrong(path, 1, 'there is no row')
    for line, cells in rows:
        if len(cells) != len(rows[0][1]):
            raise Wrong(path, line, f'{len(cells)} cells; the first row has {len(rows[0][1])}')
    return rows


def main(args):
    if len(args) != 2:
        raise SystemExit('usage: tsvc.py IN.tsv OUT.h')
    path, out = args
    rows = rows_of(path)
    is_number = [all(NUMBER.match(cells[i]) for _, cells in rows) for i in range(len(rows[0][1]))]

    def key(cells):
        return int(cells[0]) if is_number[0] else cells[0].encode()

    for (_, before), (line, cells) in zip(rows, rows[1:]):
        if key(before) >= key(cells):
            raise Wrong(path, line, f'"{cells[0]}" stands behind "{before[0]}"')
    lines = [', '.join(cell if number else f'STR_INIT({c_string(cell)})' for cell, number in zip(cells, is_number))
             for _, cells in rows]
    write(out, made_by('tsvc.py', path) + ''.join(f'{{ {line} }},\n' for line in lines))


run(main)
