#!/usr/bin/python3
"""bench/matching/run.py [BUILD]: the match index of the data sets nvd and osv: its size, how fast it is built, opened and asked on one core
(beside the slow evaluation and the memory's own speed), what it says where peers have answered, and what people judged.
BUILD is a release build: meson setup build-release --buildtype=release; ninja -C build-release. Needs the data sets (NOROSHI_DATA or
../shared/data) and the program zstd. Exit status 1 when a goal is missed or a peer's finding is missed without a reason."""
import collections, json, os, pathlib, re, subprocess, sys, tempfile
from urllib.parse import quote

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / 'bench/matching'
LIBRARIES = ['domain', 'store', 'formats', 'outside', 'seal', 'base']
SYSTEM = ['yyjson', 'expat', 'z', 'zstd', 'lzma', 'sodium', 'sqlite3', 'oath', 'qrencode', 'm']
GOALS = {'names': 100_000, 'hosts': 3_000, 'packages': 500_000, 'misses': 2_000_000}
OPEN_MOST, NVD_MOST, DELTA_MOST = 0.005, 25_000_000, 2
# go-vulndb-2026 is left out: the peers' answers are of February 2025.
OSV = 'almalinux alpine bitnami cargo composer debian drupal erlang golang maven npm nuget pip psf pub redhat rocky rubygems rustsec-branch swift'.split()
PURL = {'npm': 'npm', 'PyPI': 'pypi', 'Maven': 'maven', 'RubyGems': 'gem', 'Go': 'golang', 'NuGet': 'nuget', 'Packagist': 'composer', 'crates.io': 'cargo'}
DISTRIBUTIONS = {'Debian', 'Alpine', 'Red Hat', 'Rocky Linux', 'AlmaLinux'}


def data_folder():
    for folder in (os.environ.get('NOROSHI_DATA'), ROOT / '../shared/data', ROOT / '../../shared/data'):
        if folder and (pathlib.Path(folder) / 'match-oracle').is_dir():
            return pathlib.Path(folder)
    sys.exit('bench: the data sets are not on this machine')


def unpacked(path):
    return subprocess.run(['zstd', '-dcq', '--long=27', path], check=True, capture_output=True, text=True).stdout


