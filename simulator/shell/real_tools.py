"""The names of tools that exist in the world and that nobody simulates."""

from typing import Final

REAL: Final = frozenset(
    {"helm", "terraform", "docker", "podman", "crictl", "ansible", "vault", "consul", "istioctl"}
    | {"argocd", "flux", "stern", "k9s", "eksctl", "kubectx", "kubens", "make", "python", "python3"}
    | {"node", "npm", "go", "gh", "tcpdump", "strace", "lsof", "netstat", "ss", "ps", "htop", "df"}
    | {"free", "iostat", "vmstat", "dmesg", "systemctl", "nmap"}
    | {"tshark", "perf", "jstack", "redis-cli", "mysql", "mongo", "patronictl", "pg_dump", "du"}
    | {"pg_ctl", "ifconfig", "ip", "telnet", "whois", "amtool", "velero", "tmux"}
    | {"find", "perl", "diff", "base64", "chmod", "cp", "mv", "rm", "mkdir", "touch", "kill", "top"}
    | {
        "gcloud",
        "az",
        "psql-cli",
        "etcdctl",
        "kafka-topics",
        "rabbitmqctl",
        "scp",
        "rsync",
        "screen",
    }
)
"""Tools that exist in the world and are not simulated unless an author answers for them."""
