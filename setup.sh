#!/bin/sh
# Sets up .venv in this checkout: `sh setup.sh` to use bvnscreen, `sh setup.sh dev` to work on it.
# PYTHON names the interpreter to take; otherwise the first of these that is 3.11 to 3.13.
set -eu
cd "$(dirname "$0")"

case ${1-} in
    "") extras=web,files set= ;;
    dev) extras=web,files,docx,dev set=-dev ;;
    *)
        echo "usage: sh setup.sh [dev]" >&2
        exit 2
        ;;
esac

usable() {
    "$1" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

if ! [ -x .venv/bin/python ]; then
    found=
    for python in ${PYTHON:-python3.12 python3.13 python3.11 python3}; do
        if usable "$python"; then
            found=$python
            break
        fi
    done
    if [ -z "$found" ]; then
        echo "No Python 3.11 to 3.13 with venv found; name one: PYTHON=/path/to/python3.12 sh setup.sh" >&2
        exit 1
    fi
    "$found" -m venv .venv
fi

line=py$(.venv/bin/python -c 'import sys; print("%d%d" % sys.version_info[:2])')
requirements=requirements/$line$set.txt
log=.venv/setup.log
echo "Installing $requirements into .venv (a minute or two the first time)" >&2
if .venv/bin/python -m pip install --quiet --require-hashes --requirement "$requirements" 2>"$log"; then
    .venv/bin/python -m pip install --quiet --no-deps --editable .
elif grep -q "DO NOT MATCH THE HASHES" "$log"; then
    cat "$log" >&2
    exit 1
else
    # Another platform, or a package source without these very versions.
    echo "The tested versions cannot be had here (see $log); taking what pyproject.toml allows" >&2
    .venv/bin/python -m pip install --quiet --editable ".[$extras]"
fi