def amazon(path):
    """Amazon's bulletins of its core repositories, a collection of their own with a format of its own, as OSV writes those of other distributions."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(f"zstd -dcq --long=27 '{path}' | tar x -C '{folder}'", shell=True, check=True)
        for file in sorted(pathlib.Path(folder).rglob('*.json')):
            release, repository = file.relative_to(folder).parts[:2]
            if repository not in ('core', 'updates'):
                continue
            bulletin = json.loads(file.read_text())
            fixed = {(one['Name'], f'{one["Epoch"]}:{one["Version"]}-{one["Release"]}') for one in bulletin['Pkglist']['Collection'].get('Package') or []}
            yield {'id': bulletin['ID'], 'modified': bulletin['Updated']['Date'].replace(' ', 'T') + 'Z', 'summary': bulletin['Title'],
                   'upstream': sorted({one['ID'] for one in bulletin['References'].get('Reference') or [] if one['Type'] == 'cve'}),
                   'affected': [{'package': {'ecosystem': f'Amazon Linux:{release}', 'name': name},
                                 'ranges': [{'type': 'ECOSYSTEM', 'events': [{'introduced': '0'}, {'fixed': version}]}]} for name, version in sorted(fixed)]}


def rows(path):
    return [json.loads(line) for line in unpacked(path).splitlines()]


class Bench:
    def __init__(self, build, data, folder):
        self.data, self.folder, self.missed, self.build_folder = data, pathlib.Path(folder), [], build
        self.program = self.folder / 'matching'
        subprocess.run(['cc', '-O2', '-std=c17', '-D_GNU_SOURCE', f'-I{ROOT / "src"}', f'-I{HERE}', *sorted(HERE.glob('*.c')),
                        *[build / f'src/lib{name}.a' for name in LIBRARIES], '-o', self.program, '-pthread',
                        *[f'-l{name}' for name in SYSTEM]], check=True)
        self.nvd = [arg for path in sorted((data / 'nvd').glob('nvd20-from-*.zst')) for arg in ('nvd', path)]
        self.osv = [arg for name in OSV for arg in ('osv', data / f'osv/{name}.jsonl.zst')]
        self.amazon = list(amazon(data / 'advisory-native/amazon-as-json.tar.zst'))

    def run(self, *args):
        return subprocess.run(['taskset', '-c', '0', self.program, *map(str, args)], check=True, capture_output=True, text=True).stdout

    def goal(self, is_met, words):
        print(('' if is_met else 'MISSED: ') + words)
        if not is_met:
            self.missed.append(words)

    # ---- following a catalogue ----

    def follow(self, count=100_000, changed=1000):
        """The index beside a catalogue of made records (bench/catalog/make.c): made whole, then after a change of some."""
        print('\n== Following a catalogue')
        make, catalog, noroshi = self.folder / 'make', self.folder / 'catalog', self.build_folder / 'src/noroshi'
        subprocess.run(['cc', '-O2', '-o', make, ROOT / 'bench/catalog/make.c'], check=True)
        for name, more in (('data', []), ('delta', [str(changed)])):
            (self.folder / name).mkdir()
            subprocess.run([make, str(count), self.folder / name, *more], check=True)
        for number in (1, 2):
            (self.folder / f'{number}.json').write_text(json.dumps({'id': f'BENCH-{number}', 'modified': '2026-01-01T00:00:00Z'}))
            subprocess.run([noroshi, 'import', '--no-index', '--catalog', catalog, self.folder / ('data' if number == 1 else 'delta')], check=True,
                           capture_output=True)
            process = subprocess.Popen(['taskset', '-c', '0', noroshi, 'import', '--catalog', catalog, self.folder / f'{number}.json'], stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(process.pid, 0)
            size = max((path for path in catalog.glob('match.idx.*')), key=lambda path: path.stat().st_mtime_ns).stat().st_size
            seconds = used.ru_utime + used.ru_stime
            what = f'{count} records' if number == 1 else f'a change of {changed} of them'
            self.goal(status == 0 and (number == 1 or seconds <= DELTA_MOST),
                      f'{what}: {seconds:.2f} s of the processor with the start of the program, {used.ru_maxrss / 1000:.0f} MB, {size / 1e6:.1f} MB written')

    # ---- size and speed ----

    def build(self):
        print('\n== Building')
        bulletins = self.folder / 'amazon.jsonl'
        bulletins.write_text(''.join(json.dumps(one) + '\n' for one in self.amazon))
        for name, files in (('nvd', self.nvd), ('osv', self.osv), ('all', self.nvd + self.osv), ('labels', self.nvd + self.osv + ['osv', bulletins])):
            records, groups, packages, products, criteria, trees, size, details, add, sort = self.run('build', self.folder / f'{name}.idx', *files).split()
            hot = int(size) - int(details)
            print(f'{name}: {records} records, {groups} vulnerabilities, {packages} packages, {products} products, {criteria} criteria, {trees} trees; '
                  f'{hot / 1e6:.1f} MB for matching, {int(details) / 1e6:.1f} MB of details; read in {add} s, sorted and written in {sort} s')
            if name == 'nvd':
                self.goal(hot <= NVD_MOST, f'nvd: the part for matching has {hot / 1e6:.1f} MB (goal: at most {NVD_MOST / 1e6:.0f})')

    def speed(self):
        print('\n== Speed, one core')
        lists = {'names': 'bench-cpe-20000.txt.zst', 'hosts': 'bench-hosts-400.tsv.zst', 'packages': 'bench-npm-packages.tsv.zst', 'misses': 'bench-npm-packages.tsv.zst'}
        rates = {}
        for kind, name in lists.items():
            path = self.folder / kind
            path.write_text(unpacked(self.data / 'match-oracle' / name))
            asked, hits, seconds = self.run('speed', self.folder / 'all.idx', kind, path).split()
            rates[kind] = int(asked) / float(seconds)
            self.goal(rates[kind] >= GOALS[kind], f'{kind}: {rates[kind]:,.0f}/s, {int(hits) / float(seconds):,.0f} hits/s (goal: {GOALS[kind]:,}/s)')
        seconds = float(self.run('speed', self.folder / 'all.idx', 'open').split()[2])
        self.goal(seconds < OPEN_MOST, f'open: {seconds * 1e3:.3f} ms (goal: under {OPEN_MOST * 1e3:.0f} ms)')
        for kind, count in (('names', 20), ('hosts', 4)):
            asked, hits, seconds = self.run('slow', count, self.folder / kind, *self.nvd).split()
            slow = int(asked) / float(seconds)
            print(f'{kind}: the slow evaluation asks {slow:,.1f}/s: {rates[kind] / slow:,.0f} times faster')
        steps = float(self.run('memory').split()[0])
        print(f'memory: {steps / 1e6:.1f} million dependent reads/s; a missed name takes {steps / rates["misses"]:.1f} of them, a package of the list '
              f'{steps / rates["packages"]:.1f}, a CPE name with all its hits {steps / rates["names"]:.0f}')

    # ---- answers ----

    def ask(self, index, lines):
        path = self.folder / 'questions'
        path.write_text(''.join(line + '\n' for line in lines))
        for line in self.run('answer', self.folder / f'{index}.idx', path).split('\n')[:len(lines)]:
            yield [(finding.split('|')[0].split('/'), set(finding.split('|')[1:])) for finding in line.split()]

    def peers_cpe(self):
        """nvd-single-cpe: what nvdtools finds for one name each."""
        print('\n== nvdtools, one name each (nvd-single-cpe)')
        table = rows(self.data / 'match-oracle/nvd-single-cpe.jsonl.zst')
        missed, more, agreed = [], collections.Counter(), 0
        for row, findings in zip(table, self.ask('nvd', ['\t' + row['cpe'] + '\t\t' for row in table])):
            found = {id: kind[0] for kind, ids in findings for id in ids}
            agreed += sum(cve in found for cve in row['cves'])
            missed += [(row['cpe'], cve) for cve in row['cves'] if cve not in found]
            more.update(found[id] for id in found if id not in row['cves'])
        print(f'agreed: {agreed}; only ours: {more["0"]} affected, {more["1"]} that apply if running on a platform the name does not tell, '
              f'{more["2"]} without a range; only theirs: {len(missed)}')
        self.reasons(missed)

    def reasons(self, missed):
        wanted, configurations = {cve for _, cve in missed}, {}
        for path in self.nvd[1::2]:
            for line in unpacked(path).splitlines():
                record = json.loads(line)['cve']
                if record['id'] in wanted:
                    configurations[record['id']] = record.get('configurations') or []
        counts, unknown = collections.Counter(), []
        for cpe, cve in missed:
            reason = reason_of(cpe, configurations.get(cve, []))
            counts[reason or 'NO REASON'] += 1
            if not reason:
                unknown.append(f'{cpe} {cve}')
        for reason, count in counts.most_common():
            print(f'  {count:5} {reason}')
        for line in unknown[:20]:
            print('        ' + line)
        if unknown:
            self.missed.append(f'{len(unknown)} findings of a peer without a reason')

    def peers_hosts(self):
        print('\n== nvdtools, hosts with all their names (nvd-inventory)')
        table = rows(self.data / 'match-oracle/nvd-inventory.jsonl.zst')
        agreed, missed, more = 0, [], collections.Counter()
        lines = [';;'.join('\t' + cpe + '\t\t' for cpe in row['cpes']) for row in table]
        for row, findings in zip(table, self.ask('nvd', lines)):
            found = {}
            for kind, ids in findings:
                for id in ids:
                    found[id] = min(found.get(id, '9'), kind[0])
            for cve, names in row['findings'].items():
                if cve in found:
                    agreed += 1
                    continue
                by = [formatted(name, row['cpes']) for name in names]
                missed.append((next((name for name in by if name), row['cpes'][0]), cve))
            more.update(found[id] for id in found if id not in row['findings'])
        print(f'agreed: {agreed}; only ours: {more["0"]} affected, {more["1"]} that apply if running on something that is not listed, '
              f'{more["2"]} without a range; only theirs: {len(missed)}')
        self.reasons(missed)

    def peers_osv(self, known):
        print('\n== osv-detector (osv-*): groups of aliases')
        for name in 'cargo composer golang maven npm nuget pip rubygems'.split():
            table = rows(self.data / f'match-oracle/osv-{name}.jsonl.zst')
            agreed, more, reasons, unknown = 0, 0, collections.Counter(), []
            lines = [purl(row['ecosystem'], row['name'], row['version']) + '\t\t\t' + row['name'] for row in table]
            for row, findings in zip(table, self.ask('osv', lines)):
                found = set().union(*[ids for _, ids in findings])
                agreed += sum(id in found for id in row['ids'])
                more += sum(not ids & set(row['ids']) for _, ids in findings)
                for id in set(row['ids']) - found:
                    reason = reason_of_osv(row, known.get(id, []))
                    reasons[reason or 'NO REASON'] += 1
                    if not reason:
                        unknown.append(f'{row["name"]} {row["version"]} {id}')
            print(f'{name}: agreed {agreed}, only ours {more}, only theirs {sum(reasons.values())}')
            for reason, count in reasons.most_common():
                print(f'  {count:5} {reason}')
            for line in unknown[:10]:
                print('        ' + line)
            if unknown:
                self.missed.append(f'{name}: {len(unknown)} findings of a peer without a reason')

    # ---- labels ----

    def labels(self, known):
        print('\n== Judgements of people (match-labels)')
        print(f'{"ecosystem":12} {"used":>6} {"right":>6} {"missed":>6} {"false":>6} {"avoided":>7} {"precision":>9} {"recall":>7}')
        names = collections.defaultdict(set)
        for id, entries in known.items():
            for ecosystem, release, name, ids in entries:
                for one in ids:
                    names[one].add((ecosystem, release, name))
        for bulletin in self.amazon:
            for entry in bulletin['affected']:
                for one in (bulletin['id'], *bulletin['upstream']):
                    names[one].add((*entry['package']['ecosystem'].split(':'), entry['package']['name']))
        used, unused, asked = [], collections.Counter(), []
        for label in rows(self.data / 'match-labels/anchore-labels.jsonl.zst'):
            line, why = question_of(label, names)
            if line:
                used.append((label, why))
                asked.append(line)
            else:
                unused[(label['label'], why)] += 1
        table = collections.defaultdict(collections.Counter)
        for (label, ecosystem), findings in zip(used, self.ask('labels', asked)):
            ids = set().union(*[ids for kind, ids in findings if kind[2] == '0' and kind[0] in '01'])
            is_found = bool({label['vulnerability_id'], label.get('effective_cve')} & ids)
            table[ecosystem][(label['label'], is_found)] += 1
        for ecosystem, counts in sorted(table.items()):
            right, missed, false, avoided = counts['TP', True], counts['TP', False], counts['FP', True], counts['FP', False]
            print(f'{ecosystem:12} {right + missed + false + avoided:6} {right:6} {missed:6} {false:6} {avoided:7} '
                  f'{right / max(1, right + false):9.3f} {right / max(1, right + missed):7.3f}')
        print('not used:')
        for (label, why), count in sorted(unused.items(), key=lambda item: -item[1]):
            print(f'  {count:5} {label} {why}')


# ---- reasons ----

def fields(cpe):
    return re.split(r'(?<!\\):', cpe)


def formatted(uri, cpes):
    """The name of the host that a peer's URI means: the same part, vendor, product and version."""
    plain = [re.sub(r'%([0-9a-f]{2})', lambda m: chr(int(m[1], 16)), part) for part in uri[5:].split(':')]
    return next((cpe for cpe in cpes if [re.sub(r'\\(.)', r'\1', part) for part in fields(cpe)[2:2 + len(plain[:4])]] == plain[:4]), None)


