"""ping, mtr, nc, pg_isready, openssl and curl against a network on a bad day."""
# ruff: noqa: E501 - a line stands in one piece, as it is printed

import pytest
from network_fake import BOB, IN_POD, NET

from simulator.shell.prompt import run

TOLD = [
    (
        "ping web.test",
        (
            "PING web.test (203.0.113.9) 56(84) bytes of data.\n"
            "\n"
            "--- web.test ping statistics ---\n"
            "4 packets transmitted, 0 received, 100% packet loss, time 3003ms\n"
        ),
        "",
        1,
    ),
    (
        "ping -c 2 box.test",
        (
            "PING box.test (10.20.0.1) 56(84) bytes of data.\n"
            "64 bytes from 10.20.0.1: icmp_seq=1 ttl=58 time=2.5 ms\n"
            "64 bytes from 10.20.0.1: icmp_seq=2 ttl=58 time=2.5 ms\n"
            "\n"
            "--- box.test ping statistics ---\n"
            "2 packets transmitted, 2 received, 0% packet loss, time 1001ms\n"
        ),
        "",
        0,
    ),
    ("ping nope.test", "", "ping: nope.test: Name or service not known\n", 2),
    ("ping", "", "ping: usage error: Destination address required\n", 1),
    (
        "ping 8.8.8.8 -c 1",
        (
            "PING 8.8.8.8 (8.8.8.8) 56(84) bytes of data.\n"
            "64 bytes from 8.8.8.8: icmp_seq=1 ttl=58 time=2.5 ms\n"
            "\n"
            "--- 8.8.8.8 ping statistics ---\n"
            "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n"
        ),
        "",
        0,
    ),
    (
        "mtr --report -c 5 -P 81 web.test",
        (
            "HOST: laptop                   Loss%   Snt   Last   Avg  Best  Wrst StDev\n"
            "  1.|-- gateway                  0.0%    10   0.6   0.6   0.5   0.8   0.1\n"
            "  2.|-- 10.20.0.1                0.0%    10   1.1   1.1   1.0   1.4   0.1\n"
            "  3.|-- ???                    100.0    10    0.0   0.0   0.0   0.0   0.0\n"
        ),
        "",
        0,
    ),
    (
        "mtr -P 85 web.test",
        (
            "HOST: laptop                   Loss%   Snt   Last   Avg  Best  Wrst StDev\n"
            "  1.|-- gateway                  0.0%    10   0.6   0.6   0.5   0.8   0.1\n"
            "  2.|-- 10.20.0.1                0.0%    10   1.1   1.1   1.0   1.4   0.1\n"
            "  3.|-- 203.0.113.9              0.0%    10 100.0 100.0  90.0 130.0  10.0\n"
        ),
        "",
        0,
    ),
    ("mtr", "", "mtr: a hostname is required\n", 1),
    (
        "traceroute nope.test",
        "",
        "mtr: Failed to resolve host: nope.test: Name or service not known\n",
        1,
    ),
    (
        "nc -zv web.test 81",
        "",
        "nc: connect to web.test port 81 (tcp) timed out: Operation now in progress\n",
        1,
    ),
    ("nc -zv web.test 85", "", "Connection to web.test 85 port [tcp/*] succeeded!\n", 0),
    (
        "nc -zv -w 2 web.test 81",
        "",
        "nc: connect to web.test port 81 (tcp) timed out: Operation now in progress\n",
        1,
    ),
    ("nc -z web.test 83", "", "", 1),
    (
        "nc -zv web.test 83",
        "",
        "nc: connect to web.test port 83 (tcp) failed: Connection refused\n",
        1,
    ),
    (
        "nc -zv nope.test 443",
        "",
        'nc: getaddrinfo for host "nope.test" port 443: Name or service not known\n',
        1,
    ),
    ("nc -zv web.test x", "", "nc: port number invalid: x\n", 1),
    ("nc web.test", "", "usage: nc [-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]\n", 1),
    ("nc -Q web.test 1", "", "nc: invalid option -- 'Q'\n", 1),
    ("pg_isready", "/var/run/postgresql:5432 - no response\n", "", 2),
    ("pg_isready -h nope.test", "nope.test:5432 - no response\n", "", 2),
    ("pg_isready -h start.test", "start.test:5432 - rejecting connections\n", "", 1),
    ("pg_isready -h auth.test -q", "", "", 0),
    ("pg_isready -h auth.test", "auth.test:5432 - accepting connections\n", "", 0),
    ("pg_isready -h web.test -p 81 -t 0", "web.test:81 - no response\n", "", 2),
    (
        "pg_isready -Z",
        "",
        (
            "pg_isready: invalid option -- 'Z'\n"
            'pg_isready: hint: Try "pg_isready --help" for more information.\n'
        ),
        3,
    ),
    ("openssl s_client -connect web.test:x", "", "s_client: -connect argument malformed\n", 1),
    (
        "openssl s_client -connect nope.test:443",
        "",
        "BIO_lookup_ex:system lib:nope.test: Name or service not known\n",
        1,
    ),
    ("openssl s_client -connect web.test:81", "", ("connect:errno=110\nConnection timed out\n"), 1),
    ("openssl s_client -connect web.test:83", "", ("connect:errno=111\nConnection refused\n"), 1),
    (
        "openssl s_client -connect web.test:443",
        (
            "CONNECTED(00000003)\n"
            "---\n"
            "Certificate chain\n"
            " 0 s:CN = web.test\n"
            "   i:C = US, O = Amazon, CN = Amazon RSA 2048 M03\n"
            "   v:NotBefore: Mar 11 14:10:00 2026 GMT; NotAfter: Mar 11 14:10:00 2026 GMT\n"
            "---\n"
            "Server certificate\n"
            "subject=CN = web.test\n"
            "issuer=C = US, O = Amazon, CN = Amazon RSA 2048 M03\n"
            "---\n"
            "New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256\n"
            "Verify return code: 10 (certificate has expired)\n"
            "---\n"
        ),
        "",
        0,
    ),
    (
        "openssl s_client -connect web.test -servername odd.test",
        (
            "CONNECTED(00000003)\n"
            "---\n"
            "Certificate chain\n"
            " 0 s:CN = odd.test\n"
            "   i:C = US, O = Amazon, CN = Amazon RSA 2048 M03\n"
            "   v:NotBefore: Feb 10 14:10:00 2025 GMT; NotAfter: Mar 12 14:10:00 2026 GMT\n"
            "---\n"
            "Server certificate\n"
            "subject=CN = odd.test\n"
            "issuer=C = US, O = Amazon, CN = Amazon RSA 2048 M03\n"
            "---\n"
            "New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256\n"
            "Verify return code: 10 (certificate has expired)\n"
            "---\n"
        ),
        "",
        0,
    ),
    (
        "openssl s_client -connect web.test:443 -servername none.test",
        ("CONNECTED(00000003)\nno peer certificate available\n"),
        "",
        1,
    ),
    (
        "openssl s_client -connect web.test:443 | openssl x509 -noout -text",
        (
            "notBefore=Mar 11 14:10:00 2026 GMT\n"
            "notAfter=Mar 11 14:10:00 2026 GMT\n"
            "subject=CN = web.test\n"
            "issuer=C = US, O = Amazon, CN = Amazon RSA 2048 M03\n"
        ),
        "",
        0,
    ),
    (
        "openssl s_client -connect web.test:443 | openssl x509 -noout -startdate -issuer -subject",
        (
            "notBefore=Mar 11 14:10:00 2026 GMT\n"
            "issuer=C = US, O = Amazon, CN = Amazon RSA 2048 M03\n"
            "subject=CN = web.test\n"
        ),
        "",
        0,
    ),
    ("echo x | openssl x509 -noout -dates", "", "Could not find certificate from <stdin>\n", 1),
    ("curl", "", "curl: (2) no URL specified\n", 2),
    (
        "curl --bogus",
        "",
        (
            "curl: option --bogus: is unknown\n"
            "curl: try 'curl --help' or 'curl --manual' for more information\n"
        ),
        2,
    ),
    (
        "curl -m",
        "",
        (
            "curl: option -m: requires parameter\n"
            "curl: try 'curl --help' or 'curl --manual' for more information\n"
        ),
        2,
    ),
    (
        "curl localhost:8080",
        "",
        "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server\n",
        7,
    ),
    ("curl 'http://a b'", "", "curl: (3) URL rejected: Malformed input to a URL function\n", 3),
    ("curl http://:80/", "", "curl: (3) URL rejected: Malformed input to a URL function\n", 3),
    ("curl ftp://web.test", "", "curl: (3) URL rejected: Malformed input to a URL function\n", 3),
    (
        "curl http://web.test:99999",
        "",
        "curl: (3) URL rejected: Malformed input to a URL function\n",
        3,
    ),
    ("curl web.test", "hello\n", "", 0),
    ("curl -k https://web.test", "hello\n", "", 0),
    (
        "curl https://web.test",
        "",
        "curl: (60) SSL certificate problem: certificate has expired\n",
        60,
    ),
    ("curl -I http://web.test/", ("HTTP/1.1 200 OK\ncontent-length: 5\n\n"), "", 0),
    (
        "curl -v http://web.test/?q=1",
        "hello\n",
        (
            "* Connected to web.test port 80\n"
            "> GET /?q=1\n"
            "> Host: web.test\n"
            ">\n"
            "< HTTP/1.1 200 OK\n"
            "< content-length: 5\n"
            "<\n"
        ),
        0,
    ),
    ("curl -X PUT http://web.test/missing", "", "", 0),
    ("curl http://web.test/missing", "", "", 0),
    ("curl -i http://web.test/none", ("HTTP/1.1 404 Not Found\ncontent-length: 0\n\n"), "", 0),
    (
        "curl http://web.test:81",
        "",
        "curl: (28) Failed to connect to web.test port 81 after 130000 ms: Couldn't connect to server\n",
        28,
    ),
    (
        "curl -m 3 http://web.test:81",
        "",
        "curl: (28) Connection timed out after 3001 milliseconds\n",
        28,
    ),
    ("curl http://web.test:82", "", "curl: (56) Recv failure: Connection reset by peer\n", 56),
    (
        "curl http://web.test:83",
        "",
        "curl: (7) Failed to connect to web.test port 83 after 20 ms: Couldn't connect to server\n",
        7,
    ),
    ("curl http://web.test:84", "", "curl: (56) TLS alert\n", 56),
    ("curl -s http://web.test:84", "", "", 56),
    ("curl localhost:9000", "from the pod\n", "", 0),
    ("curl https://example.com", "<!doctype html>\n", "", 0),
    (
        "curl http://plain.test/a/b -w '%{scheme} %{nope} %{exitcode}'",
        ("anything\nHTTP %{nope} 0\n"),
        "",
        0,
    ),
    ("wget -qO- http://web.test/", "hello\n", "", 0),
]
NOT_PLAYED = ["nc -l 99", "openssl version", "curl -d a=1 http://web.test/"]


@pytest.mark.parametrize(("line", "out", "err", "status"), TOLD)
def test_it_says_what_the_real_one_says(line, out, err, status):
    """Every end a probe can come to, in its own words and with its own status."""
    reply = run(line, NET, IN_POD if "localhost" in line else BOB)

    assert (reply.out, reply.err, reply.status) == (out, err, status)


@pytest.mark.parametrize("line", NOT_PLAYED)
def test_what_is_not_played_says_so(line):
    """With something that works instead, and nothing printed."""
    reply = run(line, NET, BOB)

    assert (reply.way, reply.out, bool(reply.nearest)) == ("not_simulated", "", True)
