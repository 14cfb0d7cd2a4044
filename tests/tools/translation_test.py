"""tools/trc.py and tools/trx.py: catalogues, and what they lack."""
import unittest

from support import ToolTest

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


class Trc(ToolTest):
    def test_files_become_one_sorted_table(self):
        self.put('b.po', HEADER + '# remark\n#: show.html:3\nmsgid "Publish"\nmsgstr "公表する"\n\n'
                                  'msgid ""\n"{count} "\n"\\"cases\\"\\n"\nmsgstr "{count}件\\n"\n')
        self.put('a.po', HEADER + 'msgid "Above"\nmsgstr "上"\n\nmsgid "Publish"\nmsgstr "公表する"\n#~ msgid "Old"\n')
        self.succeed('trc.py', 'out.c', 'b.po', 'a.po')
        self.golden('catalogue.want', self.get('out.c'))
        self.assertEqual(self.compile('out.c'), (True, ''))

    def test_without_sentences_the_table_still_compiles(self):
        self.succeed('trc.py', 'out.c')
        self.assertIn('tr_catalogue_ja_count = 0', self.get('out.c'))
        self.assertEqual(self.compile('out.c'), (True, ''))

    def test_what_is_wrong_is_refused_with_its_line(self):
        cases = [
            ('msgid "a {n}"\nmsgstr "b"\n', '1: the translation lacks the place {n}'),
            ('msgid "a"\nmsgstr "b {n}"\n', '1: the translation has a place {n} that the sentence has not'),
            ('\nmsgid "a"\nmsgstr ""\n', '2: "a" has no translation'),
            ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', '1: msgid without msgstr'),
            ('msgid "a"\n', '1: msgid without msgstr'),
            ('msgstr "a"\n', '1: msgstr without msgid'),
            ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', '1: a fuzzy translation; look at it and take the mark away'),
            ('msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "b"\n', '3: "a" is already in line 1'),
            ('msgid "a"\nmsgid_plural "b"\n', '2: msgid_plural is not supported; write a whole sentence'),
            ('msgctxt "a"\n', '1: msgctxt is not supported; write a whole sentence'),
            ('msgid "a\n', '1: not a line of a .po file'),
            ('msgid "a\\q"\nmsgstr "b"\n', '1: the escape \\q is not known in a sentence'),
            ('msgid "a\\n"\nmsgstr "b"\n', '1: sentence and translation do not both end with a line end'),
        ]
        for text, want in cases:
            with self.subTest(text):
                self.put('in.po', text)
                self.refuse('in.po:' + want, 'trc.py', 'out.c', 'in.po')

    def test_two_files_agree_on_a_sentence(self):
        self.put('a.po', 'msgid "a"\nmsgstr "b"\n')
        self.put('b.po', '\nmsgid "a"\nmsgstr "c"\n')
        self.refuse('b.po:2: "a" is "b" in a.po:1', 'trc.py', 'out.c', 'a.po', 'b.po')


class Trx(ToolTest):
    def test_sentences_of_code_and_templates_are_found(self):
        self.put('src/a.c', '/* N_("not this") */ // tr(l, "nor this")\n'
                            'x = N_("one" " and"\n  "\\n\\"half\\"");\n'
                            'y = tr(f(a, "no"), c ? "two" : "three");\n'
                            "z = tr_fill(arena, '(', \"four {n}\", TR_ARGS({ \"n\", v }));\n"
                            'str("five"), other_tr(l, "six");\n')
        self.put('src/a_test.c', 'N_("in a test")\n')
        self.put('src/b.def', 'ERR(X, 1, 2, N_("seven"))\n')
        self.put('src/c.html', '{% page p(int n) %}\n{% tr "eight"\n "!" %}\n{{ tr(page->lang, "nine") }} {# {% tr "no" %} #}\n')
        self.put('a.po', 'msgid "seven"\nmsgstr "7"\n\nmsgid "gone"\nmsgstr "0"\n')
        status, out, error = self.run_tool('trx.py', '--missing', 'src', 'a.po')
        self.assertEqual(status, 1)
        self.assertEqual(out.splitlines(), [
            'src/a.c:2: no translation: "one and\\n\\"half\\""',
            'src/a.c:4: no translation: "two"',
            'src/a.c:4: no translation: "three"',
            'src/a.c:5: no translation: "four {n}"',
            'src/c.html:2: no translation: "eight!"',
            'src/c.html:4: no translation: "nine"',
            'a.po:4: not used: "gone"',
        ])
        self.assertEqual(error, '6 of 7 sentences have no translation\n')

    def test_nothing_missing_is_success(self):
        self.put('src/a.c', 'N_("a")\n')
        self.put('a.po', 'msgid "a"\nmsgstr "b"\n')
        self.assertEqual(self.succeed('trx.py', '--missing', 'src', 'a.po'), '')


if __name__ == '__main__':
    unittest.main()