def zeros(version):
    return re.sub(r'([.\-_]?0+)+$', '', re.sub(r'\b0+(?=\d)', '', version.lower()))


def reason_of(cpe, configurations):
    name, matches = fields(cpe), []
    for configuration in configurations:
        for node in configuration.get('nodes', []):
            matches += [match for match in node.get('cpeMatch', []) if fields(match['criteria'])[3:5] == name[3:5]]
    if any('\\\\\\' in part for part in name):
        return 'the name is escaped twice in the list'
    if not any(match['vulnerable'] for match in matches):
        return 'nothing of the product is called vulnerable: it is only what others run on (4.4)'
    if name[5] == '*':
        return 'the name tells no version: such findings are given only when asked for (4.3.2)'
    for match in matches:
        criterion = fields(match['criteria'])
        bounds = [match[key] for key in match if key.startswith('version')]
        if not match['vulnerable']:
            continue
        if criterion[5] == name[5] and criterion[6] not in ('*', name[6]):
            return 'the criterion names an update that the name does not tell, or another one (4.3.3)'
        if not bounds and criterion[5] == '*' and criterion[6] not in ('*', '-', name[6]):
            return 'the criterion names an update that the name does not tell, or another one (4.3.3)'
        if bounds and name[6] not in ('*', '-'):
            return 'version and update are compared together: a pre-release lies before its version, a patch behind it (4.3.3)'
        if any(zeros(bound) == zeros(re.sub(r'\\(.)', r'\1', name[5])) for bound in bounds):
            return 'the version equals an excluded bound: 4.1 is 4.1.0 in the generic order (4.9)'
        if bounds and re.search(r'[a-z]', name[5] + ''.join(bounds)):
            return 'letters in versions: words before and after a release have another order than with the peer (4.9)'
        if bounds and re.search(r'[^0-9.]', name[5]):
            return 'signs other than dots in the version: the peer splits it in other places (4.9)'
    if any(not match['vulnerable'] for match in matches):
        return 'only criteria that are not vulnerable fit the name (4.4)'
    return None


