#!/usr/bin/python3
"""sqlc.py IN.sql OUT.h: named queries become static const struct query (store/store.h).

-- name: case_move              the C name is sql_case_move; "(sqlite)" or "(postgres)" may follow
-- Why this query is there.     the comment, at least one line
UPDATE ... WHERE id = :id       one statement with named parameters; a ';' may end it
--? vendor: AND v = :vendor     a line that stands only while that parameter is bound and not NULL

A file named migrations/desk/0001_start.sql is a migration: its whole text becomes a row for a table of struct migration,
MIGRATION_DESK_0001_START.
"""
import os
import re

from common import Wrong, c_string, made_by, read, run, write

NAME = re.compile(r'--\s*name:\s*(.*)$')
NAME_FORM = re.compile(r'([a-z][a-z0-9_]*)(?:\s+\((sqlite|postgres)\))?$')
MIGRATION = re.compile(r'(\d{4})_([a-z0-9_]+)\.sql$')
OPTION = re.compile(r'\s*--\?(.*)$')
OPTION_FORM = re.compile(r'\s*([a-z][a-z0-9_]*):\s*(\S.*)$')
TOKEN = re.compile(r"""
    (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<comment>--[^\n]*|/\*.*?\*/)
  | (?P<cast>::)
  | (?P<param>:[A-Za-z_][A-Za-z0-9_]*)
  | (?P<foreign>\$[A-Za-z0-9_]+|@[A-Za-z_]\w*|\?\d*)
  | (?P<unclosed>['"]|/\*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>.)
""", re.X | re.S)


class Query:
    def __init__(self, name, kind, line):
        self.name, self.kind, self.line = name, kind, line
        self.comment = []
        self.lines = []    # (line number, text); an option's text is its marker
        self.options = []  # (parameter, text)
        self.params = []

    def c_name(self):
        return f'sql_{self.name}' + ('_postgres' if self.kind == 'postgres' else '')


def scan(path, line, sql, query):
    """The text without comments; notes parameters, refuses what is not ours. Also the same text with literals blanked."""
    clean, bare = [], []
    for match in TOKEN.finditer(sql):
        kind, text = match.lastgroup, match.group()
        here = line + sql.count('\n', 0, match.start())
        if kind == 'comment':
            if match.start() and text.startswith('--?'):
                raise Wrong(path, here, 'an optional line starts with --? and stands alone')
            clean.append('\n' * text.count('\n') or ' ')
            bare.append(clean[-1])
            continue
        if kind in ('string', 'quoted') and '\n' in text:
            raise Wrong(path, here, f'{text[0]} is opened and not closed on its line')
        if kind == 'unclosed':
            raise Wrong(path, here, f'{text} is opened and not closed')
        if kind == 'foreign':
            raise Wrong(path, here, f'{text}: a parameter is written :name')
        if kind == 'cast' and query.kind != 'postgres':
            raise Wrong(path, here, ':: is PostgreSQL\'s; write CAST(x AS type)')
        if kind == 'other' and text == ':':
            raise Wrong(path, here, 'a lone \':\'; a parameter is written :name')
        if kind == 'param':
            if text != text.lower():
                raise Wrong(path, here, f'{text}: parameters are in lower case')
            note(query, text[1:])
        clean.append(text)
        bare.append(re.sub(r'[^\n]', '_', text) if kind in ('string', 'quoted') else text)
    return ''.join(clean), ''.join(bare)


def note(query, param):
    if param not in query.params:
        query.params.append(param)


def refuse_stars(path, line, bare):
    star = re.search(r'\b(?:select|returning)\s+(?:distinct\s+|all\s+)?\*|\b[a-z_]\w*\s*\.\s*\*', bare, re.I)
    if star:
        raise Wrong(path, line + bare.count('\n', 0, star.start()), 'SELECT *: name the columns')


def one_statement(path, line, clean, bare):
    """The text without the ';' at its end."""
    at = bare.find(';')
    if at < 0:
        return clean
    rest = bare[at + 1:]
    here = line + bare.count('\n', 0, at)
    if rest.strip(' \t\n;'):
        raise Wrong(path, here, 'more than one statement, or a ; inside one')
    if rest.strip():
        raise Wrong(path, here, 'more than one ;')
    return clean[:at] + rest


def option(path, number, text, query):
    form = OPTION_FORM.match(text)
    if not form:
        raise Wrong(path, number, 'an optional line is written "--? param: SQL"')
    note(query, form[1])
    clean, bare = scan(path, number, form[2], query)
    if ';' in bare:
        raise Wrong(path, number, 'a ; in an optional line')
    if bare.count('(') != bare.count(')'):
        raise Wrong(path, number, 'an optional line closes every ( it opens')
    refuse_stars(path, number, bare)
    query.options.append((form[1], clean.strip()))
    return f'\x01{len(query.options) - 1}\x01'


