"""From a feed's URL to entries that are told apart and articles that can be compared.

`fetch` and `parse` are what touches bytes of strangers; `sweep` orders polls; `identity`, `normalize`, `cadence` are
pure; `discover`, `opml`, `probe` serve the `feeds` commands.
"""
