"""tools/embed.py: what it makes, and what it refuses."""
import gzip
import hashlib
import re
import unittest

from support import ToolTest


def array(text, name):
    """The bytes of an array in C."""
    body = re.search(rf'char {name}\[\] = {{([^}}]*)}}', text)[1]
    return bytes(int(n) for n in body.split(','))


class Embed(ToolTest):
    def test_files_become_a_sorted_table(self):
        css = 'p { color: red }\n' * 50
        self.put('web/css/z.css', css)
        self.put('web/a.txt', 'x')
        self.succeed('embed.py', 'out.c', 'out.h', 'embedded', 'web', 'web/css/z.css', 'web/a.txt')
        text = self.get('out.c')
        self.assertEqual(array(text, 'bytes_1'), css.encode())
        packed = array(text, 'gzip_1')
        self.assertEqual(gzip.decompress(packed), css.encode())
        self.assertEqual(packed[4:8], bytes(4), 'no time in the packed file')
        self.assertNotIn('gzip_0', text, 'packing one byte makes it longer')
        self.assertLess(text.index('"a.txt"'), text.index('"css/z.css"'))
        self.assertIn('STR_INIT("text/css; charset=utf-8")', text)
        self.assertIn(f'STR_INIT("\\"{hashlib.sha256(css.encode()).hexdigest()[:32]}\\"")', text)
        self.put('use.c', '#include "out.h"\n#include "out.c"\n')
        self.assertEqual(self.compile('use.c'), (True, ''))

        self.succeed('embed.py', 'again.c', 'out.h', 'embedded', 'web', 'web/a.txt', 'web/css/z.css')
        self.assertEqual(self.get('again.c'), text)

    def test_what_cannot_be_served_is_refused(self):
        self.put('web/a.exe', '')
        self.put('b.txt', '')
        self.refuse('web/a.exe:0: no content type is known for ".exe"; give it one in tools/embed.py',
                    'embed.py', 'c', 'h', 'x', 'web', 'web/a.exe')
        self.refuse('b.txt:0: not below web', 'embed.py', 'c', 'h', 'x', 'web', 'b.txt')
        self.refuse('web/no.txt:0: No such file or directory', 'embed.py', 'c', 'h', 'x', 'web', 'web/no.txt')


if __name__ == '__main__':
    unittest.main()
