#!/usr/bin/python3
"""kinds.py OUT.c ROOT FILE...: migrations/KIND/0001_name.sql become the struct store_kind of store/kinds.h.

A first migration that begins with the line `-- fast` makes its kind a fast one (store/store.h)."""
import os
import re
import sys


def c_string(text):
    lines = text.splitlines(keepends=True) or ['']
    quote = {'\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t', '?': '\\?'}
    return '\n        '.join('"' + ''.join(quote.get(c, c) for c in line) + '"' for line in lines)


def main(out, root, files):
    kinds = {}
    for path in sorted(files):
        folder, name = os.path.split(path)
        match = re.fullmatch(r'(\d{4})_([a-z0-9_]+)\.sql', name)
        if not match:
            sys.exit(f'{path}:1: a migration is called 0001_what.sql')
        rows = kinds.setdefault(os.path.basename(folder), [])
        if int(match[1]) != len(rows) + 1:
            sys.exit(f'{path}:1: migration {len(rows) + 1:04} is missing or stands twice')
        with open(os.path.join(root, path), encoding='utf-8') as file:
            rows.append((int(match[1]), match[2], file.read()))
    text = '/* Made by tools/kinds.py from store/migrations. */\n#include "store/kinds.h"\n'
    for kind, rows in sorted(kinds.items()):
        text += f'\nstatic const struct migration {kind}_migrations[] = {{\n'
        for version, name, sql in rows:
            text += f'    {{ {version}, "{name}",\n        {c_string(sql)} }},\n'
        fast = 'true' if rows[0][2].startswith('-- fast\n') else 'false'
        text += f'}};\nconst struct store_kind store_{kind} = {{ "{kind}", {kind}_migrations, COUNT({kind}_migrations), {fast} }};\n'
    with open(out, 'w', encoding='utf-8') as file:
        file.write(text)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