def reason_of_osv(row, entries):
    here = [entry for entry in entries if entry[0] == row['ecosystem'] and entry[2].lower() == row['name'].lower()]
    if len(entries) != len({json.dumps(entry[:3]) for entry in entries}) or not here:
        return 'the advisory stands in two files of the data set with different dates; the other is older or newer'
    if re.search(r'(alpha|beta|rc|dev|pre|[ab]\d)', row['version'], re.I):
        return 'a pre-release lies before the version that begins the range (4.9)'
    if re.fullmatch(r'v?\d+(\.\d+)*', row['version']):
        return 'a short version is padded: 4.1 is 4.1.0 and lies behind 4.1.0-beta (4.9)'
    return None


def purl(ecosystem, name, version):
    path = name.replace(':', '/') if ecosystem == 'Maven' else name
    return f'pkg:{PURL[ecosystem]}/' + '/'.join(quote(part, safe='') for part in path.split('/')) + '@' + quote(version, safe='')


# ---- what advisories name ----

def advisories(data):
    """Of each id: what it names, and every id it goes by."""
    known = collections.defaultdict(list)
    for name in OSV:
        for line in unpacked(data / f'osv/{name}.jsonl.zst').splitlines():
            record = json.loads(re.sub(r'"versions":\[[^\]]*\],?', '', line).replace(',}', '}'))
            if record.get('withdrawn'):
                continue
            ids = [record['id'], *(record.get('aliases') or []), *(record.get('upstream') or []),
                   *[id for id in record.get('related') or [] if id.startswith('CVE-')]]
            seen = set()
            for entry in record.get('affected') or []:
                ecosystem, _, release = entry.get('package', {}).get('ecosystem', '').partition(':')
                key = (ecosystem, release, entry.get('package', {}).get('name', ''))
                if key not in seen:
                    seen.add(key)
                    known[record['id']].append((*key, ids))
    return known


