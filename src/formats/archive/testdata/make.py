#!/usr/bin/python3
"""make.py DIR: packed files for archive_test.c. Each holds the texts of `files`, or its name says what is wrong with it."""
import gzip
import io
import lzma
import os
import sys
import tarfile
import zipfile

files = {'a.json': b'{"a":1}\n', 'folder/b.json': b'{"b":2}\n' * 5000, 'empty': b'',
         'x' * 120 + '/' + 'y' * 90 + '.json': b'long\n'}


class Pipe(io.RawIOBase):
    """Cannot be rewound: zipfile then writes lengths behind each file."""

    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def partly():
    """Two files whose packing is damaged, between those that are whole."""
    out = io.BytesIO()
    packed = gzip.compress(b'x' * 5000)
    with tarfile.open(fileobj=out, mode='w') as t:
        for name, data in {'a': b'first', 'b.gz': packed[:-8] + b'12345678', 'c': b'second', 'd.xz': b'\xfd7zXZ\0' + b'junk' * 9, 'e': b'third'}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tar(form, **kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=form) as t:
        folder = tarfile.TarInfo('folder')
        folder.type = tarfile.DIRTYPE
        t.addfile(folder)
        link = tarfile.TarInfo('link')
        link.type, link.linkname = tarfile.SYMTYPE, '/etc/passwd'
        t.addfile(link)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(method, stream=False, large=False):
    out = io.BytesIO()
    with zipfile.ZipFile(Pipe(out) if stream else out, 'w', method) as z:
        z.writestr(zipfile.ZipInfo('folder/'), b'')
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with z.open(info, 'w', force_zip64=large) as member:
                member.write(data)
    return out.getvalue()


def main(folder):
    pax, gnu = tar(tarfile.PAX_FORMAT), tar(tarfile.GNU_FORMAT)
    deflated = zipped(zipfile.ZIP_DEFLATED)
    flagged = bytearray(deflated)
    flagged[6] |= 1
    wrong_sum = bytearray(deflated)
    at = wrong_sum.index(b'PK\3\4', 4)
    wrong_sum[at + 14] ^= 1
    inner = gzip.compress(b'x')
    for _ in range(8):
        inner = gzip.compress(inner)
    made = {
        'good.pax.tar': pax, 'good.gnu.tar': gnu, 'good.tar.gz': gzip.compress(pax),
        'good.tar.xz': lzma.compress(gnu), 'good.deflated.zip': deflated,
        'good.stored.zip': zipped(zipfile.ZIP_STORED), 'good.stream.zip': zipped(zipfile.ZIP_DEFLATED, stream=True),
        'good.large.zip': zipped(zipfile.ZIP_DEFLATED, large=True),
        'one.gz': gzip.compress(b'hello '[:3]) + gzip.compress(b'lo there'), 'one.xz': lzma.compress(b'hello there'),
        'one.plain': b'hello there', 'one.twice.gz': gzip.compress(lzma.compress(b'hello there')),
        'wrong.cut.tar': pax[:2000], 'wrong.cut.gz': gzip.compress(os.urandom(1000))[:500],
        'wrong.cut.zip': deflated[:60], 'wrong.encrypted.zip': bytes(flagged), 'wrong.sum.zip': bytes(wrong_sum),
        'wrong.bzip2.zip': zipped(zipfile.ZIP_BZIP2), 'wrong.sum.gz': gzip.compress(b'hello')[:-8] + b'12345678',
        'wrong.header.tar': pax[:512] + b'junk' * 128 + pax[1024:],
        'partly.tar': partly(), 'partly.tar.gz': gzip.compress(partly()),
        'large.bomb.gz': gzip.compress(bytes(200 << 20), 9), 'large.layers.gz': inner,
        'large.bomb.zip': zip_bomb(), 'large.many.tar': many(),
    }
    for name, data in made.items():
        with open(os.path.join(folder, name), 'wb') as out:
            out.write(data)


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        z.writestr('zeros', bytes(200 << 20))
    return out.getvalue()


def many():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w') as t:
        for i in range(200):
            t.addfile(tarfile.TarInfo(str(i)))
    return out.getvalue()


if __name__ == '__main__':
    main(sys.argv[1])
