"""What Nix says and how it is written; runs nothing itself."""
