# shellcheck shell=bash
# The virtual environment in .venv: made, filled and found damaged here. Read by setup.sh.

environment="$root/.venv"
environment_python="$environment/bin/python"

# What the environment was made from. A change of any of it means: install again.
wanted_stamp() {
    { printf '%s\n' "$root"; cat "$root/pyproject.toml" "$root/constraints.txt"; } | sha256sum | cut -d' ' -f1
}

stamp_fits() { [ "$(cat "$environment/ready-$1" 2>/dev/null)" = "$stamp" ]; }

# Does everything that the installed project asks for still lie in the environment? Takes some 50 ms.
environment_is_whole() {
    [ ! -e "$environment/unfinished" ] && [ -x "$environment/bin/nix-for-humanity" ] &&
        "$environment_python" -I "$here/whole.py" nix-for-humanity nixforhumanity 2>/dev/null
}

environment_is_usable() {
    [ ! -e "$environment/unfinished" ] && [ -f "$environment/pyvenv.cfg" ] &&
        python_is_new_enough "$environment_python" && "$environment_python" -I -m pip --version >/dev/null 2>&1
}

pip_install() {
    # PIP_USER and the like in a person's settings would send the packages elsewhere.
    env -u PIP_TARGET -u PIP_PREFIX -u PIP_ROOT -u PYTHONPATH -u PYTHONHOME PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 \
        "$environment_python" -m pip --disable-pip-version-check install --no-input --constraint "$root/constraints.txt" "$@"
}

make_environment() {
    if [ -e "$environment" ] || [ -L "$environment" ]; then
        say "The folder .venv is damaged or was not finished. Making it again."
        rm -rf "$environment"
    fi
    need_python
    say "Making a virtual environment in .venv with $("$python" --version)."
    mkdir -p "$environment"
    : >"$environment/unfinished" # stays behind when we are stopped half-way, so that the next start begins anew
    "$python" -I -m venv "$environment" || stop "The virtual environment could not be made. The lines above say why."
}

# fill_environment KIND...: run = the program; test, check, model = the dependency group of that name.
fill_environment() {
    local kind groups=()
    for kind in "$@"; do
        [ "$kind" = run ] || groups+=(--group "$kind")
    done
    say "Installing Python packages (on first use about 100 MB are downloaded)."
    : >"$environment/unfinished"
    # The build tool is installed by ourselves, pinned: an isolated build would fetch whatever is newest, every time.
    if ! { pip_install pip && pip_install hatchling &&
        pip_install --no-build-isolation --editable "$root" "${groups[@]}"; }; then
        rm -f "$environment/unfinished" # pip itself leaves no half-installed package when it fails by its own
        stop "The Python packages could not be installed. The lines above say why." \
            "Without a network this works only after a first installation."
    fi
    for kind in "$@"; do
        printf '%s\n' "$stamp" >"$environment/ready-$kind"
    done
    rm -f "$environment/unfinished"
}

# ready_environment KIND...: does nothing, and asks no network, when all is there.
ready_environment() {
    local kind fits=yes
    stamp=$(wanted_stamp)
    for kind in "$@"; do
        stamp_fits "$kind" || fits=no
    done
    if [ "$fits" = yes ]; then
        environment_is_whole && return 0
        make_environment
    elif ! environment_is_usable; then
        make_environment
    fi
    fill_environment "$@"
    environment_is_whole || stop "The program was installed but cannot be found in .venv. Please report this."
    [[ " $* " == *" test "* ]] || offer_nix
}
