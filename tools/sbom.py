#!/usr/bin/python3
"""tools/sbom.py PROGRAM VERSION LOCK... OUTPUT: the bill of materials of what was built, as CycloneDX 1.6: the libraries the program is linked with
or loads later, and theirs in turn, as the packages this system has them from; the packages that the tests take from npm, as development.

The same program on the same system gives the same bytes. SOURCE_DATE_EPOCH, if set, gives the time. On a system without dpkg the libraries are named
without a version. Rule: PSR-21"""
import datetime
import json
import os
import re
import subprocess
import sys
import uuid

SPACE = uuid.UUID('6f2b3a53-7d0e-5c8e-9b0a-2f4f6e6f7368')


def said(*argv):
    """What a program prints; nothing when there is none or it fails."""
    try:
        return subprocess.run(argv, capture_output=True, text=True, env=dict(os.environ, LC_ALL='C')).stdout
    except OSError:
        return ''


def needed(paths):
    """The names of the libraries that each file asks for."""
    wanted, path = {}, paths[0] if len(paths) == 1 else None
    for line in said('readelf', '-d', *paths).splitlines():
        if line.startswith('File: '):
            path = line.removeprefix('File: ')
        elif '(NEEDED)' in line:
            wanted.setdefault(path, []).append(line.partition('[')[2].rstrip(']'))
    return wanted


def named(program):
    """The names of libraries that stand in the program as texts: those it is linked with, and those it loads later."""
    with open(program, 'rb') as file:
        return sorted(name.decode() for name in set(re.findall(rb'(?<=\0)lib[\w.+-]+\.so\.[0-9]+(?=\0)', file.read())))


def libraries(program, names):
    """Each library by its name, and where the loader finds it."""
    return dict(re.findall(r'^\s*(\S+) => (/\S+)', said('env', 'LD_PRELOAD=' + ' '.join(names), 'ldd', program), re.MULTILINE))


def os_release():
    fields = {}
    try:
        with open('/etc/os-release', encoding='utf-8') as file:
            for line in file:
                key, _, value = line.strip().partition('=')
                fields[key] = value.strip('"\'')
    except OSError:
        pass
    return fields


def quoted(text):
    """As a package URL wants it."""
    return ''.join(c if c.isascii() and (c.isalnum() or c in '.-_~:') else ''.join(f'%{b:02X}' for b in c.encode()) for c in text)


def owners(paths):
    """The package that each file came with: where /usr is merged, a file has two names."""
    names = {}
    for path in paths:
        real = os.path.realpath(path)
        for name in (path, real, real.removeprefix('/usr'), '/usr' + real):
            names.setdefault(name, path)
    found = re.findall(r'^([^,\s]+): (/.+)$', said('dpkg', '-S', *names), re.MULTILINE)
    return {names[name]: package for package, name in found if name in names}


def debian_packages(packages, system):
    """Components by package, as the database of dpkg has them."""
    fields = '${binary:Package}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\t${Maintainer}\n'
    components, known = {}, {package.partition(':')[0]: package for package in packages}
    for line in said('dpkg-query', '-W', '-f', fields, *packages).splitlines():
        binary, name, version, arch, source, source_version, maintainer = line.split('\t')
        distro = f"{system['ID']}-{system.get('VERSION_ID', '')}".rstrip('-')
        upstream = source if source_version == version else f'{source}@{source_version}'
        components[binary if binary in packages else known.get(name, name)] = {
            'type': 'library', 'bom-ref': f'deb:{name}', 'supplier': {'name': maintainer}, 'name': name, 'version': version,
            'purl': f"pkg:deb/{system['ID']}/{quoted(name)}@{quoted(version)}?arch={arch}&distro={quoted(distro)}&upstream={quoted(upstream)}"}
    return components


def linked(program, system):
    """The components, and who needs whom by their refs."""
    names = named(program)
    paths, refs, components, edges = libraries(program, names), {}, {}, {}
    packages = owners(paths.values()) if 'ID' in system else {}
    known = debian_packages(sorted(set(packages.values())), system) if packages else {}
    wanted = needed([program, *paths.values()])
    for name, path in paths.items():
        component = known.get(packages.get(path), {'type': 'library', 'bom-ref': f'lib:{name}', 'name': name})
        refs[name] = component['bom-ref']
        components[component['bom-ref']] = component
    for name, path in paths.items():
        edges.setdefault(refs[name], set()).update(refs[n] for n in wanted.get(path, []) if n in refs and refs[n] != refs[name])
    edges['noroshi'] = {refs[n] for n in [*wanted.get(program, []), *names] if n in refs}
    return list(components.values()), edges


def from_npm(lock):
    """What a package-lock.json of version 3 installs; for tests alone."""
    with open(lock, encoding='utf-8') as file:
        packages = json.load(file)['packages']
    for path, package in sorted(packages.items()):
        if not path or 'version' not in package:
            continue
        name = package.get('name', path.rpartition('node_modules/')[2])
        component = {'type': 'library', 'bom-ref': f'npm:{path}', 'name': name, 'version': package['version'], 'scope': 'excluded',
                     'purl': 'pkg:npm/' + '/'.join(quoted(part) for part in name.split('/')) + '@' + quoted(package['version']),
                     'properties': [{'name': 'cdx:npm:package:development', 'value': 'true'}]}
        if 'license' in package:
            component['licenses'] = [{'expression': package['license']}]
        yield component


def document(program, version, locks):
    system = os_release()
    components, edges = linked(program, system)
    for lock in locks:
        components += from_npm(lock)
    if 'ID' in system:
        components.append({'type': 'operating-system', 'bom-ref': 'os', 'name': system['ID'], 'version': system.get('VERSION_ID', '')})
    metadata = {'component': {'type': 'application', 'bom-ref': 'noroshi', 'name': 'noroshi', 'version': version,
                              'licenses': [{'license': {'id': 'Apache-2.0'}}]}}
    if os.environ.get('SOURCE_DATE_EPOCH', '').isdecimal():
        made = datetime.datetime.fromtimestamp(int(os.environ['SOURCE_DATE_EPOCH']), datetime.timezone.utc)
        metadata['timestamp'] = made.strftime('%Y-%m-%dT%H:%M:%SZ')
    body = {'version': 1, 'metadata': metadata, 'components': sorted(components, key=lambda c: c['bom-ref']),
            'dependencies': [{'ref': ref, 'dependsOn': sorted(on)} for ref, on in sorted(edges.items())]}
    serial = uuid.uuid5(SPACE, json.dumps(body, sort_keys=True))
    return {'$schema': 'http://cyclonedx.org/schema/bom-1.6.schema.json', 'bomFormat': 'CycloneDX', 'specVersion': '1.6',
            'serialNumber': f'urn:uuid:{serial}', **body}


def main(argv):
    if len(argv) < 3:
        sys.exit(__doc__)
    program, version, *locks, output = argv
    text = json.dumps(document(program, version, locks), indent=2, ensure_ascii=False) + '\n'
    with open(output, 'w', encoding='utf-8') as file:
        file.write(text)


if __name__ == '__main__':
    main(sys.argv[1:])
