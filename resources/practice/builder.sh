# Builds one stand-in. The attributes of its derivation arrive as variables (build.nix).
set -eu

phase() {
  if [ -n "${NIX_LOG_FD:-}" ]; then
    printf '@nix { "action": "setPhase", "phase": "%s" }\n' "$1" >&"$NIX_LOG_FD"
  fi
  echo "Running phase: $1"
  if [ "$phaseSeconds" != 0 ]; then sleep "$phaseSeconds"; fi
}

# Write text in single quotes, so that a shell reads back exactly what it was.
quoted() {
  printf "'"
  printf '%s' "$1" | sed "s/'/'\\\\''/g"
  printf "'"
}

# Fill a file with $2 KiB that differ from one package to the next.
fill() {
  yes "$pname $version" 2>/dev/null | head -c "$(($2 * 1024))" >"$1"
}

write_program() {
  if [ -n "$linkTo" ]; then
    ln -s "$(command -v "$linkTo")" "$out/bin/$command"
    return
  fi
  {
    echo '#!/bin/sh'
    printf 'practice_title=%s\n' "$(quoted "$title")"
    printf 'practice_version=%s\n' "$(quoted "$version")"
    printf 'practice_description=%s\n' "$(quoted "$description")"
    printf 'practice_note=%s\n' "$(quoted "$note")"
    printf 'practice_window=%s\n' "$(quoted "$window")"
    printf '. %s\n' "$(quoted "$runner")"
    printf '%s\n' "${action:-practice_start "\$@"}"
  } >"$out/bin/$command"
  chmod +x "$out/bin/$command"
  for other in $otherCommands; do
    ln -s "$command" "$out/bin/$other"
  done
}

write_menu_entry() {
  mkdir -p "$out/share/applications"
  cat >"$out/share/applications/$attribute.desktop" <<ENTRY
[Desktop Entry]
Type=Application
Name=$title
Comment=$description
Exec=$command
Icon=$icon
Categories=$menu;
Terminal=false
ENTRY
}

phase unpackPhase
phase buildPhase
if [ "$kind" = fault ]; then
  eval "$action"
  exit
fi
phase installPhase
mkdir -p "$out"
case $kind in
  program)
    mkdir -p "$out/bin" "$out/share/$pname"
    write_program
    fill "$out/share/$pname/data" "$size"
    if [ "$window" = 1 ]; then write_menu_entry; fi
    ;;
  library)
    mkdir -p "$out/lib"
    fill "$out/lib/lib$pname.so.$version" "$size"
    ;;
  module)
    mkdir -p "$out/$sitePackages/$module"
    sed "s/@version@/$version/" "$source" >"$out/$sitePackages/$module/__init__.py"
    ;;
esac
phase fixupPhase
if [ -n "$needs" ]; then
  mkdir -p "$out/nix-support"
  echo "$needs" >"$out/nix-support/needs"
fi
