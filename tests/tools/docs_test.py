"""tools/docs.py: the page of rules."""
import unittest

from support import ToolTest

ARGS = ('--rules', 'tests/rules.txt', '--out', 'page.md', 'src', 'tests')


class Docs(ToolTest):
    def setUp(self):
        super().setUp()
        self.put('tests/rules.txt', 'COO-01\tCOO\nCOO-02\tCOO\nINT-01\tINT\nP01\tproduct case\n')
        self.put('src/a.c', '/* Rule: COO-01\n * COO-02 */ { X, "INT-01 P01" }, P01\n')
        self.put('src/a_test.c', '/* COO-01: what is true */\n')
        self.put('src/q.sql', '-- Why: COO-01.\n')

    def test_rules_are_found_in_code_and_tests(self):
        self.succeed('docs.py', *ARGS)
        self.golden('traceability.want', self.get('page.md'))

    def test_check_tells_when_the_page_is_old(self):
        self.succeed('docs.py', *ARGS)
        self.succeed('docs.py', '--check', *ARGS)
        self.put('src/b.c', '/* INT-01 */\n')
        self.refuse('page.md:1: no longer true; print it anew with tools/docs.py', 'docs.py', '--check', *ARGS)

    def test_open_rules_stand_with_their_reason(self):
        self.put('tests/rules.txt', 'COO-01\tCOO\nCOO-02\tCOO\nINT-01\tINT\nINT-02\tINT\nP01\tproduct case\n')
        self.put('tests/open.txt', 'INT-02\tcomes with the websites\n')
        self.succeed('docs.py', *ARGS)
        self.assertIn('## Open, and why\n\n| rules | why |\n| --- | --- |\n| INT-02 | comes with the websites |\n', self.get('page.md'))
        self.put('tests/open.txt', 'COO-01\tlater\n')
        self.refuse('tests/open.txt:1: COO-01 is not open: it stands in src/a.c', 'docs.py', *ARGS)
        self.put('tests/open.txt', 'COO-77\tlater\n')
        self.refuse('tests/open.txt:1: there is no rule COO-77', 'docs.py', *ARGS)
        self.put('tests/open.txt', 'COO-01\n')
        self.refuse('tests/open.txt:1: a line is ids, a tab, why they are open', 'docs.py', *ARGS)

    def test_a_rule_that_does_not_exist_is_refused(self):
        self.put('src/b.c', '\n/* CVE-20 is none of ours, but\n COO-77 */\n')
        self.refuse('src/b.c:3: there is no rule COO-77', 'docs.py', *ARGS)
        self.put('tests/rules.txt', 'COO-01\n')
        self.refuse('tests/rules.txt:1: a line is an id, a tab, an area', 'docs.py', *ARGS)


if __name__ == '__main__':
    unittest.main()
