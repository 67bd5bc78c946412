#!/usr/bin/env bash
# try-in-bare-root.sh FOLDER [COMMAND...]: run COMMAND (default: make setup, then import what was installed) in a copy of this
# checkout on a bare Debian that holds git and make and nothing else. Needs root, debootstrap and a machine whose own apt and
# pip work: their settings are taken over. FOLDER/base is kept for the next time, FOLDER/root is made anew each time.
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
[ $# -ge 1 ] || { grep '^# ' "$0" >&2; exit 2; }
[ "$(id -u)" = 0 ] || { echo "This needs root, for debootstrap and chroot." >&2; exit 1; }
mkdir -p "$1"
folder=$(cd "$1" && pwd -P)
shift
command=${*:-make setup && .venv/bin/python -c "import nixforhumanity, PySide6.QtWidgets; print(nixforhumanity.__file__)"}
base=$folder/base
bare=$folder/root
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}

if [ ! -e "$base/ready" ]; then
    mirror=${MIRROR:-$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI)' |
        awk -v suite="$suite" '$1 == "Debian" && $2 == suite { print $3; exit }')}
    [ -n "$mirror" ] || { echo "apt on this machine knows no source for $suite; set MIRROR." >&2; exit 1; }
    rm -rf "$base"
    debootstrap --variant=minbase --include=git,make "$suite" "$base" "$mirror"
    touch "$base/ready"
fi
rm -rf "$bare"
cp -a "$base" "$bare"

# How this machine reaches packages: names, certificates, sources, pip's settings.
cp -L /etc/resolv.conf /etc/hosts "$bare/etc/"
mkdir -p "$bare/etc/ssl/certs" "$bare/root/.config"
cp -L /etc/ssl/certs/ca-certificates.crt "$bare/etc/ssl/certs/" 2>/dev/null || true
cp -aL /usr/local/share/ca-certificates "$bare/usr/local/share/" 2>/dev/null || true # the bundle is made anew from these
rm -f "$bare/etc/apt/sources.list"
for item in sources.list sources.list.d auth.conf.d keyrings trusted.gpg.d; do
    [ ! -e "/etc/apt/$item" ] || cp -aL "/etc/apt/$item" "$bare/etc/apt/"
done
mkdir -p "$bare/usr/share/keyrings"
cp -aL /usr/share/keyrings/. "$bare/usr/share/keyrings/"
apt-config dump --format '%F "%v";%n' Acquire | grep -v -e '^Acquire "";$' -e IndexTargets >"$bare/etc/apt/apt.conf.d/90acquire" || true
for settings in /etc/pip.conf /etc/xdg/pip /root/.config/pip /root/.pip; do
    [ ! -e "$settings" ] || { mkdir -p "$bare$(dirname "$settings")" && cp -aL "$settings" "$bare$(dirname "$settings")/"; }
done
passed=()
while IFS= read -r -d '' setting; do
    case $setting in
    PIP_* | SSL_CERT_* | REQUESTS_CA_BUNDLE=* | http_proxy=* | https_proxy=* | no_proxy=* | HTTP_PROXY=* | HTTPS_PROXY=* | NO_PROXY=*)
        passed+=("$setting")
        ;;
    esac
done < <(env -0)

clone=/srv/nix-for-humanity
mkdir -p "$bare$clone"
git -C "$checkout" ls-files -co --exclude-standard -z |
    (cd "$checkout" && while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done) |
    tar -C "$checkout" --null --files-from - --create | tar -C "$bare$clone" --extract --no-same-owner
git -C "$bare$clone" -c init.defaultBranch=main init --quiet
git -C "$bare$clone" add --all

# Mounts and processes live in namespaces of their own, and so end with the command. The folder becomes the namespace's
# root: in a mere chroot, a program that enters its namespace again, as Nix does, would find itself outside.
exec unshare --mount --pid --fork --kill-child bash -euc '
    bare=$1 clone=$2 command=$3; shift 3
    mount --make-rprivate /
    mount --bind "$bare" "$bare"
    mount -t proc proc "$bare/proc"
    mount --rbind /dev "$bare/dev"
    cd "$bare"
    mkdir -p outside
    pivot_root . outside
    exec chroot . /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@" \
        bash -c "umount --lazy /outside && rmdir /outside && cd $clone && $command"
' - "$bare" "$clone" "$command" "${passed[@]}"
