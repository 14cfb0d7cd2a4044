"""What the generators share: how they refuse, and how they write C."""
import os
import sys


class Wrong(Exception):
    """Something in an input that the author is to put right."""

    def __init__(self, path, line, what):
        super().__init__(f'{path}:{line}: {what}')


def run(main):
    """Calls main with the arguments; says what is wrong on one line and exits with 1."""
    try:
        sys.exit(main(sys.argv[1:]) or 0)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(1)


def read(path):
    try:
        with open(path, encoding='utf-8', newline='') as file:
            return file.read().replace('\r\n', '\n')
    except OSError as error:
        raise Wrong(path, 0, error.strerror) from error
    except UnicodeDecodeError as error:
        line = error.object[:error.start].count(b'\n') + 1
        raise Wrong(path, line, 'not UTF-8') from error


def write(path, text):
    with open(path, 'w', encoding='utf-8', newline='\n') as file:
        file.write(text)


def made_by(tool, path):
    return f'/* Made by tools/{tool} from {os.path.basename(path)}; changes go there. */\n'


def c_string(text):
    """A C string literal; no trigraphs, no escape that could run into the next character."""
    out = []
    for char in text:
        if char in '"\\':
            out.append('\\' + char)
        elif char == '\n':
            out.append('\\n')
        elif char == '?' and out and out[-1] == '?':
            out.append('\\?')
        elif ord(char) < 32 or ord(char) == 127:
            out.append(f'\\{ord(char):03o}')
        else:
            out.append(char)
    return '"' + ''.join(out) + '"'


def c_string_value(literal, path, line):
    """What a C or gettext string literal, quotes included, stands for."""
    simple = {'n': '\n', 't': '\t', 'r': '\r', '\\': '\\', '"': '"', "'": "'", '?': '?'}
    out = []
    i = 1
    while i < len(literal) - 1:
        if literal[i] == '\\':
            i += 1
            if literal[i] not in simple:
                raise Wrong(path, line, f'the escape \\{literal[i]} is not known in a sentence')
            out.append(simple[literal[i]])
        else:
            out.append(literal[i])
        i += 1
    return ''.join(out)
