#!/usr/bin/python3
"""bench/version/run.py [BUILD]: comparisons of versions a second on one core, for every scheme on pairs of its own ecosystem, and keys
made and compared; the ratio is to a memcmp of the same texts. BUILD is a release build: meson setup build-release
--buildtype=release; ninja -C build-release. Needs the data sets version-compare and vers (NOROSHI_DATA or ../shared/data)."""
import json, os, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDED = 5_000_000
FILES = {
    'generic': 'scalibr-redhat-versions', 'semver': 'oracle-semver', 'npm': 'oracle-semver', 'pypi': 'oracle-pep440',
    'maven': 'oracle-maven', 'gem': 'oracle-gem', 'golang': 'oracle-go', 'nuget': 'scalibr-nuget-versions',
    'composer': 'oracle-composer', 'cargo': 'oracle-cargo', 'hex': 'oracle-semver', 'pub': 'scalibr-pub-versions',
    'deb': 'oracle-deb', 'rpm': 'oracle-rpm', 'apk': 'scalibr-alpine-versions-generated', 'alpm': 'univers/schema/alpm_version_cmp',
    'gentoo': 'univers/schema/gentoo_version_cmp', 'cran': 'scalibr-cran-versions-generated', 'hackage': 'scalibr-hackage-versions',
    'conan': 'univers/schema/conan_version_cmp', 'openssl': 'univers/schema/openssl_version_cmp',
}


def data_folder():
    for folder in (os.environ.get('NOROSHI_DATA'), ROOT / '../shared/data', ROOT / '../../shared/data'):
        if folder and (pathlib.Path(folder) / 'version-compare').is_dir():
            return pathlib.Path(folder)
    sys.exit('bench: the data set version-compare is not on this machine')


def pairs(data, name):
    if '/' in name:
        tests = json.loads((data / 'vers' / f'{name}.json').read_text())
        tests = tests if isinstance(tests, list) else tests['tests']
        return ['\t'.join(test['input']['versions'][:2]) for test in tests]
    lines = (data / 'version-compare' / f'{name}.tsv').read_text().splitlines()
    return ['\t'.join(line.split('\t')[:2]) for line in lines if not line.startswith('#')]


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / 'build-release')
    data, slowest = data_folder(), None
    with tempfile.TemporaryDirectory() as folder:
        program, file = pathlib.Path(folder) / 'version', pathlib.Path(folder) / 'pairs'
        subprocess.run(['cc', '-O2', '-std=c17', '-D_GNU_SOURCE', f'-I{ROOT / "src"}', ROOT / 'bench/version/version.c',
                        build / 'src/libformats.a', build / 'src/libbase.a', '-o', program, '-pthread'], check=True)
        print('scheme     million/s: compare  keys made  keys compared  memcmp   memcmp is faster by   bytes of a key')
        for scheme, name in FILES.items():
            lines = pairs(data, name)
            file.write_text('\n'.join(lines * max(1, 10_000 // len(lines))) + '\n')
            said = subprocess.run(['taskset', '-c', '0', program, scheme, file], check=True, capture_output=True, text=True).stdout.split()
            compare, made, compared, plain = (int(said[0]) / float(seconds) for seconds in said[2:6])
            slowest = min(slowest or compare, compare)
            print(f'{scheme:<10} {compare / 1e6:18.2f} {made / 1e6:10.2f} {compared / 1e6:14.1f} {plain / 1e6:7.1f} {plain / compare:21.1f} {said[1]:>16}')
    return 0 if slowest >= NEEDED else 1


if __name__ == '__main__':
    sys.exit(main())
