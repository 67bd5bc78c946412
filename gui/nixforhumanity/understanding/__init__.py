"""Words to requests, without I/O."""
