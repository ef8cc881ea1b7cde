"""`python -m monitor` and the console script `chipwire`."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS, YOUNG, OLD = 200_000, 20, 50
"""When cyclic garbage is looked for. Modules, word tables and automata are many objects and none of them garbage: with
Python's own 700 they are walked again and again while they are built, a tenth of a short run's time."""


def main() -> None:
    """Runs the command line and exits with its status: 0 done, 1 the work failed, 2 called or configured wrongly."""
    if sys.version_info < (3, 11):  # noqa: UP036 - run from a checkout, nothing has compared the versions yet
        sys.exit(f"chipwire needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    gc.set_threshold(ALLOCATIONS, YOUNG, OLD)
    try:
        from monitor.cli import run
    except ModuleNotFoundError as error:
        sys.exit(f"chipwire is not installed for this Python ({error}): run it from its environment, or `make demo`")

    status = run(sys.argv[1:])
    # The interpreter walks all there is once more before it ends, a tenth of a run that brings nothing; what is set
    # aside it need not walk.
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
