"""The build's own bill of materials: deterministic, with what the program is linked with, and development apart. Rule: PSR-21"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = ROOT / 'tools/sbom.py'
LOCK = {'lockfileVersion': 3, 'packages': {'': {'name': 'x'}, 'node_modules/@s/a': {'version': '1.0.0', 'license': 'MIT'},
                                           'node_modules/b/node_modules/c': {'version': '2.0.0-rc+1'}}}


def made(folder, name):
    lock, out = pathlib.Path(folder) / 'package-lock.json', pathlib.Path(folder) / name
    lock.write_text(json.dumps(LOCK), encoding='utf-8')
    subprocess.run([sys.executable, TOOL, shutil.which('readelf'), '1.2.3', lock, out], check=True, env={'PATH': '/usr/bin:/bin', 'SOURCE_DATE_EPOCH': '1700000000'})
    return out.read_bytes()


@unittest.skipUnless(shutil.which('readelf') and shutil.which('dpkg'), 'this system has no readelf or no dpkg')
class Sbom(unittest.TestCase):
    def test_same_program_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(made(folder, 'a'), made(folder, 'b'))

    def test_names_libraries_their_packages_and_development(self):
        with tempfile.TemporaryDirectory() as folder:
            bom = json.loads(made(folder, 'a'))
        parts = {c['bom-ref']: c for c in bom['components']}
        libc = subprocess.run(['dpkg-query', '-W', '-f', '${Version}', 'libc6'], capture_output=True, text=True, check=True).stdout
        self.assertEqual(parts['deb:libc6']['version'], libc)
        self.assertIn('upstream=glibc', parts['deb:libc6']['purl'])
        self.assertEqual(parts['npm:node_modules/@s/a']['purl'], 'pkg:npm/%40s/a@1.0.0')
        self.assertEqual(parts['npm:node_modules/b/node_modules/c']['purl'], 'pkg:npm/c@2.0.0-rc%2B1')
        self.assertEqual({c['scope'] for c in bom['components'] if c['bom-ref'].startswith('npm:')}, {'excluded'})
        self.assertEqual(bom['metadata']['timestamp'], '2023-11-14T22:13:20Z')
        edges = {d['ref']: d['dependsOn'] for d in bom['dependencies']}
        self.assertIn('deb:libc6', edges['noroshi'])
        self.assertTrue(set(edges) - {'noroshi'} <= set(parts))
        self.assertTrue(all(ref in parts for on in edges.values() for ref in on))


if __name__ == '__main__':
    unittest.main()
