#!/bin/sh
# Writes the hashed sets of one Python line: sh requirements/compile.sh python3.12
# Names, versions and hashes only: where packages come from is the machine's own setting.
set -eu
cd "$(dirname "$0")/.."
python=${1:-python3}
line=py$("$python" -c 'import sys; print("%d%d" % sys.version_info[:2])')
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools/env"
"$tools/env/bin/pip" install --quiet pip-tools

compile() {
    out=$1
    shift
    "$tools/env/bin/pip-compile" --quiet --strip-extras --allow-unsafe --generate-hashes --upgrade \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --no-emit-options --output-file "$out" pyproject.toml "$@"
}

compile "requirements/$line.txt" --extra web --extra files
compile "requirements/$line-dev.txt" --extra web --extra files --extra docx --extra dev --constraint "requirements/$line.txt"