def is_of_release(release, major):
    return release.split('.')[0] == major or release.startswith(f'enterprise_linux:{major}:')


def question_of(label, names):
    """The package URL of a label, which tells only image, package and version; else why it cannot be asked."""
    if 'package' not in label:
        return None, 'no package is named'
    name, version, image = label['package']['name'], label['package']['version'], label['image'].get('exact', '')
    if label['label'] not in ('TP', 'FP'):
        return None, 'nobody was sure'
    entries = set().union(*[names.get(id, set()) for id in (label['vulnerability_id'], label.get('effective_cve')) if id])
    el = re.search(r'\.el(\d+)', version)
    if el:
        ecosystem, namespace, distro = next(row for row in (('AlmaLinux', 'almalinux', 'almalinux'), ('Rocky Linux', 'rocky', 'rocky'), ('Red Hat', 'redhat', 'rhel'))
                                            if row[1] in image or row[0] == 'Red Hat')
        if not any(entry[0] == ecosystem and entry[2] == name and is_of_release(entry[1], el[1]) for entry in entries):
            return None, 'a distribution\'s package that no advisory in the data names for it'
        return f'pkg:rpm/{namespace}/{quote(name)}@{quote(version)}?distro={distro}-{el[1]}\t\t\t', ecosystem
    amzn = re.search(r'\.amzn(\d+)', version)
    if amzn:
        if not any(entry == ('Amazon Linux', amzn[1], name) for entry in entries):
            return None, 'a distribution\'s package that no advisory in the data names for it'
        return f'pkg:rpm/amzn/{quote(name)}@{quote(version)}?distro=amzn-{amzn[1]}\t\t\t', 'Amazon Linux'
    deb = re.search(r'[+~]deb(\d+)u', version)
    if deb:
        if not any(entry[0] == 'Debian' and entry[1] == deb[1] and entry[2] == name for entry in entries):
            return None, 'a distribution\'s package that no advisory in the data names for it'
        return f'pkg:deb/debian/{quote(name)}@{quote(version)}?distro=debian-{deb[1]}\t\t\t', 'Debian'
    for ecosystem, _, package in sorted(entries):
        artifact = package.rpartition(':')[2]
        if ecosystem in PURL and (package == name or (ecosystem == 'Maven' and artifact == name)):
            return purl(ecosystem, package, version) + '\t\t\t' + package, ecosystem
    if entries and not any(entry[0] in PURL for entry in entries):
        return None, 'only distributions in the data name the vulnerability, and the label does not tell the release'
    return None, 'a program or package that no advisory in the data names: it would need a CPE, which labels do not give'


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / 'build-release').resolve()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(build, data_folder(), folder)
        bench.build()
        bench.speed()
        bench.follow()
        bench.peers_cpe()
        bench.peers_hosts()
        known = advisories(bench.data)
        bench.peers_osv(known)
        bench.labels(known)
        for words in bench.missed:
            print('MISSED: ' + words)
        return 1 if bench.missed else 0


if __name__ == '__main__':
    sys.exit(main())
