"""curl (and wget, answered alike): a request from this terminal, and what came back.

Rule 1: `http/<host>` says what is served, `net/...` whether it is reached, `tls/...` whether the
    certificate holds.
Rule 2: only requests that look are answered; a method that changes needs a row of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.connect import PUBLIC, Path, path_to, port_of, waited, whole
from simulator.shell.documents import Documents, Row
from simulator.shell.flags import Given, flag_table, read_flags
from simulator.shell.reply import Reply, Terminal
from simulator.shell.syntax import Simple

_TABLE: Final = flag_table(
    "i|include s|silent S|show-error m|max-time= connect-timeout= w|write-out= o|output= "
    "X|request= H|header= d|data= data-raw= data-binary= json= k|insecure L|location v|verbose "
    "I|head f|fail fail-with-body u|user= A|user-agent= e|referer= b|cookie= c|cookie-jar= "
    "x|proxy= resolve= connect-to= retry= retry-delay= retry-max-time= G|get 4|ipv4 6|ipv6 "
    "http1.1 http2 http3 compressed N|no-buffer g|globoff O|remote-name cacert= cert= key= "
    "tlsv1.2 tlsv1.3 no-progress-meter z|time-cond= T|upload-file= F|form= #|progress-bar "
    "retry-all-errors url= interface= max-redirs= path-as-is keepalive-time= oauth2-bearer="
)
_REASONS: Final = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    204: "No Content",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Url:
    scheme: str
    host: str
    port: int
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What came back, or curl's own code and words for why nothing did."""

    seconds: float
    status: int = 0
    headers: Mapping[str, str] | None = None
    body: str = ""
    code: int = 0
    message: str = ""
    reads: tuple[str, ...] = ()


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What curl prints of the last URL named."""
    del piped  # a body from standard input belongs to requests that change
    tool, *words = command.words
    if tool == "wget":
        words = [word for word in words if not word.startswith("-")]
    given = read_flags(words, _TABLE)
    if given.unknown or given.lacking:
        flag = given.unknown or given.lacking
        wrong = "is unknown" if given.unknown else "requires parameter"
        hint = "curl: try 'curl --help' or 'curl --manual' for more information\n"
        return _refused(f"curl: option {flag}: {wrong}\n{hint}", 2)
    targets = (*given.operands, *given.rest, *given.flags.get("url", ()))
    if not targets:
        return _refused("curl: (2) no URL specified\n", 2)
    url = _url(targets[-1])
    if url is None:
        return _refused("curl: (3) URL rejected: Malformed input to a URL function\n", 3)
    got = _fetched(url, given, documents, terminal)
    if got is None:
        return Reply(way="not_simulated")
    return _told(url, given, got)


def _refused(message: str, status: int) -> Reply:
    return Reply(way="refused", err=message, status=status, takes_s=(2, 4))


def _url(text: str) -> _Url | None:
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = "http", text
    scheme = scheme.lower()
    if scheme not in ("http", "https") or any(sign.isspace() for sign in text):
        return None
    place, slash, path = rest.partition("/")
    place = place.rpartition("@")[2].partition("?")[0]
    host, colon, port_text = place.partition(":")
    port = port_of(port_text) if colon else {"http": 80, "https": 443}[scheme]
    if not host or port is None:
        return None
    return _Url(
        scheme=scheme, host=host.lower(), port=port, path=f"{slash or '/'}{path}", text=text
    )


def _limit(given: Given) -> float | None:
    limits: list[float] = []
    for name in ("max-time", "connect-timeout"):
        text = given.value(name)[:10]
        if text.replace(".", "", 1).isdecimal() and text.isascii():
            limits.append(float(text))
    return min(limits, default=None)


def _fetched(url: _Url, given: Given, documents: Documents, terminal: Terminal) -> _Answer | None:
    """What came back; None where answering would mean to change something."""
    if url.host in ("localhost", "127.0.0.1"):
        return _local(url, given, documents, terminal)
    path = path_to(documents, terminal, url.host, url.port)
    unreached = _unreached(url, given, path)
    if unreached is not None:
        return unreached
    expired = _untrusted(url, given, documents)
    if expired:
        return _Answer(seconds=0.05, code=60, message=expired, reads=(f"tls/{url.host}",))
    if url.host in PUBLIC:
        return _Answer(seconds=0.09, status=200, body="<!doctype html>\n")
    return _served(url, given, documents, (url.host, path.address), path.reads)


def _local(url: _Url, given: Given, documents: Documents, terminal: Terminal) -> _Answer | None:
    own = terminal.variables.get("HOSTNAME", "")
    if own and (documents.rows(f"http/{own}:{url.port}") or documents.rows(f"http/{own}")):
        return _served(url, given, documents, (own,), ())
    refused = (
        f"Failed to connect to {url.host} port {url.port} after 0 ms: Couldn't connect to server"
    )
    return _Answer(seconds=0.001, code=7, message=refused)


def _unreached(url: _Url, given: Given, path: Path) -> _Answer | None:
    limit = _limit(given)
    if not path.known:
        message = f"Could not resolve host: {url.host}"
        return _Answer(seconds=0.02, code=6, message=message, reads=path.reads)
    reach = path.reach
    if reach.ends == "ok":
        return None
    seconds = waited(reach.seconds, limit)
    ms = round(seconds * 1000)
    if reach.ends == "timeout" or (limit is not None and reach.seconds > limit):
        message = f"Connection timed out after {ms + 1} milliseconds"
        if limit is None or reach.seconds < limit:
            message = (
                f"Failed to connect to {url.host} port {url.port} after {ms} ms: "
                "Couldn't connect to server"
            )
        return _Answer(seconds=seconds, code=28, message=message, reads=path.reads)
    message = (
        f"Failed to connect to {url.host} port {url.port} after {ms} ms: Couldn't connect to server"
    )
    if reach.ends == "failed":
        message = reach.message or "Recv failure: Connection reset by peer"
        return _Answer(seconds=seconds, code=56, message=message, reads=path.reads)
    return _Answer(seconds=seconds, code=7, message=message, reads=path.reads)


def _untrusted(url: _Url, given: Given, documents: Documents) -> str:
    rows = documents.rows(f"tls/{url.host}") if url.scheme == "https" else ()
    ends = rows[0].get("not_after") if rows else None
    if given.has("insecure") or not isinstance(ends, int | float) or ends > documents.now:
        return ""
    return "SSL certificate problem: certificate has expired"


def _served(
    url: _Url, given: Given, documents: Documents, hosts: tuple[str, ...], reads: tuple[str, ...]
) -> _Answer | None:
    kinds = [kind for host in hosts for kind in (f"http/{host}:{url.port}", f"http/{host}") if host]
    kind = next((kind for kind in kinds if documents.rows(kind)), kinds[0])
    rows = documents.rows(kind)
    sends = any(name in given.flags for name in ("data", "data-raw", "data-binary", "json", "form"))
    method = given.value("request").upper() or ("POST" if sends and not given.has("get") else "GET")
    row = _row(rows, url.path, method)
    if row is None and method not in ("GET", "HEAD", "OPTIONS"):
        return None
    if row is None:
        return _Answer(seconds=0.03, status=404, headers={}, body="", reads=(*reads, kind))
    seconds = row.get("seconds", 0.03)
    seconds = float(seconds) if isinstance(seconds, int | float) else 0.03
    limit = _limit(given)
    if limit is not None and seconds > limit:
        ms = round(limit * 1000) + 1
        message = f"Operation timed out after {ms} milliseconds with 0 bytes received"
        return _Answer(seconds=limit, code=28, message=message, reads=(*reads, kind))
    headers = row.get("headers") or {}
    status = row.get("status", 200)
    return _Answer(
        seconds=seconds,
        status=status if isinstance(status, int) else 200,
        headers={str(name): str(value) for name, value in headers.items()},
        body=str(row.get("body", "")),
        reads=(*reads, kind),
    )


def _row(rows: Sequence[Row], path: str, method: str) -> Row | None:
    """The row of a path: itself, without its query, or the one for every path."""
    asks = "GET" if method in ("HEAD", "OPTIONS") else method
    fitting = [row for row in rows if str(row.get("method", "GET")).upper() == asks]
    for wanted in (path, path.partition("?")[0], "*"):
        for row in fitting:
            if str(row.get("path", "/")) == wanted:
                return row
    return None


def _told(url: _Url, given: Given, got: _Answer) -> Reply:
    out: list[str] = []
    err = ""
    status = got.code
    failed = given.has("fail") and got.status >= 400
    if got.code:
        quiet = given.has("silent") and not given.has("show-error")
        err = "" if quiet else f"curl: ({got.code}) {got.message}\n"
    elif failed:
        status = 22
        err = f"curl: (22) The requested URL returned error: {got.status}\n"
    if not got.code:
        head = _head(got)
        if given.has("verbose"):
            err += _spoken(url, head)
        if given.has("include") or given.has("head"):
            out.append(head)
        hidden = given.has("head") or failed or given.value("output") not in ("", "-")
        out.append("" if hidden else got.body)
    out.append(_written(given.value("write-out"), url, got))
    text = "".join(out)
    return Reply(
        way="normal" if url.host in PUBLIC else "answered",
        out=text if not text or text.endswith("\n") else f"{text}\n",
        err=err,
        status=status,
        takes_s=whole(got.seconds),
        reads=tuple(sorted(set(got.reads))),
    )


def _head(got: _Answer) -> str:
    lines = [f"HTTP/1.1 {got.status} {_REASONS.get(got.status, '')}".rstrip()]
    lines += [f"{name}: {value}" for name, value in (got.headers or {}).items()]
    if not any(name.lower() == "content-length" for name in got.headers or {}):
        lines.append(f"content-length: {len(got.body.encode(errors='replace'))}")
    return "".join(f"{line}\n" for line in lines) + "\n"


def _spoken(url: _Url, head: str) -> str:
    told = "".join(f"< {line}\n" for line in head.rstrip("\n").split("\n"))
    asked = f"* Connected to {url.host} port {url.port}\n> GET {url.path}\n> Host: {url.host}\n>\n"
    return f"{asked}{told}<\n"


def _written(shape: str, url: _Url, got: _Answer) -> str:
    """Curl's `-w`."""
    if not shape:
        return ""
    connect = 0.0 if got.code in (6, 28) else min(0.012, got.seconds)
    values = {
        "http_code": f"{got.status:03d}",
        "response_code": f"{got.status:03d}",
        "time_total": f"{got.seconds:.6f}",
        "time_connect": f"{connect:.6f}",
        "time_appconnect": f"{connect * 2:.6f}",
        "time_namelookup": f"{min(0.004, got.seconds):.6f}",
        "time_starttransfer": f"{got.seconds:.6f}" if got.status else "0.000000",
        "size_download": str(len(got.body)),
        "url_effective": url.text,
        "num_redirects": "0",
        "exitcode": str(got.code),
        "errormsg": got.message,
        "scheme": url.scheme.upper(),
    }
    for name, value in values.items():
        shape = shape.replace(f"%{{{name}}}", value)
    return shape.replace("\\n", "\n").replace("\\t", "\t")
