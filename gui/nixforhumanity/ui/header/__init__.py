"""The line at the top of the window: name, connection, level."""
