#!/usr/bin/python3
"""bench/names/run.py [BUILD]: CPE names and package URLs a second on one core, read, related and made canonical, and how that
compares with only looking for the separators in the same bytes, or only comparing the texts. BUILD is a release build: meson setup build-release
--buildtype=release; ninja -C build-release. Needs the data sets match-oracle and sbom-wild (NOROSHI_DATA or ../shared/data) and zstd."""
import os, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDED = {'cpe-read': 2_000_000, 'cpe-relation': 10_000_000, 'purl-read': 1_000_000, 'purl-canonical': 500_000}
WORDS = {'cpe-read': 'CPE names read', 'cpe-relation': 'CPE names related', 'purl-read': 'package URLs read',
         'purl-canonical': 'package URLs read and made canonical'}


def data_folder():
    for folder in (os.environ.get('NOROSHI_DATA'), ROOT / '../shared/data', ROOT / '../../shared/data'):
        if folder and (pathlib.Path(folder) / 'match-oracle').is_dir():
            return pathlib.Path(folder)
    sys.exit('bench: the data set match-oracle is not on this machine')


def text_of(path):
    read = ['zstd', '-dc', '--long=27', path] if path.suffix == '.zst' else ['cat', path]
    return subprocess.run(read, check=True, capture_output=True).stdout.decode('utf-8', 'replace')


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / 'build-release')
    data, slow = data_folder(), False
    purls = {purl for path in sorted((data / 'sbom-wild').rglob('*.zst')) for purl in re.findall(r'"(pkg:[^"\s\\]{3,400})"', text_of(path))}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / 'cpe').write_text(text_of(data / 'match-oracle/bench-cpe-20000.txt.zst'))
        (folder / 'purl').write_text('\n'.join(sorted(purls)) + '\n')
        subprocess.run(['cc', '-O2', '-std=c17', '-D_GNU_SOURCE', f'-I{ROOT / "src"}', ROOT / 'bench/names/names.c',
                        build / 'src/libformats.a', build / 'src/libbase.a', '-o', folder / 'names', '-pthread'], check=True)
        lines = subprocess.run(['taskset', '-c', '0', folder / 'names', folder / 'cpe', folder / 'purl'], check=True,
                               capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        what, count, seconds, beside = line.split()
        rate = int(count) / float(seconds)
        slow = slow or rate < NEEDED[what]
        print(f'{WORDS[what]:>37}: {rate / 1e6:6.2f} million/s, {float(beside) / float(seconds):.2f} of '
              + ('comparing the two texts' if what == 'cpe-relation' else 'a walk that only looks for the separators'))
    return 1 if slow else 0


if __name__ == '__main__':
    sys.exit(main())
