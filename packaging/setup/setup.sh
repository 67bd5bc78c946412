#!/usr/bin/env bash
# setup.sh KIND...: make this checkout ready. Kinds: run (the program), test, check, model. Installs only what is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)

say() { printf '%s\n' "$@" >&2; }
stop() {
    say "$@"
    exit 1
}

# shellcheck source=packaging/setup/system.sh
source "$here/system.sh"
# shellcheck source=packaging/setup/environment.sh
source "$here/environment.sh"

# Two starts at the same moment must not fill the same folder.
if command -v flock >/dev/null 2>&1; then
    exec 9<"$here"
    flock 9
fi

needs=(window)
[[ " $* " == *" test "* ]] && needs+=(test)
install_missing "${needs[@]}"
ready_environment "$@"
