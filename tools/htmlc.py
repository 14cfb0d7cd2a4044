#!/usr/bin/python3
"""htmlc.py IN.html OUT.h OUT.c INCLUDE_NAME: a template becomes C functions that write a page (faces/html/html.h).

{% include "faces/desk/show.h" %}            first: the header of the view structs
{% page case_page(const struct view *v) %}   void case_page(struct page *page, const struct view *v), up to the next page
{{ v->title }}                               escaped by where it stands and what it is
{{ url v->link }}                            a whole URL in href, src, action
{% base %} {% token %} {% lang %}            "/en" or "", the form token's field, "ja" or "en"
{% stylesheet "report.css" %}                a file of web/ as a <style>, for documents that must need nothing else
{% tr "Publish" %} {% tr "{n} cases" n=v->n_text %} {% tr v->msgid %}
{% if c %} {% elif c %} {% else %} {% end %} {% for x in v->list %} {% for i, x in v->list %} {% end %}
{% let x = e %} {% call badge(v->status) %} {# remark #}
"""
import re

from common import Wrong, c_string, made_by, read, run, write
from markup import Markup
from template import pieces, places, sentence

CHUNK = 2000  # bytes of one literal: compilers need only take 4095
WRITER = {'text': 'html_text', 'only': 'html_attr', 'attribute': 'html_attr', 'url': 'html_url_part'}
IDENTIFIER = r'[A-Za-z_]\w*'


class Block:
    def __init__(self, piece, before):
        self.piece, self.before, self.ends, self.has_else = piece, before, [], False


