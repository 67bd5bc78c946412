"""The connection of a window or a terminal to an assistant server."""
