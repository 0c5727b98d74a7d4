"""The proof of `benchmarks/prove_archive.py`, kept short."""

import subprocess
import sys
from pathlib import Path


def test_the_long_proof_holds_for_a_short_while():
    """Five kills lose and double nothing, and sixty changes are all named."""
    house = Path(__file__).parents[2]
    proof = [sys.executable, "benchmarks/prove_archive.py", "--kills", "5", "--changes", "60"]
    told = subprocess.run(
        proof,
        cwd=house,
        env={"PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")
    assert "lost=0, doubled=0" in told.stdout
