"""tools/sqlc.py: what it makes, and what it refuses."""
import unittest

from support import ToolTest

HEAD = '-- name: a\n-- Why.\n'


class Sqlc(ToolTest):
    def test_queries_become_constants_that_compile(self):
        self.copy('queries.sql')
        self.succeed('sqlc.py', 'queries.sql', 'queries.sql.h')
        self.golden('queries.sql.want', self.get('queries.sql.h'))
        self.put('use.c', '#include "queries.sql.h"\nconst struct query *use(void);\n'
                          'const struct query *use(void) { return &sql_find; }\n')
        self.assertEqual(self.compile('use.c'), (True, ''))

    def test_a_migration_becomes_a_row(self):
        self.put('desk/0002_more.sql', "-- It's more.\nCREATE TABLE a (b TEXT DEFAULT '?');\nCREATE TABLE c (d);\n")
        self.succeed('sqlc.py', 'desk/0002_more.sql', 'more.h')
        self.put('use.c', '#include "more.h"\nextern const struct migration m[];\n'
                          'const struct migration m[] = { MIGRATION_DESK_0002_MORE };\n')
        self.assertEqual(self.compile('use.c'), (True, ''))
        self.assertIn('{ 2, "more", migration_desk_0002_more }', self.get('more.h'))
        self.assertIn('"CREATE TABLE c (d);\\n"', self.get('more.h'))

    def test_what_is_not_ours_is_refused_with_its_line(self):
        cases = [
            ('', '1: there is no "-- name:" line'),
            ('SELECT 1\n', '1: SQL before the first "-- name:"'),
            ('-- name: Big\n-- Why.\nSELECT 1\n', '1: a name is written "-- name: lower_case", with (sqlite) or (postgres) behind it'),
            ('-- name: a (oracle)\n', '1: a name is written "-- name: lower_case", with (sqlite) or (postgres) behind it'),
            ('-- name: a\nSELECT 1\n', '1: a: a comment line says why the query is there'),
            (HEAD, '1: a: there is no SQL'),
            (HEAD + 'DELETE FROM x;\nDELETE FROM y;\n', '3: more than one statement, or a ; inside one'),
            (HEAD + 'SELECT a\n  , x.*\n FROM x\n', '4: SELECT *: name the columns'),
            (HEAD + 'SELECT *\n FROM x\n', '3: SELECT *: name the columns'),
            (HEAD + 'DELETE FROM x\nRETURNING *\n', '4: SELECT *: name the columns'),
            (HEAD + 'SELECT a FROM x\nWHERE b = ?\n', '4: ?: a parameter is written :name'),
            (HEAD + 'SELECT a FROM x WHERE b = $1\n', '3: $1: a parameter is written :name'),
            (HEAD + 'SELECT a FROM x WHERE b = @b\n', '3: @b: a parameter is written :name'),
            (HEAD + 'SELECT a FROM x WHERE b = :B\n', '3: :B: parameters are in lower case'),
            (HEAD + 'SELECT a::int FROM x\n', "3: :: is PostgreSQL's; write CAST(x AS type)"),
            (HEAD + "SELECT 'a FROM x\n", "3: ' is opened and not closed"),
            (HEAD + "SELECT 'a\n' FROM x\n", "3: ' is opened and not closed on its line"),
            (HEAD + 'SELECT a /* FROM x\n', '3: /* is opened and not closed'),
            (HEAD + 'SELECT a FROM x\n--? b AND b = :b\n', '4: an optional line is written "--? param: SQL"'),
            (HEAD + 'SELECT a FROM x\n--? b: AND (b = :b\n', '4: an optional line closes every ( it opens'),
            (HEAD + 'SELECT a FROM x --? b: AND b = :b\n', '3: an optional line starts with --? and stands alone'),
            (HEAD + 'SELECT 1\n' + HEAD + 'SELECT 2\n', '4: a is already in line 1'),
            ('-- name: a (postgres)\n-- Why.\nSELECT 1\n', '1: a (postgres) has no (sqlite) beside it'),
        ]
        for text, want in cases:
            with self.subTest(text):
                self.put('in.sql', text)
                self.refuse('in.sql:' + want, 'sqlc.py', 'in.sql', 'out.h')


if __name__ == '__main__':
    unittest.main()
