"""Practice stand-in for requests: it can be imported and tells its version, nothing more."""

__version__ = "@version@"
