"""tools/htmlc.py: what it makes, and what it refuses."""
import unittest

from support import ToolTest

PAGE = '{% page p(const struct view *v) %}'


class Htmlc(ToolTest):
    def make(self, name='show.html'):
        self.copy('view.h')
        self.succeed('htmlc.py', name, name + '.h', name + '.c', name + '.h')

    def test_a_template_becomes_functions_that_compile(self):
        self.copy('show.html')
        self.make()
        self.golden('show.html.want', self.get('show.html.h') + self.get('show.html.c'))
        self.assertEqual(self.compile('show.html.c'), (True, ''))

    def test_only_typed_values_compile(self):
        # conventions 9: a char * or any other struct does not compile, HTML stands between tags alone.
        for markup, compiles in [('{{ v->title }}', True), ('{{ v->body }}', True), ('{{ v->id }}', True),
                                 ('<p title="{{ v->title }}">', True), ('{{ v->label }}', False), ('{{ *v }}', False),
                                 ('<p title="{{ v->body }}">', False), ('<title>{{ v->body }}</title>', False),
                                 ('<a href="/{{ v->body }}">', False), ('<a href="{{ url v->body }}">', False),
                                 ('<a href="{{ url v->id }}">', False)]:
            with self.subTest(markup):
                self.put('t.html', '{% include "view.h" %}\n' + PAGE + '\n' + markup + '\n')
                self.make('t.html')
                self.assertEqual(self.compile('t.html.c')[0], compiles)

    def test_long_text_stands_in_pieces_every_compiler_takes(self):
        self.put('t.html', PAGE.replace('const struct view *v', '') + 'あ' * 3000)
        self.make('t.html')
        text = self.get('t.html.c')
        self.assertEqual(text.count('あ'), 3000)
        self.assertEqual(self.compile('t.html.c', '-Woverlength-strings'), (True, ''))

    def test_what_cannot_be_escaped_is_refused(self):
        csp = 'are files, the content security policy allows no others'
        cases = [
            ('<script>{{ x }}</script>', f'<script> without src: scripts {csp}'),
            ('<script>a()</script>', f'<script> without src: scripts {csp}'),
            ('<script src="/a.js">a()</script>', f'text in a <script>: scripts {csp}'),
            ('<script src="/a.js">{{ x }}</script>', 'a value in a <script> cannot be escaped'),
            ('<style>p {}</style>', f'<style>: styles {csp}'),
            ('<p style="x">', f'style="": styles {csp}'),
            ('<p {% if x %}STYLE="x"{% end %}>', f'style="": styles {csp}'),
            ('<p onclick="x">', f'onclick="": scripts {csp}'),
            ('<p title={{ x }}>', 'a value before an attribute\'s value cannot be escaped; quote the attribute'),
            ('<p title=x>', 'the value of title is not quoted'),
            ('<p {{ x }}>', 'a value between attributes cannot be escaped'),
            ('<p a{{ x }}="1">', 'a value in an attribute\'s name cannot be escaped'),
            ('<{{ x }}>', 'a value behind a < cannot be escaped'),
            ('<h{{ x }}>', 'a value in a tag\'s name cannot be escaped'),
            ('</h{{ x }}>', 'a value in an end tag cannot be escaped'),
            ('<!-- {{ x }} -->', 'a value in a comment cannot be escaped'),
            ('<img srcset="{{ x }}">', 'a value in the value of srcset cannot be escaped'),
            ('<iframe srcdoc="{{ x }}">', '<iframe> is not supported'),
            ('<a href="{{ x }}">', 'href starts with a value; write {{ url x }}, or {% base %}/ before it'),
            ('<form action="{% if a %}/b{% end %}{{ x }}">', 'action starts with a value; write {{ url x }}, or {% base %}/ before it'),
            ('<a href="{% base %}{{ x }}">', 'a / follows {% base %}'),
            ('<a href="{% base %}cases">', 'a / follows {% base %}'),
            ('<a href="/x{% base %}">', '{% base %} stands at the start of a URL'),
            ('<a href="/x{{ url y }}">', '{{ url }} is a whole URL; something stands before it'),
            ('<a href="{{ url y }}/x">', 'nothing but a #fragment follows {{ url }}'),
            ('<p title="{{ url y }}">', '{{ url }} stands in href, src, action, not in the value of title'),
            ('{{ url y }}', '{{ url }} stands in href, src, action, not between tags'),
            ('<a href="javascript:x">', 'href has the scheme "javascript:"; allowed are http, https, mailto, tel'),
            ('<a href="data:{{ x }}">', 'href has the scheme "data:"; allowed are http, https, mailto, tel'),
            ('<a href="//{{ x }}">', 'href starts with "//"; write the scheme'),
            ('<a href="/{% tr "x" %}">', 'a sentence in a URL'),
        ]
        self.check(cases)

    def test_what_is_not_whole_is_refused(self):
        self.check([
            ('{% if x %}', 'no {% end %} closes this if'),
            ('{% for x in y %}', 'no {% end %} closes this for'),
            ('{% end %}', '{% end %} without an if or for'),
            ('{% else %}', '{% else %} without an if'),
            ('{% if x %}{% else %}{% elif y %}{% end %}', '{% elif %} behind an else'),
            ('{% for x in y %}{% else %}{% end %}', '{% else %} without an if'),
            ('{% if x %}<p title="{% end %}', 'the ways through the if of line 1 end in different places:'
                                              ' between tags, and in the value of title'),
            ('<p {% if x %}a="1">{% else %}b="2"{% end %}', 'the ways through the if of line 1 end in different places:'
                                                            ' between tags, and between attributes'),
            ('{% for x in y %}<p {% end %}>', 'the ways through the for of line 1 end in different places:'
                                              ' between tags, and between attributes'),
            ('<p', 'the page ends in a tag\'s name'),
            ('<p title="', 'the page ends in the value of title'),
            ('{% raw x %}', '{% raw %} is not known'),
            ('{{ }}', '{{ }} is empty'),
            ('{% %}', '{% %} is empty'),
            ('{{ x', 'no }} closes this'),
            ('{# x', 'no #} closes this'),
            ('a < b', 'a < that opens no tag; write &lt;'),
            ('<p a="1"b="2">', 'a blank is missing before an attribute'),
            ('<p title="{% call x() %}">', '{% call %} stands between tags, not in the value of title'),
            ('<p title="{% token %}">', '{% token %} stands between tags, not in the value of title'),
            ('{% base x %}', 'nothing follows base'),
            ('{% call x %}', 'a call is written {% call page(arguments) %}'),
            ('{% for x %}{% end %}', 'for is written {% for x in list %} or {% for i, x in list %}'),
            ('{% let x %}', 'let is written {% let name = value %}'),
            ('{% include "x.h" %}', '{% include %} stands before the first {% page %}'),
            ('{% tr "{n} cases" %}', 'the sentence has the place {n}, nothing fills it'),
            ('{% tr "cases" n=x %}', 'the sentence has no place {n}'),
            ('{% tr "{n}" n=x n=y %}', 'a place is filled twice'),
            ('{% tr "{n}" n= %}', 'n= has no value'),
            ('{% tr "{n}" x %}', 'behind a sentence stands place=value'),
        ])

    def test_errors_name_the_line(self):
        self.put('t.html', '{# one\ntwo #}\n' + PAGE + '\n<p>\n<p title="\n{{ x }}">\n<p class={{ y }}>\n')
        self.refuse("t.html:7: a value before an attribute's value cannot be escaped; quote the attribute",
                    'htmlc.py', 't.html', 'h', 'c', 'i')
        self.put('t.html', '\n\nhello\n')
        self.refuse('t.html:3: this stands before the first {% page %}', 'htmlc.py', 't.html', 'h', 'c', 'i')
        self.put('t.html', '\n')
        self.refuse('t.html:1: there is no {% page %}', 'htmlc.py', 't.html', 'h', 'c', 'i')

    def check(self, cases):
        for markup, want in cases:
            with self.subTest(markup):
                self.put('t.html', PAGE + markup)
                self.refuse('t.html:1: ' + want, 'htmlc.py', 't.html', 'h', 'c', 'i')


if __name__ == '__main__':
    unittest.main()
