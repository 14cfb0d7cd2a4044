#!/usr/bin/python3
"""trc.py OUT.c PO...: the translations become the table tr_catalogue_ja (base/tr.h), sorted by msgid's bytes."""
from common import c_string, run, write
from po import merge


def main(args):
    if not args:
        raise SystemExit('usage: trc.py OUT.c PO...')
    entries = merge(args[1:])
    rows = [f'    {{ {c_string(msgid)}, STR_INIT({c_string(entries[msgid].msgstr)}) }},\n'
            for msgid in sorted(entries, key=str.encode)]
    rows = rows or ['    { "", STR_INIT("") },\n']  # C has no empty array
    write(args[0], '/* Made by tools/trc.py from po/ja; changes go there. */\n#include "base/tr.h"\n\n'
          'const struct tr_entry tr_catalogue_ja[] = {\n' + ''.join(rows) + '};\n\n'
          f'const size_t tr_catalogue_ja_count = {len(entries)};\n')


if __name__ == '__main__':
    run(main)
