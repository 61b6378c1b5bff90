# Sourced by the scripts of this folder: what a machine needs before anything runs.
# One line for each step, with the seconds since the script began; the output of a command only if it fails.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=eng/processes.sh
source "$root/eng/processes.sh"
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

# step TEXT: says what happens now.
step() { printf '%5d s  %s\n' "$SECONDS" "$1"; }

# run_step TEXT LOG COMMAND...: says what happens, and every ten seconds that it still does; shows the command's output only if it fails.
run_step() {
  local text=$1 log=$2 logs command
  shift 2
  logs=$(dirname "$log")
  mkdir -p "$logs"
  step "$text"
  # A group of its own, so that an interrupted script ends the command with all that it started.
  start "$(basename "$log" .log)" setsid "$@"
  command=$last
  local next=$((SECONDS + 10)) status=0
  while kill -0 "$command" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS >= next)); then
      step "$text, still at work"
      next=$((SECONDS + 10))
    fi
  done
  wait "$command" || status=$?
  unset 'started[-1]'
  ((status == 0)) || tail -n 20 "$log" >&2
  return "$status"
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
  run_step "Installing the storage emulator (npm)" "$root/.local/log/npm.log" \
    npm ci --prefix "$root/eng/azurite" --ignore-scripts --no-audit --no-fund --loglevel=error ||
    fail "Azurite could not be installed: npm ci in eng/azurite failed, see above."
  touch "$modules/.package-lock.json"
}

# The simulator composites the face over the clip with ffmpeg; without it the clip itself comes back.
install_ffmpeg() {
  command -v ffmpeg >/dev/null && return
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    run_step "Installing ffmpeg (apt-get)" "$root/.local/log/apt.log" \
      sh -c 'timeout 300 apt-get install -y -q ffmpeg || { timeout 120 apt-get update -q && timeout 300 apt-get install -y -q ffmpeg; }' 2>/dev/null || true
  fi
  command -v ffmpeg >/dev/null || echo "ffmpeg is not installed and could not be: the result will be the clip itself, not a composite."
}

# build PROJECT...
build() {
  local project name broken=
  # One compiler for all projects of the build, which it does not outlive; too short a time for the runtime to profile it.
  local -x UseSharedCompilation=true SharedCompilationId=faceswap-$$ DOTNET_TieredPGO=0
  for project in "$@"; do
    name=$(basename "$project" .sln)
    run_step "Restoring packages of $name (NuGet)" "$root/.local/log/restore.log" dotnet restore "$root/$project" -v quiet --nologo ||
      fail "The packages of $name cannot be restored, see above."
    run_step "Building $name" "$root/.local/log/build.log" dotnet build "$root/$project" --no-restore -v quiet --nologo -clp:NoSummary ||
      broken=1
    pkill -f -- "-pipename:$SharedCompilationId\$" || true
    [[ ! $broken ]] || fail "$name does not build, see above."
  done
}
