#!/bin/sh
# Brings this machine to the point where tox can run: Debian packages, a Python >= 3.11, tox from its lock in .venv.
# What is already there costs no time; what cannot be installed is named, with what stays untested, and does not stop us.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 77
    fi
}

may_install() { command -v apt-get >/dev/null 2>&1 && as_root true; }

apt() { as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >/dev/null; }

keep_stopped() {
    # What only tests start must not be started by the system, neither now nor at its next start.
    for service in ser2net postgresql coturn; do
        case " $* " in *" $service "*) ;; *) continue ;; esac
        unit=/etc/systemd/system/$service.service
        [ -L "$unit" ] || { as_root mkdir -p "${unit%/*}" && as_root ln -s /dev/null "$unit"; } || continue
        say "$service is installed for tests and kept from starting (systemctl unmask $service)"
    done
}

apt_install() {
    keep_stopped "$@"
    apt update || say "apt-get update failed; trying with the package lists at hand"
    # --no-remove: a sound server that somebody uses (pipewire-alsa ...) is not taken away for that of the tests.
    apt install --no-install-recommends --no-remove "$@" && return 0
    for package in "$@"; do apt install --no-install-recommends --no-remove "$package" || true; done
}

# npm also comes with a node of others, beside which Debian's own cannot be installed.
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] || { [ "$1" = npm ] && command -v npm >/dev/null; }; }

debian_list() { sed -e '/^#/d' -e '/^ *$/d' requirements/debian.txt; }

missing_packages() {
    debian_list | while IFS='|' read -r package _; do
        installed "${package% }" || printf '%s ' "${package% }"
    done
}

debian_packages() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if may_install; then
        say "installing Debian packages (a minute or two): $missing"
        # shellcheck disable=SC2086  # a list of words on purpose
        apt_install $missing
        missing=$(missing_packages)
    else
        say "cannot install Debian packages here (that needs apt-get and root or sudo without a password)"
    fi
    for package in $missing; do
        say "missing: $package; not tested without it: $(debian_list | sed -n "s/^$package *| *//p")"
    done
}

pythons() {
    for name in python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$name"
        fi
    done
}

with_venv() {
    for python in $(pythons); do
        if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            printf '%s\n' "$python"
            return 0
        fi
    done
}

find_python() {
    found=$(with_venv)
    if [ -z "$found" ] && may_install; then
        for python in $(pythons); do
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            say "installing python$version-venv"
            apt_install "python$version-venv"
            found=$(with_venv)
            [ -z "$found" ] || break
        done
    fi
    if [ -z "$found" ]; then
        say "no usable Python: needed is 3.11, 3.12 or 3.13 with the module venv; found: $(pythons | tr '\n' ' ')"
        say "on Debian: apt-get install python3 python3-venv"
        exit 1
    fi
    printf '%s\n' "$found" | head -n 1
}

tox_environment() {
    wanted="$("$1" -c 'import platform; print(platform.python_version())') $(sha256sum <requirements/tox.lock)"
    if [ "$(cat .venv/.installed 2>/dev/null)" != "$wanted" ]; then
        say "installing tox into .venv with $1"
        "$1" -m venv --clear .venv
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tox.lock
        printf '%s\n' "$wanted" >.venv/.installed
    fi
}

debian_packages
python=$(find_python)
tox_environment "$python"
