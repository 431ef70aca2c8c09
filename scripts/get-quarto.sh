#!/bin/sh
# Gets Quarto where it can be had. Its package downloads a release when it is installed, which not every network
# lets through: then one line says so, and the embedded renderer is used.
set -u
SECONDS_ALLOWED=${QUARTO_SECONDS:-120}

if command -v quarto >/dev/null 2>&1 || [ -x .venv/bin/quarto ]; then
    exit 0
fi

# Asked first: where nobody answers, pip would take a minute to find that out.
answers() {
    timeout 15 .venv/bin/python -c "import urllib.request as r; r.urlopen('https://github.com', timeout=10)" >.venv/quarto.log 2>&1
}

if answers && timeout "$SECONDS_ALLOWED" .venv/bin/python -m pip --disable-pip-version-check install -q -c constraints.txt \
    -e ".[quarto]" >.venv/quarto.log 2>&1 && .venv/bin/quarto --version >>.venv/quarto.log 2>&1; then
    echo "Quarto is installed."
else
    .venv/bin/python -m pip --disable-pip-version-check uninstall -q -y quarto-cli >>.venv/quarto.log 2>&1
    echo "Quarto could not be downloaded here (see .venv/quarto.log): the embedded renderer is used."
fi
