"""Practice stand-in for pandas: it can be imported and tells its version, nothing more."""

__version__ = "@version@"
