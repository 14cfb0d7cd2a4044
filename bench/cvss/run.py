#!/usr/bin/python3
"""bench/cvss/run.py [BUILD]: CVSS vectors a second on one core, read and scored, for every version and all together, and how that
compares with only looking for the separators in the same bytes. BUILD is a release build: meson setup build-release
--buildtype=release; ninja -C build-release. Needs the data set cvss (NOROSHI_DATA or ../shared/data) and the program zstd."""
import os, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDED = 3_000_000
FILES = {
    '2.0': ['v2-base-all.tsv', 'v2-random.tsv'],
    '3.0': ['v3.0-base-all.tsv', 'v3.0-random.tsv.zst'],
    '3.1': ['v3.1-base-all.tsv', 'v3.1-random.tsv.zst'],
    '4.0': ['v4.0-base-all.tsv.zst', 'v4.0-random.tsv.zst'],
}


def data_folder():
    for folder in (os.environ.get('NOROSHI_DATA'), ROOT / '../shared/data', ROOT / '../../shared/data'):
        if folder and (pathlib.Path(folder) / 'cvss').is_dir():
            return pathlib.Path(folder) / 'cvss'
    sys.exit('bench: the data set cvss is not on this machine')


def vectors(path):
    read = ['zstd', '-dc', path] if path.suffix == '.zst' else ['cat', path]
    text = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    return [line.split('\t')[0] for line in text.splitlines() if not line.startswith('#')]


def measure(program, lines, folder):
    file = pathlib.Path(folder) / 'vectors'
    file.write_text('\n'.join(lines * max(1, 100_000 // len(lines))) + '\n')
    count, seconds, walk, _ = subprocess.run(['taskset', '-c', '0', program, file], check=True, capture_output=True,
                                             text=True).stdout.split()
    return int(count) / float(seconds), float(walk) / float(seconds)


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / 'build-release')
    data, slowest = data_folder(), None
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / 'cvss'
        subprocess.run(['cc', '-O2', '-std=c17', '-D_GNU_SOURCE', f'-I{ROOT / "src"}', ROOT / 'bench/cvss/cvss.c',
                        build / 'src/libformats.a', build / 'src/libbase.a', '-o', program, '-pthread'], check=True)
        lists = {version: [v for name in names for v in vectors(data / name)] for version, names in FILES.items()}
        lists['all'] = [v for vs in lists.values() for v in vs]
        for version, lines in lists.items():
            rate, ratio = measure(program, lines, folder)
            slowest = min(slowest or rate, rate)
            print(f'CVSS {version:>3}: {rate / 1e6:5.2f} million vectors/s, {ratio:.2f} of a walk that only counts the separators')
    return 0 if slowest >= NEEDED else 1


if __name__ == '__main__':
    sys.exit(main())
