# What the person allows, from the same places as nixpkgs: the argument, a file, the environment.
{ config }:
let
  named = builtins.getEnv "NIXPKGS_CONFIG";
  home = builtins.getEnv "HOME";
  file = if named != "" then named else if home != "" then home + "/.config/nixpkgs/config.nix" else "";
  fromFile = if file != "" && builtins.pathExists file then import file else { };
  value = part: if builtins.isFunction part then part { } else part;
  chosen = value fromFile // value config;
  environment = name: builtins.getEnv name == "1";
in
{
  allowUnfree = package:
    chosen.allowUnfree or false
    || environment "NIXPKGS_ALLOW_UNFREE"
    || (chosen.allowUnfreePredicate or (_: false)) package;
  allowBroken = chosen.allowBroken or false || environment "NIXPKGS_ALLOW_BROKEN";
  allowInsecure = name:
    builtins.elem name (chosen.permittedInsecurePackages or [ ]) || environment "NIXPKGS_ALLOW_INSECURE";
  # How long each phase of the package `slow` takes.
  phaseSeconds = chosen.phaseSeconds
    or (builtins.head (builtins.match "([0-9.]+).*" (builtins.readFile ./PHASE_SECONDS)));
}
