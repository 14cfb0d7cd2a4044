"""Where in HTML we are: follows static markup and says what may be put in at a place."""
import copy
import re

from common import Wrong

URL_ATTRIBUTES = {'href', 'src', 'action', 'formaction', 'poster', 'cite', 'data', 'xlink:href'}
# Values that hold markup, code or several URLs: no escaping of ours is made for them.
CLOSED_ATTRIBUTES = {'srcset', 'srcdoc', 'ping', 'http-equiv', 'imagesrcset', 'attributename', 'from', 'to', 'values'}
SCHEMES = {'http', 'https', 'mailto', 'tel'}
TEXT_ONLY = {'title', 'textarea'}  # elements in which a browser reads entities, but no tags
RAW = {'iframe', 'noembed', 'noframes', 'noscript', 'plaintext', 'xmp', 'listing'}

WHERE = {
    'text': 'between tags', 'only': 'in <title> or <textarea>', 'script': 'in a <script>', 'open': 'behind a <',
    'name': 'in a tag\'s name', 'attributes': 'between attributes', 'attribute': 'in an attribute\'s name',
    'equals': 'before an attribute\'s value', 'value': 'in an attribute\'s value', 'end': 'in an end tag',
    'comment': 'in a comment', 'doctype': 'in the doctype',
}


