"""What the tests of the generators share: running one, and golden files (RENEW=1 rewrites them)."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, 'testdata')
ROOT = os.path.dirname(os.path.dirname(HERE))


class ToolTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def put(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def get(self, name):
        with open(os.path.join(self.folder, name), encoding='utf-8') as file:
            return file.read()

    def run_tool(self, tool, *args):
        """(exit status, standard output, standard error); runs in the test's folder."""
        done = subprocess.run([sys.executable, os.path.join(ROOT, 'tools', tool), *args], cwd=self.folder,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def succeed(self, tool, *args):
        status, out, error = self.run_tool(tool, *args)
        self.assertEqual((status, error), (0, ''))
        return out

    def refuse(self, want, tool, *args):
        """want: FILE:LINE: and what follows, as it is printed."""
        status, _, error = self.run_tool(tool, *args)
        self.assertEqual((status, error.strip()), (1, want))

    def golden(self, name, got):
        path = os.path.join(DATA, name)
        if os.environ.get('RENEW'):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(got)
        with open(path, encoding='utf-8') as file:
            self.assertEqual(file.read(), got)

    def copy(self, name):
        with open(os.path.join(DATA, name), encoding='utf-8') as file:
            return self.put(name, file.read())

    def compile(self, name, *flags):
        """The C file compiles without a warning."""
        done = subprocess.run(['cc', '-std=c17', '-Wall', '-Wextra', '-Wpedantic', '-Werror', '-fsyntax-only',
                               '-I' + os.path.join(ROOT, 'src'), '-I' + self.folder, *flags, name],
                              cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode == 0, done.stderr