def finish(path, query, body):
    """body: the query's lines as (number, text)."""
    while body and (not body[0][1].strip() or body[0][1].startswith('--') and not OPTION.match(body[0][1])):
        text = body.pop(0)[1].strip().lstrip('-').strip()
        if text:
            query.comment.append(text)
    if not query.comment:
        raise Wrong(path, query.line, f'{query.name}: a comment line says why the query is there')
    if any('*/' in text or '/*' in text for text in query.comment):
        raise Wrong(path, query.line, f'{query.name}: the comment becomes a C comment and holds no /* or */')
    if not body:
        raise Wrong(path, query.line, f'{query.name}: there is no SQL')
    first = body[0][0]

    # Optional lines are lifted out first: for SQL they are comments.
    lines = []
    held = []
    for number, text in body:
        match = OPTION.match(text)
        if match:
            held.append((number, match[1]))
            lines.append('\x01?\x01')
        else:
            lines.append(text)
    # '?' in the marker stands for its number until the parameters before it are counted.
    parts = '\n'.join(lines).split('\x01?\x01')
    clean_parts, bare_parts = [], []
    line = first
    for i, part in enumerate(parts):
        clean, bare = scan(path, line, part, query)
        clean_parts.append(clean)
        bare_parts.append(bare)
        line += part.count('\n')
        if i < len(held):
            marker = option(path, held[i][0], held[i][1], query)
            clean_parts.append(marker)
            bare_parts.append(marker)
    clean, bare = ''.join(clean_parts), ''.join(bare_parts)
    refuse_stars(path, first, bare)
    clean = one_statement(path, first, clean, bare)
    query.lines = [text.rstrip() for text in clean.split('\n') if text.strip()]
    if not query.lines:
        raise Wrong(path, query.line, f'{query.name}: there is no SQL')
    return query


def parse(path, text):
    queries = []
    query, body = None, []
    seen = {}
    for number, line in enumerate(text.split('\n'), 1):
        match = NAME.match(line)
        if match:
            if query:
                queries.append(finish(path, query, body))
            form = NAME_FORM.match(match[1].strip())
            if not form:
                raise Wrong(path, number, 'a name is written "-- name: lower_case", with (sqlite) or (postgres) behind it')
            query, body = Query(form[1], form[2], number), []
            kinds = seen.setdefault(query.name, {})
            if query.kind in kinds or None in kinds or (query.kind is None and kinds):
                raise Wrong(path, number, f'{query.name} is already in line {min(kinds.values())}')
            kinds[query.kind] = number
        elif query:
            body.append((number, line))
        elif line.strip() and not line.startswith('--'):
            raise Wrong(path, number, 'SQL before the first "-- name:"')
    if query:
        queries.append(finish(path, query, body))
    if not queries:
        raise Wrong(path, 1, 'there is no "-- name:" line')
    for name, kinds in seen.items():
        if 'postgres' in kinds and 'sqlite' not in kinds:
            raise Wrong(path, kinds['postgres'], f'{name} (postgres) has no (sqlite) beside it')
    return queries


def c_query(query):
    out = ['/* ' + '\n * '.join(query.comment) + ' */' if len(query.comment) > 1 else f'/* {query.comment[0]} */']
    out.append(f'__attribute__((unused)) static const struct query {query.c_name()} = {{')
    out.append(f'    .name = "{query.name}",')
    text = [c_string(line + ('' if i == len(query.lines) - 1 else '\n')) for i, line in enumerate(query.lines)]
    out.append('    .text = ' + '\n            '.join(text) + ',')
    if query.params:
        out.append('    .params = (const char *const[]){ ' + ', '.join(f'"{p}"' for p in query.params) + ' },')
        out.append(f'    .param_count = {len(query.params)},')
    if query.options:
        out.append('    .options = (const struct query_option[]){')
        out += [f'        {{ "{param}", {c_string(text)} }},' for param, text in query.options]
        out.append('    },')
        out.append(f'    .option_count = {len(query.options)},')
    out.append('};')
    return '\n'.join(out) + '\n'


def c_text(text, indent):
    lines = text.rstrip('\n').split('\n')
    return ('\n' + indent).join(c_string(line + '\n') for line in lines)


def c_migration(path, text):
    number, name = MIGRATION.match(os.path.basename(path)).groups()
    kind = os.path.basename(os.path.dirname(os.path.abspath(path)))
    whole = f'{kind}_{number}_{name}'
    if int(number) == 0:
        raise Wrong(path, 1, 'migrations count from 0001')
    if not text.strip():
        raise Wrong(path, 1, 'there is no SQL')
    for match in TOKEN.finditer(text):
        if match.lastgroup in ('unclosed', 'param', 'foreign'):
            raise Wrong(path, text.count('\n', 0, match.start()) + 1, f'{match.group()} does not belong in a migration')
    return (f'__attribute__((unused)) static const char migration_{whole}[] =\n    {c_text(text, "    ")};\n'
            f'#define MIGRATION_{whole.upper()} {{ {int(number)}, "{name}", migration_{whole} }}\n')


def main(args):
    if len(args) != 2:
        raise SystemExit('usage: sqlc.py IN.sql OUT.h')
    source, target = args
    text = read(source)
    if MIGRATION.match(os.path.basename(source)):
        made = c_migration(source, text)
    else:
        made = '\n'.join(c_query(query) for query in parse(source, text))
    write(target, made_by('sqlc.py', source) + '#pragma once\n#include "store/store.h"\n\n' + made)


if __name__ == '__main__':
    run(main)
