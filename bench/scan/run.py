#!/usr/bin/python3
"""bench/scan/run.py [BUILD [CATALOG]]: how long `noroshi scan` takes from a CycloneDX list of 10,000 components to findings, the whole process from
exec to exit on one core, and how that compares with `jq length` on the same file. BUILD is a release build: meson setup build-release
--buildtype=release; ninja -C build-release. CATALOG is a folder with a match index; without one the npm advisories of the data set osv are
imported first. The names are those of the data set match-oracle, four of ten with advisories. Needs jq and zstd."""
import json, os, pathlib, resource, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNT, ROUNDS, NEEDED = 10_000, 7, 0.050


def data_folder():
    for folder in (os.environ.get('NOROSHI_DATA'), ROOT / '../shared/data', ROOT / '../../shared/data'):
        if folder and (pathlib.Path(folder) / 'match-oracle').is_dir():
            return pathlib.Path(folder)
    sys.exit('bench: the data set match-oracle is not on this machine')


def component(i, name, version):
    group, _, bare = name.rpartition('/')
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    return {
        'bom-ref': f'{purl}|{i}', 'type': 'library', **({'group': group} if group else {}), 'name': bare, 'version': version, 'purl': purl,
        'description': 'What this package is good for, said in a sentence as people write them.', 'scope': 'required',
        'hashes': [{'alg': 'SHA-256', 'content': f'{i:064x}'}], 'licenses': [{'license': {'id': 'MIT'}}],
        'externalReferences': [{'type': 'vcs', 'url': f'https://example.org/package-{i}'}],
        'properties': [{'name': 'syft:location:0:path', 'value': f'/srv/node_modules/{name}/package.json'}],
    }


def inventory(data):
    text = subprocess.run(['zstd', '-dc', data / 'match-oracle/bench-npm-packages.tsv.zst'], check=True, capture_output=True, text=True).stdout
    rows = [line.split('\t')[:2] for line in text.splitlines()]
    step = len(rows) / COUNT
    chosen = [rows[int(i * step)] for i in range(COUNT)]
    return json.dumps({'bomFormat': 'CycloneDX', 'specVersion': '1.6', 'version': 1,
                       'components': [component(i, *row) for i, row in enumerate(chosen)]}, indent=1)


def worked():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def best(words):
    """Of the quickest of some rounds: seconds on the clock, seconds of the processor; and what it printed."""
    rounds = []
    for _ in range(ROUNDS):
        started, before = time.perf_counter(), worked()
        said = subprocess.run(['taskset', '-c', '0', *words], check=True, capture_output=True).stdout
        rounds.append((time.perf_counter() - started, worked() - before))
    return min(wall for wall, _ in rounds), min(work for _, work in rounds), said


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / 'build-release')
    noroshi, data = build / 'src/noroshi', data_folder()
    with tempfile.TemporaryDirectory() as folder:
        catalog = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(folder) / 'catalog'
        if len(sys.argv) < 3:
            subprocess.run([noroshi, 'import', 'osv', data / 'osv/npm.jsonl.zst', '--catalog', catalog], check=True, capture_output=True)
        path = pathlib.Path(folder) / 'list.cdx.json'
        path.write_text(inventory(data))
        nothing, nothing_work, _ = best([noroshi, 'version'])
        jq, jq_work, _ = best(['jq', 'length', path])
        print(f'list: {COUNT} components, {path.stat().st_size / 1e6:.1f} MB; index {sum(path.stat().st_size for path in catalog.glob("match.idx*")) / 1e6:.0f} MB; '
              f'starting and ending alone {nothing * 1000:.1f} ms ({nothing_work * 1000:.1f} ms of the processor); '
              f'jq length {jq * 1000:.1f} ms ({jq_work * 1000:.1f} ms)')
        slowest = 0
        for format in ('json', 'table', 'sarif', 'html'):
            took, work, said = best([noroshi, 'scan', path, '--catalog', catalog, '--format', format])
            found = len(json.loads(said)['findings']) if format == 'json' else None
            more = f', {found} findings' if found else ''
            print(f'scan --format {format}: {took * 1000:.1f} ms ({work * 1000:.1f} ms of the processor), {took / jq:.2f} times jq length '
                  f'({work / jq_work:.2f}){more}, {len(said) / 1e6:.1f} MB written')
            slowest = took if format == 'table' else slowest
        print(f'{"ok" if slowest <= NEEDED else "TOO SLOW"}: {slowest * 1000:.1f} ms to the table, {NEEDED * 1000:.0f} ms needed')
    sys.exit(slowest > NEEDED)


if __name__ == '__main__':
    main()