class Compiler:
    def __init__(self, path):
        self.path = path
        self.includes, self.declarations, self.out = [], [], []
        self.static = ''
        self.depth = 0
        self.blocks = []
        self.markup = None
        self.page = None

    def wrong(self, piece, what):
        raise Wrong(self.path, piece.line, what)

    # What is written

    def flush(self):
        text, self.static = self.static, ''
        while text:
            cut = len(text.encode()[:CHUNK].decode(errors='ignore'))
            lines = re.findall(r'[^\n]*\n|[^\n]+', text[:cut])
            indent = '    ' * self.depth
            joined = f'\n{indent}                      '.join(c_string(line) for line in lines)
            self.out.append(f'{indent}html_static(page, STR({joined}));')
            text = text[cut:]

    def code(self, piece, text):
        self.flush()
        self.out.append(f'#line {piece.line} {c_string(self.path)}')
        self.out.append('    ' * self.depth + text)

    # Pages

    def begin_page(self, piece):
        self.end_page()
        match = re.fullmatch(rf'({IDENTIFIER})\s*\((.*)\)', piece.text, re.S)
        if not match:
            self.wrong(piece, 'a page is written {% page name(type parameter, ...) %}')
        parameters = ' '.join(match[2].split())
        if parameters == 'void':
            parameters = ''
        head = f'void {match[1]}(struct page *page{", " + parameters if parameters else ""})'
        self.declarations.append(head + ';')
        self.out += ['', f'#line {piece.line} {c_string(self.path)}', head, '{']
        if not parameters:
            self.out.append('    (void)page;')
        self.depth = 1
        self.page = piece
        self.markup = Markup(self.path)

    def end_page(self):
        if not self.page:
            return
        if self.blocks:
            self.wrong(self.blocks[-1].piece, f'no {{% end %}} closes this {self.blocks[-1].piece.word}')
        if self.markup.state != 'text':
            self.wrong(self.page, f'the page ends {self.markup.where()}')
        self.static = self.static.rstrip()
        self.flush()
        self.out.append('}')
        self.page = None

    def compile(self, source):
        for piece in pieces(self.path, source):
            if piece.kind == 'tag' and piece.word == 'include':
                self.include(piece)
            elif piece.kind == 'tag' and piece.word == 'page':
                self.begin_page(piece)
            elif not self.page:
                if piece.kind != 'text' or piece.text.strip():
                    first = re.search(r'\S', piece.text) if piece.kind == 'text' else None
                    piece.line += piece.text.count('\n', 0, first.start()) if first else 0
                    self.wrong(piece, 'this stands before the first {% page %}')
            elif piece.kind == 'text':
                self.static += self.markup.feed(piece.text, piece.line)
            else:
                self.markup.line = piece.line
                self.value(piece) if piece.kind == 'value' else self.tag(piece)
        if not self.declarations:
            raise Wrong(self.path, 1, 'there is no {% page %}')
        self.end_page()

    def include(self, piece):
        if self.page:
            self.wrong(piece, '{% include %} stands before the first {% page %}')
        if not re.fullmatch(r'"[\w./-]+\.h"', piece.text):
            self.wrong(piece, 'an include is written {% include "room/header.h" %}')
        self.includes.append(piece.text)

    # Values

    def value(self, piece):
        url = re.fullmatch(r'url\s+(\S.*)', piece.text, re.S)
        place = self.markup.place('a value')
        if url and place != 'url':
            self.wrong(piece, f'{{{{ url }}}} stands in href, src, action, not {self.markup.where()}')
        if url and self.markup.url != '':
            self.wrong(piece, '{{ url }} is a whole URL; something stands before it')
        if place == 'url' and not url and self.markup.url in ('', 'base'):
            if self.markup.url == 'base':
                self.wrong(piece, 'a / follows {% base %}')
            self.wrong(piece, f'{self.markup.attribute} starts with a value; write {{{{ url x }}}}, or {{% base %}}/ before it')
        if place == 'url' and self.markup.url == 'whole':
            self.wrong(piece, 'nothing but a #fragment follows {{ url }}')
        if url:
            self.markup.url = 'whole'
            self.code(piece, f'html_url(page, {url[1]});')
            return
        if place == 'url':
            self.markup.url = 'begun'
        self.code(piece, f'{WRITER[place]}(page, {piece.text});')

    # Tags

    def tag(self, piece):
        method = getattr(self, 'tag_' + piece.word, None)
        if not method:
            self.wrong(piece, f'{{% {piece.word} %}} is not known')
        method(piece)

    def bare(self, piece):
        if piece.text:
            self.wrong(piece, f'nothing follows {piece.word}')

    def need(self, piece, what):
        if not piece.text:
            self.wrong(piece, f'{{% {piece.word} %}} needs {what}')
        return piece.text

    def tag_tr(self, piece):
        place = self.markup.place('a sentence')
        if place == 'url':
            self.wrong(piece, 'a sentence in a URL')
        msgid, rest = sentence(self.path, piece.line, self.need(piece, 'a sentence'))
        writer = WRITER[place]
        if msgid is None:
            self.code(piece, f'{writer}(page, tr(page->lang, {piece.text}));')
            return
        args = self.arguments(piece, rest)
        names = [name for name, _ in args]
        if len(names) != len(set(names)):
            self.wrong(piece, 'a place is filled twice')
        for name in sorted(places(msgid) - set(names)):
            self.wrong(piece, f'the sentence has the place {{{name}}}, nothing fills it')
        for name in names:
            if name not in places(msgid):
                self.wrong(piece, f'the sentence has no place {{{name}}}')
        if not args:
            self.code(piece, f'{writer}(page, tr(page->lang, {c_string(msgid)}));')
            return
        filled = ', '.join(f'{{ "{name}", {value} }}' for name, value in args)
        self.code(piece, f'{writer}(page, tr_fill(page->arena, page->lang, {c_string(msgid)}, TR_ARGS({filled})));')

    def arguments(self, piece, text):
        """name=value name=value: values reach to the next name= outside of brackets and strings."""
        starts = []
        depth = 0
        for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[(\[{]|[)\]}]|(?:(?<=\s)|^)([a-z_][a-z0-9_]*)=(?!=)', text):
            if match.group() in ('(', '[', '{'):
                depth += 1
            elif match.group() in (')', ']', '}'):
                depth -= 1
            elif match[1] and depth == 0:
                starts.append(match)
        if text and (not starts or starts[0].start() != 0):
            self.wrong(piece, 'behind a sentence stands place=value')
        ends = [match.start() for match in starts[1:]] + [len(text)]
        out = [(match[1], text[match.end():end].strip()) for match, end in zip(starts, ends)]
        for name, value in out:
            if not value:
                self.wrong(piece, f'{name}= has no value')
        return out

    def tag_base(self, piece):
        self.bare(piece)
        if self.markup.place('{% base %}') == 'url':
            if self.markup.url != '':
                self.wrong(piece, '{% base %} stands at the start of a URL')
            self.markup.url = 'base'
        self.code(piece, 'html_base(page);')

    def tag_lang(self, piece):
        self.bare(piece)
        if self.markup.place('{% lang %}') == 'url':
            if self.markup.url in ('', 'base', 'whole'):
                self.wrong(piece, '{% lang %} does not start or follow a whole URL')
            self.markup.url = 'begun'
        self.code(piece, 'html_lang(page);')

    def tag_token(self, piece):
        self.bare(piece)
        if self.markup.place('{% token %}') != 'text':
            self.wrong(piece, f'{{% token %}} stands between tags, not {self.markup.where()}')
        self.code(piece, 'html_token(page);')

    def tag_stylesheet(self, piece):
        if self.markup.place('{% stylesheet %}') != 'text':
            self.wrong(piece, f'{{% stylesheet %}} stands between tags, not {self.markup.where()}')
        if not re.fullmatch(r'"[\w.-]+\.css"', piece.text):
            self.wrong(piece, 'a style sheet is written {% stylesheet "name.css" %}')
        self.code(piece, f'html_stylesheet(page, {piece.text});')

    def tag_call(self, piece):
        if self.markup.place('{% call %}') != 'text':
            self.wrong(piece, f'{{% call %}} stands between tags, not {self.markup.where()}')
        match = re.fullmatch(rf'({IDENTIFIER})\s*\((.*)\)', self.need(piece, 'a page'), re.S)
        if not match:
            self.wrong(piece, 'a call is written {% call page(arguments) %}')
        rest = match[2].strip()
        self.code(piece, f'{match[1]}(page{", " + rest if rest else ""});')

    def tag_let(self, piece):
        match = re.fullmatch(rf'({IDENTIFIER})\s*=(?!=)\s*(.+)', piece.text, re.S)
        if not match:
            self.wrong(piece, 'let is written {% let name = value %}')
        self.markup.settle()
        self.code(piece, f'const __auto_type {match[1]} = {match[2]};')

    def open(self, piece):
        self.markup.settle()
        self.blocks.append(Block(piece, self.markup.copy()))

    def tag_if(self, piece):
        condition = self.need(piece, 'a condition')
        self.open(piece)
        self.code(piece, f'if ({condition}) {{')
        self.depth += 1

    def tag_for(self, piece):
        match = re.fullmatch(rf'(?:({IDENTIFIER})\s*,\s*)?({IDENTIFIER})\s+in\s+(\S.*)', piece.text, re.S)
        if not match:
            self.wrong(piece, 'for is written {% for x in list %} or {% for i, x in list %}')
        self.open(piece)
        index, name, items = match[1] or f'{match[2]}_i_', match[2], match[3]
        self.code(piece, f'for (size_t {index} = 0; {index} < ({items}).len; {index}++) {{')
        self.depth += 1
        self.out.append('    ' * self.depth + f'const __typeof__(*({items}).at) *{name} = &({items}).at[{index}];')
        self.out.append('    ' * self.depth + f'(void){name};')

    def branch(self, piece):
        """Ends a branch of the innermost if; the next one starts where it started."""
        if not self.blocks or self.blocks[-1].piece.word != 'if':
            self.wrong(piece, f'{{% {piece.word} %}} without an if')
        block = self.blocks[-1]
        if block.has_else:
            self.wrong(piece, f'{{% {piece.word} %}} behind an else')
        self.markup.settle()
        block.ends.append(self.markup)
        self.markup = block.before.copy()
        self.flush()
        self.depth -= 1
        return block

    def tag_elif(self, piece):
        condition = self.need(piece, 'a condition')
        self.branch(piece)
        self.code(piece, f'}} else if ({condition}) {{')
        self.depth += 1

    def tag_else(self, piece):
        self.bare(piece)
        self.branch(piece).has_else = True
        self.code(piece, '} else {')
        self.depth += 1

    def tag_end(self, piece):
        self.bare(piece)
        if not self.blocks:
            self.wrong(piece, '{% end %} without an if or for')
        block = self.blocks.pop()
        self.markup.settle()
        others = block.ends + ([] if block.has_else else [block.before])
        for other in others:
            if not self.markup.same_place(other):
                self.wrong(piece, f'the ways through the {block.piece.word} of line {block.piece.line} end in different places:'
                                  f' {other.where()}, and {self.markup.where()}')
            self.markup.merge(other)
        self.flush()
        self.depth -= 1
        self.out.append('    ' * self.depth + '}')


def main(args):
    if len(args) != 4:
        raise SystemExit('usage: htmlc.py IN.html OUT.h OUT.c INCLUDE_NAME')
    source, header, code, include = args
    compiler = Compiler(source)
    compiler.compile(read(source))
    made = made_by('htmlc.py', source)
    includes = ''.join(f'#include {name}\n' for name in ['"faces/html/html.h"'] + compiler.includes)
    write(header, made + '#pragma once\n' + includes + '\n' + '\n'.join(compiler.declarations) + '\n')
    write(code, made + f'#include "{include}"\n' + '\n'.join(compiler.out) + '\n')


if __name__ == '__main__':
    run(main)
