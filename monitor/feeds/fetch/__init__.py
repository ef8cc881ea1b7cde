"""From a URL to bytes: addresses checked at connect time, deadlines, caps, redirects, bounded decompression."""

import sys

# `import httpx` brings its command line along, which costs 40 ms where rich and click are installed; httpx itself takes
# an import error there for "not installed".
if "httpx" not in sys.modules:
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
