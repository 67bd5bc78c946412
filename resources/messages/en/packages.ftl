packages-unreadable = The list of packages that Nix gave could not be read. Try again. If it happens again, check that Nix works.
