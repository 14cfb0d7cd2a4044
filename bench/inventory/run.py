#!/usr/bin/python3
"""bench/inventory/run.py [BUILD]: how long lists of 10,000 components take on one core, from file to inventory, and how that compares with parsing
the same JSON and nothing else. BUILD is a release build: meson setup build-release --buildtype=release; ninja -C build-release."""
import json, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNT = 10_000
NEEDED = 0.020  # seconds for CycloneDX


def purl(i):
    return f'pkg:npm/%40scope-{i % 97}/package-{i}@{i % 13}.{i % 7}.{i}'


def cyclonedx():
    components = [{
        'bom-ref': purl(i) + '|id', 'type': 'library', 'group': f'@scope-{i % 97}', 'name': f'package-{i}', 'version': f'{i % 13}.{i % 7}.{i}',
        'description': 'What this package is good for, said in a sentence as people write them.', 'scope': 'required', 'purl': purl(i),
        'hashes': [{'alg': 'SHA-256', 'content': f'{i:064x}'}, {'alg': 'SHA-1', 'content': f'{i:040x}'}],
        'licenses': [{'license': {'id': 'MIT', 'url': 'https://opensource.org/licenses/MIT'}}],
        'externalReferences': [{'type': 'vcs', 'url': f'https://example.org/scope/package-{i}'}, {'type': 'website', 'url': f'https://example.org/{i}'}],
        'properties': [{'name': 'syft:location:0:path', 'value': f'/srv/node_modules/package-{i}/package.json'}],
    } for i in range(COUNT)]
    dependencies = [{'ref': purl(i) + '|id', 'dependsOn': [purl(j % COUNT) + '|id' for j in (i + 1, i * 7, i * 31)]} for i in range(COUNT)]
    return json.dumps({'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'components': components, 'dependencies': dependencies}, indent=1)


def spdx():
    packages = [{
        'SPDXID': f'SPDXRef-{i}', 'name': f'package-{i}', 'versionInfo': f'{i % 13}.{i % 7}.{i}', 'downloadLocation': 'NOASSERTION',
        'licenseConcluded': 'MIT', 'licenseDeclared': 'MIT', 'copyrightText': 'NOASSERTION', 'supplier': 'Organization: Example',
        'externalRefs': [{'referenceCategory': 'PACKAGE-MANAGER', 'referenceType': 'purl', 'referenceLocator': purl(i)},
                         {'referenceCategory': 'SECURITY', 'referenceType': 'cpe23Type',
                          'referenceLocator': f'cpe:2.3:a:scope:package-{i}:{i % 13}.{i % 7}.{i}:*:*:*:*:*:*:*'}],
    } for i in range(COUNT)]
    relations = [{'spdxElementId': f'SPDXRef-{i}', 'relatedSpdxElement': f'SPDXRef-{j % COUNT}', 'relationshipType': 'DEPENDS_ON'}
                 for i in range(COUNT) for j in (i + 1, i * 7, i * 31)]
    return json.dumps({'spdxVersion': 'SPDX-2.3', 'SPDXID': 'SPDXRef-DOCUMENT', 'name': 'd', 'creationInfo': {'created': '2024-01-02T03:04:05Z'},
                       'packages': packages, 'relationships': relations}, indent=1)


def lock():
    packages = {f'node_modules/package-{i}': {'version': f'{i % 13}.{i % 7}.{i}', 'resolved': f'https://registry.example.org/package-{i}.tgz',
                                             'integrity': 'sha512-' + f'{i:088x}', 'dependencies': {f'package-{j % COUNT}': '^1.0.0' for j in (i + 1, i * 7)}}
                for i in range(COUNT)}
    return json.dumps({'name': 'x', 'lockfileVersion': 3, 'packages': packages}, indent=1)


def dpkg():
    return '\n'.join(f'Package: package-{i}\nStatus: install ok installed\nPriority: optional\nSection: libs\nMaintainer: Somebody <a@example.org>\n'
                     f'Architecture: amd64\nSource: source-{i % 4000} (1.{i})\nVersion: 1.{i}-2+deb12u1\nDepends: libc6 (>= 2.36), package-{i + 1}\n'
                     'Description: what it is\n A longer text about what it is\n and what it is good for.\n' for i in range(COUNT))


def main():
    build, is_good = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / 'build-release'), True
    libraries = [build / f'src/lib{name}.a' for name in ('domain', 'formats', 'base')]
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / 'inventory'
        subprocess.run(['cc', '-O2', '-std=c17', '-D_GNU_SOURCE', f'-I{ROOT / "src"}', ROOT / 'bench/inventory/inventory.c', '-Wl,--start-group',
                        *libraries, '-Wl,--end-group', '-lyyjson', '-lexpat', '-o', program, '-pthread', '-Wl,--gc-sections'], check=True)
        for name, text in (('bom.json', cyclonedx()), ('sbom.spdx.json', spdx()), ('package-lock.json', lock()), ('status', dpkg())):
            file = pathlib.Path(folder) / name
            file.write_text(text)
            count, size, read, coded, parsed = (float(x) for x in subprocess.run(
                ['taskset', '-c', '0', program, file], check=True, capture_output=True, text=True).stdout.split())
            beside = f', {read / parsed:.1f} times the parsing of its JSON alone' if text.startswith('{') else ''
            print(f'{name}: {int(count):,} components, {size / 1e6:.1f} MB: read in {read * 1e3:.1f} ms{beside}; '
                  f'encoded and decoded in {coded * 1e3:.1f} ms')
            is_good = is_good and (name != 'bom.json' or read <= NEEDED)
    return 0 if is_good else 1


if __name__ == '__main__':
    sys.exit(main())
