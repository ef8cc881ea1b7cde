"""From a URL to bytes: addresses checked at connect time, deadlines, caps, redirects, bounded decompression."""
