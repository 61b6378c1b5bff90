# Sourced by the scripts of this folder: processes that end with the script, whatever ends it.

started=()
logs=
last=
found=

# start NAME COMMAND...: runs in the background, its output in $logs/NAME.log; its id is in $last.
start() {
  local name=$1
  shift
  # The kernel ends it even if this script is killed without a chance to clean up.
  if command -v setpriv >/dev/null; then
    setpriv --pdeathsig TERM "$@" >"$logs/$name.log" 2>&1 </dev/null &
  else
    "$@" >"$logs/$name.log" 2>&1 </dev/null &
  fi
  last=$!
  started+=("$last")
}

# await NAME PATTERN: waits until the pattern matches in the output of the process that was started last; its group is in $found.
# Not printed: a script that waits for a command substitution answers no signal.
await() {
  local name=$1 pattern=$2
  # Longer than the host gives its worker.
  for _ in $(seq 900); do
    found=$(sed -nE "s#$pattern#\\1#p" "$logs/$name.log" | sed -n 1p)
    [[ ! $found ]] || return 0
    kill -0 "$last" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$logs/$name.log" >&2
  echo "The $name did not start, see above and $logs/$name.log." >&2
  return 1
}

# The last started goes first: the host before the storage that it writes to.
stop_all() {
  trap '' INT TERM
  local i
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    stop "${started[i]}"
  done
  started=()
}

# A process that leads a group ends with its whole group.
stop() {
  kill -TERM -- "-$1" 2>/dev/null || kill -TERM "$1" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