class Markup:
    def __init__(self, path):
        self.path = path
        self.line = 0
        self.state = 'text'
        self.tag = ''         # the element whose tag or text we are in
        self.attribute = ''
        self.quote = ''
        self.url = ''         # of a URL's value: '', 'base', 'static', 'begun', 'whole'
        self.start = ''       # what static text a URL starts with
        self.has_src = False
        self.word = ''        # letters read so far of a name or of an end
        self.spaced = True    # a blank stood before the next attribute

    def copy(self):
        return copy.copy(self)

    def wrong(self, what):
        raise Wrong(self.path, self.line, what)

    def where(self):
        if self.state == 'value':
            return f'in the value of {self.attribute}'
        return WHERE[self.state]

    def same_place(self, other):
        return self.matter() == other.matter()

    def matter(self):
        if self.state == 'text':
            return self.state
        if self.state == 'value':
            return self.state, self.tag, self.attribute, self.quote
        return self.state, self.tag

    def merge(self, other):
        """After a branch: what is not sure of both is not sure."""
        if self.url != other.url:
            self.url = 'base' if 'base' in (self.url, other.url) else '' if '' in (self.url, other.url) else 'begun'
        self.spaced = self.spaced and other.spaced
        self.has_src = self.has_src and other.has_src

    def settle(self):
        """Before a control tag: a name that has ended is ended."""
        if self.state == 'name':
            self.end_tag_name()
            self.spaced = False
        elif self.state == 'attribute':
            self.end_attribute_name()
            self.state, self.spaced = 'attributes', False
        elif self.state == 'value':
            self.check_url_start()
        if self.state not in ('text', 'only', 'attributes', 'value'):
            self.wrong(f'a tag {self.where()}')

    def place(self, what):
        """The place of something put in: 'text', 'only', 'attribute', 'url'; refuses where there is no escaping."""
        if self.state in ('text', 'only'):
            return self.state
        if self.state != 'value':
            hint = '; quote the attribute' if self.state == 'equals' else ''
            self.wrong(f'{what} {self.where()} cannot be escaped{hint}')
        if self.attribute in CLOSED_ATTRIBUTES:
            self.wrong(f'{what} {self.where()} cannot be escaped')
        if self.attribute in URL_ATTRIBUTES:
            self.check_url_start()
            return 'url'
        return 'attribute'

    def check_url_start(self):
        if self.attribute in URL_ATTRIBUTES and self.url == 'static':
            scheme = re.match(r'\s*([^/?#:]*):', self.start)
            if scheme and scheme[1].lower() not in SCHEMES:
                self.wrong(f'{self.attribute} has the scheme "{scheme[1]}:"; allowed are {", ".join(sorted(SCHEMES))}')
            if self.start.startswith('//'):
                self.wrong(f'{self.attribute} starts with "//"; write the scheme')

    def feed(self, text, line):
        """Follows static text. Gives the text to print (a <textarea> gets the line end that browsers drop)."""
        out = []
        for i, char in enumerate(text):
            self.line = line
            getattr(self, 'in_' + self.state)(char)
            out.append(char)
            if char == '>' and self.state == 'only' and self.tag == 'textarea' and text[i + 1:i + 2] != '\n':
                out.append('\n')
            if char == '\n':
                line += 1
        return ''.join(out)

    def in_text(self, char):
        if char == '<':
            self.state, self.word = 'open', ''

    def in_open(self, char):
        if char.isascii() and char.isalpha():
            self.state, self.word = 'name', char
        elif char == '/':
            self.state, self.word = 'end', ''
        elif char == '!':
            self.state, self.word = 'doctype', ''
        else:
            self.wrong('a < that opens no tag; write &lt;')

    def in_doctype(self, char):
        self.word += char
        if self.word == '--':
            self.state, self.word = 'comment', ''
        elif char == '>':
            self.state = 'text'

    def in_comment(self, char):
        self.word = (self.word + char)[-3:]
        if self.word == '-->':
            self.state = 'text'

    def in_end(self, char):
        if char == '>':
            self.state = 'text'
        elif char == '<':
            self.wrong('an end tag that is not closed')

    def end_tag_name(self):
        self.tag = self.word.lower()
        self.state, self.has_src, self.spaced = 'attributes', False, True
        if self.tag == 'style':
            self.wrong('<style>: styles are files, the content security policy allows no others')
        if self.tag in RAW:
            self.wrong(f'<{self.tag}> is not supported')

    def in_name(self, char):
        if char.isspace() or char in '/>':
            self.end_tag_name()
            self.in_attributes(char)
        elif char.isascii() and (char.isalnum() or char in '-:'):
            self.word += char
        else:
            self.wrong(f'"{char}" in a tag\'s name')

    def in_attributes(self, char):
        if char == '>':
            self.close_tag()
        elif char.isspace() or char == '/':
            self.spaced = True
        elif char in '"\'<=':
            self.wrong(f'a {char} between attributes')
        else:
            if not self.spaced:
                self.wrong('a blank is missing before an attribute')
            self.state, self.word = 'attribute', char

    def end_attribute_name(self):
        self.attribute = self.word.lower()
        if self.attribute == 'style':
            self.wrong('style="": styles are files, the content security policy allows no others')
        if self.attribute.startswith('on'):
            self.wrong(f'{self.attribute}="": scripts are files, the content security policy allows no others')
        if self.attribute == 'src':
            self.has_src = True

    def in_attribute(self, char):
        if char == '=':
            self.end_attribute_name()
            self.state, self.url, self.start = 'equals', '', ''
        elif char.isspace() or char in '/>':
            self.end_attribute_name()
            self.state, self.spaced = 'attributes', True
            self.in_attributes(char)
        elif char in '"\'<':
            self.wrong(f'a {char} in an attribute\'s name')
        else:
            self.word += char

    def in_equals(self, char):
        if char not in '"\'':
            self.wrong(f'the value of {self.attribute} is not quoted')
        self.state, self.quote = 'value', char

    def in_value(self, char):
        if char == self.quote:
            self.check_url_start()
            if self.url == 'base':
                self.wrong('a / follows {% base %}')
            self.state, self.spaced, self.quote = 'attributes', False, ''
        elif self.attribute in URL_ATTRIBUTES:
            self.in_url(char)

    def in_url(self, char):
        if self.url == 'base' and char != '/':
            self.wrong('a / follows {% base %}')
        if self.url == 'whole' and char != '#':
            self.wrong('nothing but a #fragment follows {{ url }}')
        if self.url in ('base', 'whole'):
            self.url = 'begun'
        elif self.url == '':
            self.url = 'static'
        if self.url == 'static':
            self.start += char

    def close_tag(self):
        self.state = 'text'
        if self.tag == 'script':
            if not self.has_src:
                self.wrong('<script> without src: scripts are files, the content security policy allows no others')
            self.state, self.word = 'script', ''
        elif self.tag in TEXT_ONLY:
            self.state, self.word = 'only', ''

    def in_script(self, char):
        self.word += char
        whole = '</script>'
        if not self.word.lstrip().lower() == whole[:len(self.word.lstrip())]:
            self.wrong('text in a <script>: scripts are files, the content security policy allows no others')
        if self.word.lstrip().lower() == whole:
            self.state = 'text'

    def in_only(self, char):
        self.word = (self.word + char)[-(len(self.tag) + 3):]
        if self.word.lower() == f'</{self.tag}>':
            self.state = 'text'
