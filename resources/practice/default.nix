# The practice packages: a small set in the shape of nixpkgs that builds with /bin/sh and the host's
# coreutils alone, without a network, a sandbox or root. README.md tells how to add a stand-in.
{ system ? builtins.currentSystem
, release ? builtins.head (builtins.match "([a-z]+).*" (builtins.readFile ./RELEASE)) # "b" has newer versions
, config ? { } # allowUnfree, allowUnfreePredicate, allowBroken, permittedInsecurePackages, phaseSeconds
, overlays ? [ ]
, ... # nix-shell passes more
}:
let
  pick = a: b: if release == "b" then b else a;
  settings = import ./settings.nix { inherit config; };
  build = import ./build.nix { inherit system settings; packages = self; };

  table = file: category: build.programs category (import file { inherit pick; });

  original =
    import ./libraries.nix { inherit build pick; }
    // table ./programs/development.nix "development"
    // table ./programs/games.nix "games"
    // table ./programs/graphics.nix "graphics"
    // table ./programs/internet.nix "internet"
    // table ./programs/media.nix "media"
    // table ./programs/office.nix "office"
    // table ./programs/terminal.nix "terminal"
    // {
      kdePackages = { recurseForDerivations = true; } // table ./programs/kde.nix "office";
    }
    // import ./python.nix { inherit build pick; packages = self; }
    // import ./shells.nix { inherit build system; packages = self; }
    // import ./faults.nix { inherit build settings; }
    // { pkgs = self; inherit config; };

  self = builtins.foldl' (set: overlay: set // overlay self set) original overlays;
in
self
