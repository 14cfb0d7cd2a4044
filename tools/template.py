"""The pieces of a template: text, {{ value }} and {% tag %}, each with its line; {# remarks #} fall away."""
import re
from dataclasses import dataclass

from common import Wrong, c_string_value

STRING = r'"(?:[^"\\\n]|\\.)*"'
INSIDE = re.compile(STRING + r"|'(?:[^'\\\n]|\\.)+'|[^\"']")
SENTENCE = re.compile(rf'(?:{STRING}\s*)+')
PLACE = re.compile(r'\{([a-z_][a-z0-9_]*)\}')
# Tags that print nothing: alone on a line, the whole line falls away.
SILENT = ('page', 'include', 'if', 'elif', 'else', 'for', 'end', 'let')


@dataclass
class Piece:
    kind: str  # 'text', 'value', 'tag'
    text: str  # of a tag: what follows its word
    line: int
    word: str = ''


def close_of(path, source, at, close, line):
    """Where close stands behind at, outside of string literals."""
    i = at
    while i < len(source):
        if source.startswith(close, i):
            return i
        match = INSIDE.match(source, i)
        if not match:
            break
        i = match.end()
    raise Wrong(path, line, f'no {close} closes this')


def alone(source, start, end):
    """The range of the whole line when nothing else stands on it, else None."""
    line_start = source.rfind('\n', 0, start) + 1
    rest = re.compile(r'[ \t]*(?:\n|$)').match(source, end)
    if source[line_start:start].strip(' \t') or not rest:
        return None
    return line_start, rest.end()


def pieces(path, source):
    out = []
    at = 0
    while at < len(source):
        start = re.compile(r'\{\{|\{%|\{#').search(source, at)
        if not start:
            break
        line = source.count('\n', 0, start.start()) + 1
        opener = start.group()
        if opener == '{#':
            end = source.find('#}', start.end())
            if end < 0:
                raise Wrong(path, line, 'no #} closes this')
        else:
            end = close_of(path, source, start.end(), {'{{': '}}', '{%': '%}'}[opener], line)
        inner = source[start.end():end].strip()
        word = inner.split(None, 1)[0] if inner and opener == '{%' else ''
        cut, follow = start.start(), end + 2
        if opener == '{#' or word in SILENT:
            cut, follow = alone(source, cut, follow) or (cut, follow)
        if cut > at:
            out.append(Piece('text', source[at:cut], source.count('\n', 0, at) + 1))
        if opener == '{{':
            if not inner:
                raise Wrong(path, line, '{{ }} is empty')
            out.append(Piece('value', inner, line))
        elif opener == '{%':
            if not inner:
                raise Wrong(path, line, '{% %} is empty')
            out.append(Piece('tag', inner[len(word):].strip(), line, word))
        at = follow
    if at < len(source):
        out.append(Piece('text', source[at:], source.count('\n', 0, at) + 1))
    return out


def sentence(path, line, text):
    """The sentence a text starts with (adjacent literals are one) and what follows it; None without one."""
    match = SENTENCE.match(text)
    if not match:
        return None, text
    literals = re.findall(STRING, match.group())
    return ''.join(c_string_value(s, path, line) for s in literals), text[match.end():].strip()


def places(text):
    return set(PLACE.findall(text))
