"""`python -m monitor` and the console script `chipwire`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and exits with its status: 0 done, 1 the work failed, 2 called or configured wrongly."""
    from monitor.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
