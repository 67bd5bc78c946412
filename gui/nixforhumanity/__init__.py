"""Nix for Humanity: say what you want from your Nix system, see the plan, let it happen, take it back."""

__version__ = "0.1.0"
