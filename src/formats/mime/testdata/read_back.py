"""read_back.py MAIL WANT: does the mail, read by another program, say what WANT says? WANT: lines "Field: value", an empty
line, the body. A field of WANT that is "-" must be missing. The body is compared with line ends as LF."""
import email, email.policy, sys

mail = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.default)
head, body = open(sys.argv[2], encoding='utf-8', newline='').read().split('\n\n', 1)
part = mail
if mail.get_content_type() == 'multipart/encrypted':
    parts = list(mail.iter_parts())
    assert [p.get_content_type() for p in parts] == ['application/pgp-encrypted', 'application/octet-stream'], parts
    assert parts[0].get_payload(decode=True).strip() == b'Version: 1', parts[0]
    part = parts[1]
for line in head.split('\n'):
    name, want = line.split(': ', 1)
    values = [str(v) for v in mail.get_all(name, [])]
    assert values == ([] if want == '-' else [want]), (name, values, want)
got = part.get_payload(decode=True).decode('utf-8').replace('\r\n', '\n')
assert got.rstrip('\n') == body.rstrip('\n'), (got, body)
assert not mail.defects, mail.defects
raw = open(sys.argv[1], 'rb').read()
lines = raw.split(b'\r\n')
assert b'\n' not in b''.join(lines) and b'\r' not in b''.join(lines), 'a bare CR or LF'
assert max(map(len, lines)) <= 998 and max(map(len, raw.split(b'\r\n\r\n')[0].split(b'\r\n'))) <= 300, 'a line too long'
assert not any(l.startswith(b'.') or l.startswith(b'From ') for l in lines), 'a line that a mail server changes'
