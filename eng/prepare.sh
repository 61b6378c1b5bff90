# Sourced by the scripts of this folder: what a machine needs before anything runs.
# Quiet about what went well; one line about what did not.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build server stays behind.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

# A service or a container may come without a home; the SDK and npm want one to keep their packages in.
if [[ -z ${HOME:-} || ! -w ${HOME:-} ]]; then
  export HOME=$root/.local/home
  mkdir -p "$HOME"
fi

fail() {
  echo "$*" >&2
  exit 1
}

# quietly LOG COMMAND...: shows the command's output only if it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    return 1
  fi
}

require_tools() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing: see https://dot.net/download."
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    fail "Node.js 20 or newer with npm is missing (for the storage emulator): see https://nodejs.org, or apt-get install nodejs npm."
  fi
}

install_azurite() {
  local modules=$root/eng/azurite/node_modules
  [[ $modules/.package-lock.json -nt $root/eng/azurite/package-lock.json ]] && return
  (cd "$root/eng/azurite" && quietly "$root/.local/log/npm.log" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
    fail "Azurite could not be installed: npm ci in eng/azurite failed, see above."
  touch "$modules/.package-lock.json"
}

# The simulator composites the face over the clip with ffmpeg; without it the clip itself comes back.
install_ffmpeg() {
  command -v ffmpeg >/dev/null && return
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    { timeout 300 apt-get install -y -q ffmpeg || { timeout 120 apt-get update -q && timeout 300 apt-get install -y -q ffmpeg; }; } \
      >/dev/null 2>&1 </dev/null || true
  fi
  command -v ffmpeg >/dev/null || echo "ffmpeg is not installed and could not be: the result will be the clip itself, not a composite."
}

# build PROJECT...
build() {
  local project
  for project in "$@"; do
    quietly "$root/.local/log/build.log" dotnet build "$root/$project" -v quiet --nologo -clp:NoSummary ||
      fail "$project does not build, see above."
  done
}
