# shellcheck shell=bash
# What the system has to bring: libraries, programs and a Python. Read by setup.sh.

system_table="$here/system-packages.txt"

# Is the library known to the dynamic linker? Systems without ldconfig (NixOS) are asked through LD_LIBRARY_PATH.
has_library() {
    local folder
    if [ -z "${known_libraries+x}" ]; then
        known_libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | awk '{ print $1 }') || true
        known_libraries=$'\n'"$known_libraries"$'\n'
    fi
    [[ $known_libraries == *$'\n'"$1"$'\n'* ]] && return 0
    local IFS=:
    for folder in ${LD_LIBRARY_PATH:-}; do
        [ -n "$folder" ] && [ -e "$folder/$1" ] && return 0
    done
    return 1
}

has_program() {
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/libexec/$1" ] || [ -x "/usr/lib/$1" ] || [ -x "/usr/lib/at-spi2-core/$1" ]
}

has_typelib() {
    compgen -G "/usr/lib/girepository-1.0/$1.typelib" >/dev/null ||
        compgen -G "/usr/lib64/girepository-1.0/$1.typelib" >/dev/null ||
        compgen -G "/usr/lib/*/girepository-1.0/$1.typelib" >/dev/null
}

has_pymodule() {
    compgen -G "/usr/lib/python3*/*-packages/$1/__init__.py" >/dev/null ||
        compgen -G "/usr/lib64/python3*/*-packages/$1/__init__.py" >/dev/null
}

# missing_things FOR...: one line "name<tab>Debian<tab>Fedora<tab>Arch" for each thing that is not there.
missing_things() {
    local for_whom kind name debian fedora arch
    while read -r for_whom kind name debian fedora arch; do
        [[ " $* " == *" $for_whom "* ]] || continue
        "has_$kind" "$name" || printf '%s\t%s\t%s\t%s\n' "$name" "$debian" "$fedora" "$arch"
    done < <(grep -v -e '^#' -e '^$' "$system_table")
}

# may_install: sets `as_root` to the words that run a command as root, if that works without a question.
may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=()
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        return 1
    fi
}

apt_install() {
    say "Installing from the system's packages: $*"
    # A broken extra source must not stop us: what we need may come from the others, and the install will tell.
    "${as_root[@]}" apt-get -q update || say "The package lists could not all be read again. Going on with those that are there."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
}

# install_missing FOR...: installs what is missing, or says what to run and stops.
install_missing() {
    local missing debian
    missing=$(missing_things "$@")
    [ -n "$missing" ] || return 0
    mapfile -t debian < <(cut -f2 <<<"$missing" | sort -u)
    if may_install; then
        apt_install "${debian[@]}" || stop "The system's packages could not be installed. The lines above say why."
        unset known_libraries
        missing=$(missing_things "$@")
        [ -z "$missing" ] || stop "Still missing after the installation: $(cut -f1 <<<"$missing" | tr '\n' ' ')"
        return 0
    fi
    say "These parts of the system are missing: $(cut -f1 <<<"$missing" | tr '\n' ' ')"
    if command -v apt-get >/dev/null 2>&1; then
        stop "Please run this line, then start again:" "    sudo apt-get install --no-install-recommends ${debian[*]}"
    fi
    stop "Please install these packages, then start again." \
        "    Fedora: sudo dnf install $(cut -f3 <<<"$missing" | sort -u | tr '\n' ' ')" \
        "    Arch:   sudo pacman -S --needed $(cut -f4 <<<"$missing" | sort -u | tr '\n' ' ')" \
        "    Debian: sudo apt-get install ${debian[*]}"
}

offer_nix() {
    has_program nix && return 0
    say "Nix was not found. The program opens without it, but cannot install anything yet."
    if command -v apt-get >/dev/null 2>&1; then
        say "To get Nix: sudo apt-get install --no-install-recommends nix-bin"
    fi
}

python_is_new_enough() { "$1" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
python_makes_environments() { "$1" -I -c 'import ensurepip, venv' 2>/dev/null; }

# find_python TEST...: prints the first Python that passes all tests.
find_python() {
    local candidate test candidates=(python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11)
    [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
    for candidate in "${candidates[@]}"; do
        for test in "$@"; do
            "$test" "$candidate" || continue 2
        done
        printf '%s\n' "$candidate"
        return 0
    done
    return 1
}

# need_python: sets `python` to a Python 3.11 or newer that can make virtual environments.
need_python() {
    python=$(find_python python_is_new_enough python_makes_environments) && return 0
    if [ -z "${PYTHON:-}" ] && may_install; then
        apt_install python3 python3-venv || stop "Python could not be installed. The lines above say why."
        python=$(find_python python_is_new_enough python_makes_environments) && return 0
    fi
    if python=$(find_python python_is_new_enough); then
        stop "This Python cannot make virtual environments: $(command -v "$python")" \
            "Please install the package python3-venv, then start again. On Debian:" \
            "    sudo apt-get install python3-venv"
    fi
    stop "Python 3.11 or newer is needed. Found here: $("${PYTHON:-python3}" --version 2>/dev/null || echo 'no Python 3')." \
        "If your system has a newer one in a package, for example python3.11 and python3.11-venv, install that, then start again." \
        "If it lies in an unusual place: make run PYTHON=/the/path/of/python3"
}
