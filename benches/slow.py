#!/usr/bin/env python3
"""Readers beside thousands of slow connections: benches/slow.py EXECUTABLE [CONNECTIONS [SECONDS [OPEN_FILES]]].

A quarter of the connections sends a byte of a head each second, a quarter stops in the middle of a body, a quarter says
nothing, and a quarter waits after a request. Whoever is cut off comes again some five seconds later. Beside them one reader
asks for a post a hundred times a second, every second time through a new connection. The numbers are printed as they
are: nothing is judged here. Only Python's own library is needed; the slow ones give way to the blog (nice 19), as they
would from another machine.
"""
import asyncio, collections, os, random, re, resource, subprocess, sys, tempfile, threading, time
from http.client import HTTPConnection, HTTPException

PROGRAM = os.path.abspath(sys.argv[1])
COUNT, SECONDS, FILES = map(int, sys.argv[2:] + ["5000", "300", "65536"][len(sys.argv) - 2:])
POST = "/posts/post"


def limited():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), min(FILES, hard)))


def start(folder):
    with open(os.path.join(folder, "post.md"), "w") as post:
        post.write("---\ntitle: Post\ndate: 2024-01-01\n---\n" + "Nobody had said a word about the weather. " * 40)
    run = lambda *args, **more: subprocess.run([PROGRAM, *args], cwd=folder, check=True, stdout=subprocess.DEVNULL, **more)
    run("user", "add", "Ada", "--role", "owner", input=b"a quiet heron at dusk\n")
    run("import", "markdown", ".", "--author", "Ada")
    # All of it comes from one client here.
    limits = {"ROCKET_REQUESTS_PER_SECOND": "1000000", "ROCKET_REQUEST_BURST": "1000000", "ROCKET_ACCESS_LOG": "false"}
    blog = subprocess.Popen([PROGRAM, "serve", "--port", "0"], cwd=folder, env={**os.environ, **limits},
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=limited)
    return blog, int(re.search(r":(\d+)", blog.stdout.readline().split("//")[1]).group(1))


def read(port, seconds):
    """The milliseconds that each of a reader's requests took, in order; and how many failed."""
    took, failed, kept = [], 0, HTTPConnection("127.0.0.1", port, timeout=10)
    begin = time.monotonic()
    for n in range(seconds * 100):
        time.sleep(max(0, begin + n / 100 - time.monotonic()))
        connection = HTTPConnection("127.0.0.1", port, timeout=10) if n % 2 else kept
        before = time.monotonic()
        try:
            connection.request("GET", POST)
            answer = connection.getresponse()
            failed += answer.status != 200 or len(answer.read()) < 1000
        except (OSError, HTTPException):
            # A connection that waited may be closed at any time; a reader then asks again.
            failed += connection is not kept
            kept.close()
        took.append((time.monotonic() - before) * 1000)
        if n % 2:
            connection.close()
    return sorted(took), failed


class Crowd:
    def __init__(self, port):
        self.port, self.open, self.lives, self.stop = port, collections.Counter(), collections.defaultdict(list), False

    async def slow(self, kind):
        while not self.stop:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(5)
                continue
            self.open[kind] += 1
            begin = time.monotonic()
            try:
                await getattr(self, kind)(reader, writer)
            except OSError:
                pass
            self.open[kind] -= 1
            self.lives[kind].append(time.monotonic() - begin)
            writer.close()
            await asyncio.sleep(random.uniform(2, 8))

    async def head(self, reader, writer):
        gone = asyncio.create_task(reader.read())
        gone.add_done_callback(lambda gone: gone.cancelled() or gone.exception())
        for byte in f"GET {POST} HTTP/1.1\r\nHost: a\r\n" + "X: abcdefgh\r\n" * 10**4:
            writer.write(byte.encode())
            await asyncio.wait([gone], timeout=1)
            if gone.done():
                return

    async def body(self, reader, writer):
        writer.write(b"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nusername=")
        await reader.read()

    async def silent(self, reader, writer):
        await reader.read()

    async def idle(self, reader, writer):
        writer.write(f"GET {POST} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        while await reader.read(1 << 16):
            pass

    async def run(self):
        kinds = ["head", "body", "silent", "idle"]
        tasks = []
        for n in range(COUNT):
            tasks.append(asyncio.create_task(self.slow(kinds[n % 4])))
            if n % 50 == 0:
                await asyncio.sleep(0.05)
        while not self.stop:
            await asyncio.sleep(0.5)
        for task in tasks:
            task.cancel()


def status(pid, name):
    with open(f"/proc/{pid}/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def crowd(port):
    """The slow ones, in a process of their own; what they saw is printed at the end."""
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    crowd = Crowd(port)
    threading.Thread(target=lambda: (sys.stdin.readline(), setattr(crowd, "stop", True)), daemon=True).start()
    asyncio.run(crowd.run())
    for kind, lives in sorted(crowd.lives.items()):
        lives.sort()
        print(f"  {kind}: cut off {len(lives)} times, after {lives[len(lives) // 2]:.0f} s in the middle, {lives[-1]:.0f} s at most")


def main():
    if "CROWD_AT" in os.environ:
        return crowd(int(os.environ["CROWD_AT"]))
    with tempfile.TemporaryDirectory() as folder:
        blog, port = start(folder)
        show = lambda name, took, failed: print(
            f"{name}: {len(took)} requests, {failed} failed, median {took[len(took) // 2]:.2f} ms,"
            f" p99 {took[len(took) * 99 // 100]:.2f} ms, longest {took[-1]:.0f} ms", flush=True)
        try:
            read(port, 2)
            show("quiet", *read(port, 30))
            slow = subprocess.Popen([sys.executable, *sys.argv], env={**os.environ, "CROWD_AT": str(port)},
                                    stdin=subprocess.PIPE, text=True)
            time.sleep(COUNT / 500 + 5)
            most = [0]
            watch = lambda: [(most.__setitem__(0, max(most[0], len(os.listdir(f"/proc/{blog.pid}/fd")))), time.sleep(1)) for _ in range(SECONDS)]
            threading.Thread(target=watch, daemon=True).start()
            show(f"beside {COUNT} slow ones", *read(port, SECONDS))
            print(f"at most {most[0]} open files, {status(blog.pid, 'VmHWM') // 1024} MB of memory, {status(blog.pid, 'Threads')} threads")
            slow.communicate("stop\n")
        finally:
            blog.terminate()
            blog.wait()


main()
