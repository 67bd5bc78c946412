# What `nix-shell` and `nix develop` ask of a package set: bash, a standard environment, mkShell.
{ build, system, packages }:
let
  hostPath = "/usr/bin:/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin";

  bash = (build.programs "terminal" {
    bash = {
      title = "Bash"; version = "5.3p9"; license = "gpl3Plus"; size = 4; needs = [ "ncurses" ];
      homepage = "https://www.gnu.org/software/bash/"; description = "Shell of most Linux systems";
      # The computer's own bash under a path in the store: `nix develop` insists on a builder of that name.
      linkTo = "bash";
    };
  }).bash;

  # Not marked as a package, so that lists and searches skip it.
  stdenv = builtins.removeAttrs (derivation {
    name = "stdenv-practice";
    inherit system;
    builder = "/bin/sh";
    PATH = hostPath;
    args = [ "-euc" ''mkdir "$out" && cp "$setup" "$out/setup"'' ];
    setup = ./setup.sh;
  }) [ "type" ];

  environment = name: attributes: script: derivation ({
    inherit name system stdenv hostPath;
    builder = "${bash}/bin/bash";
    args = [ "-euc" ''source "$stdenv/setup"; eval "$buildCommand"'' ];
    buildCommand = script;
    outputs = [ "out" ]; # `nix develop` reads it from the environment
  } // attributes);
in
{
  inherit bash stdenv;
  bashInteractive = bash;
  bashInteractiveFHS = bash;
  runCommand = environment;
  mkShell = { name ? "nix-shell", packages ? [ ], buildInputs ? [ ], nativeBuildInputs ? [ ], ... } @ arguments:
    environment name
      (builtins.removeAttrs arguments [ "name" "packages" ] // {
        inherit buildInputs;
        nativeBuildInputs = packages ++ nativeBuildInputs;
      })
      ''mkdir "$out"'';
}
