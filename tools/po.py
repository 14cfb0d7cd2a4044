"""Reads gettext's .po files."""
import re

from common import Wrong, c_string_value, read
from template import places

ENTRY = re.compile(r'(msgid|msgstr)\s+("(?:[^"\\]|\\.)*")\s*$')
MORE = re.compile(r'("(?:[^"\\]|\\.)*")\s*$')


class Entry:
    def __init__(self, path, line, msgid):
        self.path, self.line, self.msgid, self.msgstr = path, line, msgid, None


def parse(path):
    """The entries of one file, without its header; each is checked."""
    entries = []
    entry, field, fuzzy = None, None, False
    for number, text in enumerate(read(path).split('\n'), 1):
        line = text.strip()
        match, more = ENTRY.match(line), MORE.match(line)
        if line.startswith('#'):
            if line.startswith('#,') and re.search(r'\bfuzzy\b', line):
                fuzzy = number
            field = None
        elif not line:
            field = None
        elif match and match[1] == 'msgid':
            if entry and entry.msgstr is None:
                raise Wrong(path, entry.line, 'msgid without msgstr')
            entry = Entry(path, number, c_string_value(match[2], path, number))
            entries.append(entry)
            field = 'msgid'
            if fuzzy and entry.msgid:
                raise Wrong(path, fuzzy, 'a fuzzy translation; look at it and take the mark away')
            fuzzy = False
        elif match:
            if not entry or entry.msgstr is not None:
                raise Wrong(path, number, 'msgstr without msgid')
            entry.msgstr = c_string_value(match[2], path, number)
            field = 'msgstr'
        elif more and field:
            setattr(entry, field, getattr(entry, field) + c_string_value(more[1], path, number))
        elif re.match(r'msgctxt|msgid_plural|msgstr\[', line):
            raise Wrong(path, number, f'{line.split()[0]} is not supported; write a whole sentence')
        else:
            raise Wrong(path, number, 'not a line of a .po file')
    if entry and entry.msgstr is None:
        raise Wrong(path, entry.line, 'msgid without msgstr')
    entries = [entry for entry in entries if entry.msgid]
    for entry in entries:
        check(entry)
    return entries


def check(entry):
    if not entry.msgstr:
        raise Wrong(entry.path, entry.line, f'"{entry.msgid}" has no translation')
    here, there = places(entry.msgid), places(entry.msgstr)
    for name in sorted(here - there):
        raise Wrong(entry.path, entry.line, f'the translation lacks the place {{{name}}}')
    for name in sorted(there - here):
        raise Wrong(entry.path, entry.line, f'the translation has a place {{{name}}} that the sentence has not')
    if entry.msgid.endswith('\n') != entry.msgstr.endswith('\n'):
        raise Wrong(entry.path, entry.line, 'sentence and translation do not both end with a line end')


def merge(paths):
    """msgid -> Entry of all files; the same sentence may stand in two files with one translation."""
    whole = {}
    for path in sorted(paths):
        mine = {}
        for entry in parse(path):
            if entry.msgid in mine:
                raise Wrong(path, entry.line, f'"{entry.msgid}" is already in line {mine[entry.msgid].line}')
            mine[entry.msgid] = entry
            other = whole.setdefault(entry.msgid, entry)
            if other.msgstr != entry.msgstr:
                raise Wrong(path, entry.line, f'"{entry.msgid}" is "{other.msgstr}" in {other.path}:{other.line}')
    return whole
