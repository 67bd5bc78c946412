# Python: the stand-in starts the Python of this computer; modules are small files of our own.
{ build, pick, packages }:
let
  version = pick "3.13.5" "3.13.12";
  sitePackages = "lib/python3.13/site-packages";

  # Start the computer's own Python, never a stand-in (those live in the practice store).
  start = environment: ''
    if [ "''${1:-}" = --version ]; then practice_start --version; exit; fi
    if [ "$#" = 0 ]; then practice_text >&2; fi
    IFS=:
    for folder in $PATH:/usr/bin:/bin:/run/current-system/sw/bin; do
      found=$(readlink -f "$folder/python3" || :)
      case $found in
        "" | ${builtins.storeDir}/*) continue ;;
      esac
      if [ -x "$found" ]; then
        unset IFS
        ${environment}
        exec "$folder/python3" "$@"
      fi
    done
    echo 'This computer has no Python of its own, so there is nothing more to start.' >&2
  '';

  interpreter = extra: (build.programs "development" {
    python3 = {
      title = "Python"; command = "python3"; inherit version; license = "psfl"; size = 900;
      needs = [ "openssl" "sqlite" "zlib" "ncurses" ]; otherCommands = [ "python" ];
      homepage = "https://www.python.org"; description = "Python programming language";
      note = "It starts the Python of this computer.";
      action = start "";
    } // extra;
  }).python3;

  modules = build.modules (import ./python/modules.nix { inherit pick sitePackages; });

  withPackages = choose:
    let
      chosen = choose modules;
      path = builtins.concatStringsSep ":" (map (module: "${module}/${sitePackages}") chosen);
    in
    interpreter {
      version = "${version}-env"; size = 4;
      action = start "export PYTHONPATH=${path}\${PYTHONPATH:+:$PYTHONPATH}";
    };

  python3 = interpreter { } // { inherit withPackages; pkgs = modules; pythonVersion = "3.13"; };
in
{
  inherit python3;
  python313 = python3;
  python3Packages = modules // { recurseForDerivations = true; };
  python313Packages = modules;
}
