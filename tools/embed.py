#!/usr/bin/python3
"""embed.py OUT.c OUT.h NAME ROOT FILE...: files become the table NAME_files (faces/html/embedded.h) and NAME_find(path)."""
import gzip
import hashlib
import os
import re

from common import Wrong, c_string, run, write

TYPES = {
    '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
    '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
    '.html': 'text/html; charset=utf-8', '.json': 'application/json', '.xml': 'application/xml',
    '.xsl': 'application/xslt+xml', '.webmanifest': 'application/manifest+json', '.pdf': 'application/pdf',
}
ROW = 24


def c_bytes(name, data):
    rows = [', '.join(str(byte) for byte in data[i:i + ROW]) for i in range(0, len(data), ROW)] or ['0']
    return f'static const unsigned char {name}[] = {{\n    ' + ',\n    '.join(rows) + '\n};\n'


def c_str(name, data):
    return f'{{ (const char *){name}, {len(data)} }}'


def describe(root, path):
    """(path below root, type, bytes)"""
    below = os.path.relpath(path, root).replace(os.sep, '/')
    if below.startswith('../'):
        raise Wrong(path, 0, f'not below {root}')
    extension = os.path.splitext(below)[1]
    if extension not in TYPES:
        raise Wrong(path, 0, f'no content type is known for "{extension}"; give it one in tools/embed.py')
    try:
        with open(path, 'rb') as file:
            return below, TYPES[extension], file.read()
    except OSError as error:
        raise Wrong(path, 0, error.strerror) from error


def main(args):
    if len(args) < 4:
        raise SystemExit('usage: embed.py OUT.c OUT.h NAME ROOT FILE...')
    code, header, name, root = args[:4]
    if not re.fullmatch(r'[a-z][a-z0-9_]*', name):
        raise SystemExit(f'embed.py: "{name}" is not a name in C')
    files = sorted((describe(root, path) for path in args[4:]), key=lambda file: file[0].encode())
    for one, two in zip(files, files[1:]):
        if one[0] == two[0]:
            raise Wrong(two[0], 0, 'given twice')
    arrays, rows = [], []
    for i, (path, kind, data) in enumerate(files):
        packed = gzip.compress(data, 9, mtime=0)
        arrays.append(c_bytes(f'bytes_{i}', data))
        gzip_str = '{ 0, 0 }'
        if len(packed) < len(data):
            arrays.append(c_bytes(f'gzip_{i}', packed))
            gzip_str = c_str(f'gzip_{i}', packed)
        etag = '"' + hashlib.sha256(data).hexdigest()[:32] + '"'
        rows.append(f'    {{ {c_string(path)}, STR_INIT({c_string(kind)}), {c_str(f"bytes_{i}", data)},\n'
                    f'      {gzip_str}, STR_INIT({c_string(etag)}) }},\n')
    rows = rows or ['    { "", STR_INIT(""), { 0, 0 }, { 0, 0 }, STR_INIT("") },\n']  # C has no empty array
    made = '/* Made by tools/embed.py; changes go into the files. */\n'
    write(header, made + '#pragma once\n#include "faces/html/embedded.h"\n\n'
          f'extern const struct embedded {name}_files[]; /* sorted by path */\n'
          f'extern const size_t {name}_count;\n\n'
          '/* NULL when there is none. */\n'
          f'const struct embedded *{name}_find(struct str path);\n')
    write(code, made + '#include "faces/html/embedded.h"\n\n' + '\n'.join(arrays) + '\n'
          + f'extern const struct embedded {name}_files[];\nextern const size_t {name}_count;\n'
          + f'const struct embedded *{name}_find(struct str path);\n\n'
          + f'const struct embedded {name}_files[] = {{\n' + ''.join(rows) + '};\n\n'
          + f'const size_t {name}_count = {len(files)};\n\n'
          + f'const struct embedded *{name}_find(struct str path)\n{{\n'
          + f'    return embedded_lookup({name}_files, {name}_count, path);\n}}\n')


if __name__ == '__main__':
    run(main)
