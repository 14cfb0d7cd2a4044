"""tools/tsvc.py: what it makes, and what it refuses."""
import unittest

from support import ToolTest


class Tsvc(ToolTest):
    def test_rows_become_an_array_that_compiles(self):
        self.put('names.tsv', '# number, English, Japanese\n9\tWhat "for"?\t\n79\tCross-site\tクロスサイト\n')
        self.succeed('tsvc.py', 'names.tsv', 'names.tsv.h')
        self.assertEqual(self.get('names.tsv.h').split('\n')[1:],
                         ['{ 9, STR_INIT("What \\"for\\"?"), STR_INIT("") },',
                          '{ 79, STR_INIT("Cross-site"), STR_INIT("クロスサイト") },', ''])
        self.put('use.c', '#include "base/str.h"\nstruct row { unsigned n; struct str en, ja; };\n'
                          'extern const struct row rows[];\nconst struct row rows[] = {\n#include "names.tsv.h"\n};\n')
        self.assertEqual(self.compile('use.c'), (True, ''))

    def test_a_column_with_one_word_is_text(self):
        self.put('a.tsv', 'a\t1\nb\t01\n')
        self.succeed('tsvc.py', 'a.tsv', 'a.tsv.h')
        self.assertIn('{ STR_INIT("b"), STR_INIT("01") },', self.get('a.tsv.h'))

    def test_what_is_not_a_table_in_order_is_refused_with_its_line(self):
        cases = [
            ('', '1: there is no row'),
            ('# only words\n', '1: there is no row'),
            ('1\ta\n2\n', '2: 1 cells; the first row has 2'),
            ('2\ta\n10\tb\n10\tc\n', '3: "10" stands behind "10"'),
            ('b\ta\na\tb\n', '2: "a" stands behind "b"'),
        ]
        for text, want in cases:
            with self.subTest(text=text):
                self.put('a.tsv', text)
                self.refuse(f'a.tsv:{want}', 'tsvc.py', 'a.tsv', 'a.tsv.h')


if __name__ == '__main__':
    unittest.main()
