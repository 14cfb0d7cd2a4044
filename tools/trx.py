#!/usr/bin/python3
"""trx.py --missing SRC_ROOT PO...: sentences of code and templates that no .po has, and translations nobody uses.

A sentence is what stands in N_("..."), in the second place of tr(), in the third of tr_fill(), and in {% tr "..." %}.
Exits with 1 when a translation is missing; unused ones are told.
"""
import os
import re
import sys

from common import c_string, c_string_value, read, run
from po import merge
from template import STRING, pieces, sentence

TOKEN = re.compile(rf"""
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<string>{STRING})
  | (?P<char>'(?:[^'\\\n]|\\.)+')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>\S)
""", re.X | re.S)
PLACE_OF = {'N_': 0, 'tr': 1, 'tr_fill': 2}


def tokens(source):
    out = []
    for match in TOKEN.finditer(source):
        if match.lastgroup != 'comment':
            out.append((match.lastgroup, match.group(), source.count('\n', 0, match.start()) + 1))
    return out


def in_code(path, source):
    """(msgid, line) of each sentence in C."""
    stream = tokens(source)
    for i, (kind, text, _) in enumerate(stream[:-1]):
        if kind != 'word' or text not in PLACE_OF or stream[i + 1][1] != '(':
            continue
        depth, argument = 0, 0
        literal, first = None, 0
        for kind2, text2, line in stream[i + 1:]:
            if kind2 == 'string' and argument == PLACE_OF[text] and depth == 1:
                first = line if literal is None else first
                literal = (literal or '') + c_string_value(text2, path, line)
                continue
            if literal is not None:
                yield literal, first
                literal = None
            if text2 in '([{':
                depth += 1
            elif text2 in ')]}':
                depth -= 1
                if depth == 0:
                    break
            elif text2 == ',' and depth == 1:
                argument += 1


def in_template(path, source):
    for piece in pieces(path, source):
        if piece.kind == 'tag' and piece.word == 'tr':
            msgid, _ = sentence(path, piece.line, piece.text)
            if msgid is not None:
                yield msgid, piece.line
        elif piece.kind != 'text':
            for msgid, line in in_code(path, piece.text):
                yield msgid, piece.line + line - 1


def used(root):
    """msgid -> "file:line" of its first use."""
    out = {}
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(('_test.c', '_fuzz.c')):
                continue
            if name.endswith(('.c', '.h', '.def')):
                found = in_code(path, read(path))
            elif name.endswith('.html'):
                found = in_template(path, read(path))
            else:
                continue
            for msgid, line in found:
                if msgid:
                    out.setdefault(msgid, f'{path}:{line}')
    return out


def main(args):
    if len(args) < 2 or args[0] != '--missing':
        raise SystemExit('usage: trx.py --missing SRC_ROOT PO...')
    translated = merge(args[2:])
    sentences = used(args[1])
    missing = [msgid for msgid in sentences if msgid not in translated]
    for msgid in missing:
        print(f'{sentences[msgid]}: no translation: {c_string(msgid)}')
    for msgid, entry in sorted(translated.items()):
        if msgid not in sentences:
            print(f'{entry.path}:{entry.line}: not used: {c_string(msgid)}')
    if missing:
        print(f'{len(missing)} of {len(sentences)} sentences have no translation', file=sys.stderr)
    return 1 if missing else 0


if __name__ == '__main__':
    run(main)
