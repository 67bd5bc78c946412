"""Practice stand-in for matplotlib: it can be imported and tells its version, nothing more."""

__version__ = "@version@"
