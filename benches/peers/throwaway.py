"""A virtual environment for one run, so that peers come from PyPI without touching the machine."""
import os, subprocess, sys, tempfile, venv

MARK = "OBSADA_PEER_ENVIRONMENT"
ONE_THREAD = {**os.environ, **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON")}}


def environment(*packages):
    """Returns inside a fresh environment that has the packages, one thread each; the run outside ends here."""
    if MARK in os.environ:
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = os.path.join(folder, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        done = subprocess.run([python, *sys.argv], env={**ONE_THREAD, MARK: folder})
    sys.exit(done.returncode)
