"""A noroshi of one's own for a test: a fresh state folder, free ports, the log kept, everything ended afterwards."""
import ctypes
import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run_user():
    """The user the roles run as when the test is run by root."""
    for name in ("noroshi", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            pass
    raise SystemExit("no user to run as")


def without_landlock():
    """Makes the kernel answer ENOSYS to landlock_create_ruleset, as one without Landlock does; for what is started after."""
    load, is_it, answer = struct.pack("HBBI", 0x20, 0, 0, 0), struct.pack("HBBI", 0x15, 0, 1, 444), struct.pack("HBBI", 0x06, 0, 0, 0x00050000 | 38)
    allow = struct.pack("HBBI", 0x06, 0, 0, 0x7FFF0000)
    code = ctypes.create_string_buffer(load + is_it + answer + allow)
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 4, ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, ctypes.addressof(program), 0, 0) == 0


class Running:
    def __init__(self, program, **settings):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="noroshi-test-")
        os.chmod(self.folder, 0o711)
        self.state = os.path.join(self.folder, "state")
        self.portal, self.desk = free_port(), free_port()
        values = {
            "STATE_DIR": self.state,
            "RUN_USER": run_user(),
            "PORTAL_LISTEN": f"127.0.0.1:{self.portal}",
            "DESK_LISTEN": f"127.0.0.1:{self.desk}",
            "PORTAL_URL": f"http://localhost:{self.portal}",
            "DESK_URL": f"http://desk.localhost:{self.desk}",
        }
        values.update({name.upper(): value for name, value in settings.items()})
        self.environment = {**os.environ, **{f"NOROSHI_{name}": value for name, value in values.items()}}
        self.log_path = os.path.join(self.folder, "log")
        self.process = None

    def start(self, wait=20, before=None):
        with open(self.log_path, "a") as log:
            self.process = subprocess.Popen([self.program, "serve"], env=self.environment, stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=log, preexec_fn=before)
        served = self.count("event=serving")
        self.wait_for(lambda: self.count("event=serving") > served, wait)
        return self

    def log(self):
        with open(self.log_path) as f:
            return f.read()

    def count(self, text):
        return self.log().count(text)

    def wait_for(self, condition, wait=10):
        until = time.monotonic() + wait
        while not condition():
            if self.process.poll() is not None:
                raise AssertionError(f"it ended with {self.process.returncode}:\n" + self.log())
            if time.monotonic() > until:
                raise AssertionError("not in time:\n" + self.log())
            time.sleep(0.02)

    def halt(self):
        """Stops the supervisor where it is. Gives the roles that it has begun, whether its log knows them or not.

        What else hangs on it are agents of a gpg that was killed: the next pgp role takes them over.
        """
        pid = self.process.pid
        self.process.send_signal(signal.SIGSTOP)
        os.waitpid(pid, os.WUNTRACED)
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            return [int(child) for child in f.read().split() if name_of(child) != "gpg-agent"]

    def pids(self):
        """Of the roles, by name, the newest start of each."""
        return {name: int(pid) for name, pid in re.findall(r"event=started name=(\w+) pid=(\d+)", self.log())}

    def get(self, face, path, timeout=3):
        """Status and body; None while nobody answers."""
        port = self.portal if face == "portal" else self.desk
        host = f"localhost:{port}" if face == "portal" else f"desk.localhost:{port}"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def healthy(self):
        return all((self.get(face, "/healthz", 1) or (0,))[0] == 200 for face in ("portal", "desk"))

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        return self.process.returncode

    def done(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def name_of(pid):
    try:
        with open(f"/proc/{pid}/comm") as f:
            return f.read().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def alive(pid):
    """Until its last thread has ended: that one closes what the process held."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z" or len(os.listdir(f"/proc/{pid}/task")) > 1
    except (FileNotFoundError, ProcessLookupError):
        return False
