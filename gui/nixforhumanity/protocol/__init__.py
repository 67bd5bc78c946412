"""ACP messages and the JSON-RPC peer, without I/O."""
