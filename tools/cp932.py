#!/usr/bin/python3
"""cp932.py OUT.c: the two-byte characters of CP932, by their code points: JVN's lists are in the order of their bytes."""
import sys

from common import made_by, write


def main(out):
    rows = {}
    for lead in [*range(0x81, 0xa0), *range(0xe0, 0xfd)]:
        for trail in [*range(0x40, 0x7f), *range(0x80, 0xfd)]:
            try:
                character = bytes([lead, trail]).decode('cp932')
            except UnicodeDecodeError:
                continue
            # Characters that stand twice (NEC's and IBM's rows) are written in one way alone.
            if ord(character) < 0x10000 and character.encode('cp932') == bytes([lead, trail]):
                rows[ord(character)] = lead << 8 | trail
    text = made_by('cp932.py', 'Python\'s codec') + '#include "formats/myjvn/order.h"\n\n#include "base/attr.h"\n\n'
    text += 'const struct cp932 cp932_rows[] = {\n' + ''.join(f'    {{ {a}, {b} }},\n' for a, b in sorted(rows.items())) + '};\n'
    write(out, text + 'const size_t cp932_count = COUNT(cp932_rows);\n')


if __name__ == '__main__':
    main(sys.argv[1])
