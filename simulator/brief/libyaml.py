"""The one place that asks for libyaml, which reads every document of ours."""

from typing import Any

import yaml

from simulator.errors import HostError


def loader() -> Any:
    """PyYAML's entry to libyaml."""
    if not yaml.__with_libyaml__:
        raise HostError(
            "PyYAML is installed here without libyaml, which reads our documents; "
            "reinstall it from a wheel: pip install --force-reinstall --only-binary :all: pyyaml"
        )
    return yaml.CBaseLoader
