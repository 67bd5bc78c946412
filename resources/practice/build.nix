# Turns rows of facts into packages. A row is an attribute set; README.md lists its fields.
{ system, settings, packages }:
let
  licences = import ./licences.nix;
  runner = ./run.sh;

  # Desktop menu category and icon of each of our categories.
  menus = {
    development = { menu = "Development"; icon = "applications-development"; };
    games = { menu = "Game"; icon = "applications-games"; };
    graphics = { menu = "Graphics"; icon = "applications-graphics"; };
    internet = { menu = "Network"; icon = "applications-internet"; };
    media = { menu = "AudioVideo"; icon = "applications-multimedia"; };
    office = { menu = "Office"; icon = "applications-office"; };
    terminal = { menu = "System"; icon = "utilities-terminal"; };
    library = { menu = ""; icon = ""; };
    practice = { menu = "Utility"; icon = "applications-utilities"; };
  };

  # The wording of the first line is nixpkgs' own, so that explanations of it can be practised.
  refusal = package: reason: hint: throw ''
    Package ‘${package.name}’ in ${package.meta.position} ${reason}, refusing to evaluate.

    ${hint}
  '';

  accept = package:
    let inherit (package) meta name; in
    if meta.unfree && !settings.allowUnfree package then
      refusal package "has an unfree license (‘unfree’)" ''
        To allow it once: set the environment variable NIXPKGS_ALLOW_UNFREE=1 (with a flake, also pass --impure).
        To allow it always: put { nixpkgs.config.allowUnfree = true; } into the configuration of the system.''
    else if meta.broken && !settings.allowBroken then
      refusal package "is marked as broken" ''
        To try it all the same: set the environment variable NIXPKGS_ALLOW_BROKEN=1 (with a flake, also pass --impure).''
    else if meta.insecure && !settings.allowInsecure name then
      refusal package "is marked as insecure" ''
        Known issues:
         - ${builtins.concatStringsSep "\n - " meta.knownVulnerabilities}

        To allow it: { nixpkgs.config.permittedInsecurePackages = [ "${name}" ]; }''
    else true;

  # A package whose facts can always be read, and whose derivation is refused when it is not allowed.
  guarded = facts: derived:
    let
      locked = [ "all" "drvPath" "out" "outPath" ];
      package = builtins.mapAttrs
        (name: value: if builtins.elem name locked then assert accept package; value else value)
        derived // facts;
    in
    package;

  position = attribute: set:
    let at = builtins.unsafeGetAttrPos attribute set; in
    if at == null then toString ./build.nix else "${at.file}:${toString at.line}";

  one = { kind, category, attribute, at }: row:
    let
      pname = row.pname or attribute;
      inherit (row) version;
      name = "${pname}-${version}";
      licence = licences.${row.license or "mit"};
      command = row.command or pname;
      vulnerabilities = row.knownVulnerabilities or [ ];
      meta = {
        inherit name category;
        inherit (row) description;
        license = licence;
        unfree = !licence.free;
        broken = row.broken or false;
        insecure = vulnerabilities != [ ];
        knownVulnerabilities = vulnerabilities;
        unsupported = false;
        available =
          (licence.free || settings.allowUnfree { inherit pname version name; })
          && (settings.allowBroken || !(row.broken or false))
          && (vulnerabilities == [ ] || settings.allowInsecure name);
        platforms = [ "x86_64-linux" "aarch64-linux" ];
        maintainers = [ ];
        outputsToInstall = [ "out" ];
        position = at;
      } // (if kind == "program" then { mainProgram = command; } else { })
      // (if row ? homepage then { inherit (row) homepage; } else { });
    in
    guarded { inherit pname version name meta; } (derivation ({
      inherit name pname version system kind command attribute runner;
      inherit (row) description;
      inherit (menus.${row.category or category}) menu icon;
      builder = "/bin/sh";
      args = [ ./builder.sh ];
      # The last two are where NixOS and a plain Nix keep coreutils.
      PATH = "/usr/bin:/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin";
      title = row.title or attribute;
      window = row.window or false;
      size = toString (row.size or 16); # KiB
      needs = map (need: packages.${need}) (row.needs or [ ]);
      otherCommands = row.otherCommands or [ ];
      action = row.action or "";
      note = row.note or "It lets you try out installing and removing. It does nothing else.";
      linkTo = row.linkTo or ""; # a program of this computer to link to, in place of a script
      phaseSeconds = row.phaseSeconds or "0";
      preferLocalBuild = true;
    } // row.extra or { }));

  rows = kind: category: set: builtins.mapAttrs
    (attribute: row: one
      { inherit kind attribute; category = row.category or category; at = position attribute set; }
      row)
    set;
in
{
  programs = rows "program";
  libraries = rows "library" "library";
  modules = rows "module" "library";
  faults = rows "fault" "practice";
}
