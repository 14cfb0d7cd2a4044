#!/usr/bin/python3
"""bench/portal/run.py [NOROSHI] [SECONDS] [ROUNDS]: answers per second and p99 of the public process for a page of one advisory and for
the list, next to nginx serving the same bytes as files, measured in turns by wrk on one machine. Needs nginx and wrk, and a release
build: meson setup build-release --buildtype=release."""
import json, os, pathlib, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONNECTIONS, THREADS = 32, 1
NEEDED_RATIO, ALLOWED_P99 = 0.5, 3.0


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def wait_for(url, what):
    for _ in range(300):
        try:
            return urllib.request.urlopen(url, timeout=2).read()
        except OSError:
            time.sleep(0.1)
    sys.exit(f'bench: {what} does not answer at {url}')


def milliseconds(text):
    number, unit = re.fullmatch(r'([\d.]+)(us|ms|s)', text).groups()
    return float(number) * {'us': 0.001, 'ms': 1, 's': 1000}[unit]


def wrk(url, seconds):
    said = subprocess.run(['wrk', f'-t{THREADS}', f'-c{CONNECTIONS}', f'-d{seconds}s', '--latency', url], check=True,
                          capture_output=True, text=True).stdout
    if 'Non-2xx' in said or 'Socket errors' in said:
        sys.exit(f'bench: not all answers were good:\n{said}')
    return float(re.search(r'Requests/sec:\s+([\d.]+)', said)[1]), milliseconds(re.search(r'99%\s+(\S+)', said)[1])


def settings(folder, portal, desk):
    path = folder / 'noroshi.conf'
    path.write_text(f'state_dir = {folder}/state\nportal_listen = 127.0.0.1:{portal}\ndesk_listen = 127.0.0.1:{desk}\n'
                    f'portal_url = http://localhost:{portal}\ndesk_url = http://desk.localhost:{desk}\n'
                    f'public_rate_per_minute = 60000000\ninterface_rate_per_minute = 60000000\nfile_rate_per_minute = 60000000\nrun_user = {os.environ.get("BENCH_USER", "nobody")}\n')
    return path


def nginx_config(folder, port):
    (folder / 'nginx.conf').write_text(
        f'worker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n'
        'events { worker_connections 1024; }\nhttp { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;\n'
        'open_file_cache max=100; open_file_cache_valid 60s; default_type "text/html; charset=utf-8"; types { }\n'
        f'client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n'
        f'server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}\n')
    return folder / 'nginx.conf'


def open_databases(supervisor):
    """Database files that the public process has open: there must be none."""
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            stat = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
            role = pathlib.Path(f'/proc/{pid}/cmdline').read_text()
            if int(stat[1]) == supervisor and 'public' in role:
                found += [os.readlink(f'/proc/{pid}/fd/{fd}') for fd in os.listdir(f'/proc/{pid}/fd')]
        except OSError:
            continue
    return [name for name in found if name.endswith('.db')]


def measure(pages, portal, nginx, seconds, rounds):
    results = {}
    for name, path in pages.items():
        runs = {'noroshi': [], 'nginx': []}
        for _ in range(rounds):
            runs['noroshi'].append(wrk(f'http://localhost:{portal}{path}', seconds))
            runs['nginx'].append(wrk(f'http://localhost:{nginx}/{name}.html', seconds))
        results[name] = {who: [statistics.median(column) for column in zip(*these)] for who, these in runs.items()}
    return results


def report(results):
    worst = 0
    print(f'{"page":10} {"noroshi/s":>11} {"nginx/s":>11} {"ratio":>6} {"noroshi p99":>12} {"nginx p99":>10} {"times":>6}')
    for name, r in results.items():
        ratio, times = r['noroshi'][0] / r['nginx'][0], r['noroshi'][1] / r['nginx'][1]
        worst |= ratio < NEEDED_RATIO or times > ALLOWED_P99
        print(f'{name:10} {r["noroshi"][0]:11.0f} {r["nginx"][0]:11.0f} {ratio:6.2f} {r["noroshi"][1]:9.2f} ms {r["nginx"][1]:7.2f} ms {times:6.2f}')
    print(f'aim: ratio at least {NEEDED_RATIO}, p99 at most {ALLOWED_P99} times: {"missed" if worst else "met"}')
    return worst


# One round: three of them are more than public_rate_per_minute can be set to, on a quick machine.
def main(noroshi=None, seconds='5', rounds=3):
    noroshi = noroshi or str(ROOT / 'build-release/src/noroshi')
    folder = pathlib.Path(tempfile.mkdtemp(prefix='noroshi-bench-'))
    folder.chmod(0o755)
    (folder / 'files').mkdir()
    portal, desk, other = free_port(), free_port(), free_port()
    base = [noroshi, '--settings', str(settings(folder, portal, desk))]
    started = []
    try:
        subprocess.run([*base, 'init'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*base, 'demo', 'fill'], check=True, stdout=subprocess.DEVNULL)
        started.append(subprocess.Popen([*base, 'serve'], stdout=subprocess.DEVNULL, stderr=open(folder / 'serve.log', 'w')))
        wait_for(f'http://localhost:{portal}/healthz', 'noroshi')
        time.sleep(3) # the desk makes all pages anew at its first start
        listed = wait_for(f'http://localhost:{portal}/advisories', 'the list').decode()
        pages = {'advisory': re.search(r'/advisories/[A-Z]+\d+', listed)[0], 'list': '/advisories'}
        for name, path in pages.items():
            (folder / 'files' / f'{name}.html').write_bytes(wait_for(f'http://localhost:{portal}{path}', name))
        started.append(subprocess.Popen(['nginx', '-c', str(nginx_config(folder, other)), '-g', 'daemon off;'], stderr=subprocess.DEVNULL))
        wait_for(f'http://localhost:{other}/list.html', 'nginx')
        results = measure(pages, portal, other, int(seconds), int(rounds))
        databases = open_databases(started[0].pid)
        print('the public process has no database open' if not databases else f'open databases: {json.dumps(databases)}')
        return report(results) or bool(databases)
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
