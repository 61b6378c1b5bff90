#!/usr/bin/env bash
# Runs everything on this machine: storage emulator, simulator of the backend, the app in its local host, and one job.
#
#   eng/run.sh [VIDEO FACE]          one job, by default with the files of eng/demo/media
#   eng/run.sh --batch [MANIFEST]    a batch, by default that of eng/demo/media; the manifest, CSV or JSON, may name files beside it
#   eng/run.sh --serve               keeps everything running and prints how to call it
#   eng/run.sh --backend URL ...     uses the real backend instead of the simulator; NEMO_TOKEN holds the user's token
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"

serve=
batch=
backend=
files=()
while (($#)); do
  case $1 in
    --serve) serve=1 ;;
    --batch) batch=1 ;;
    --backend) backend=${2:?--backend needs a URL}; shift ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;;
    -*) fail "Unknown option $1; see eng/run.sh --help." ;;
    *) files+=("$(realpath -m -- "$1")") ;;
  esac
  shift
done
if [[ $batch ]]; then
  ((${#files[@]} <= 1)) || fail "Name one manifest, or none."
  ((${#files[@]})) || files=("$here/demo/media/batch.csv")
else
  ((${#files[@]} == 0 || ${#files[@]} == 2)) || fail "Name both a video and a face, or neither."
  ((${#files[@]})) || files=("$here/demo/media/clip.mp4" "$here/demo/media/face.jpg")
fi
for file in "${files[@]}"; do
  [[ -f $file ]] || fail "There is no file $file."
done

require_tools

# A server keeps its state, which two of them would ruin.
if [[ $serve ]]; then
  state=$root/.local/serve
  mkdir -p "$state"
  # Of two that start at once, one looks after the other has written. Closed before anything is started, so that no child holds it.
  exec {lock}>"$state/lock"
  flock "$lock"
  server=$(cat "$state/pid" 2>/dev/null || true)
  if [[ $server && -f /proc/$server/cmdline ]] && tr '\0' ' ' <"/proc/$server/cmdline" | grep -q 'run\.sh .*--serve'; then
    fail "A server runs already. End it with Ctrl-C, or with: kill $server"
  fi
  echo $$ >"$state/pid"
  exec {lock}>&-
  trap 'stop_all; rm -f "$state/pid"' EXIT
fi

install_azurite
[[ $backend ]] || install_ffmpeg
build src/FaceSwap.LocalHost
[[ $backend ]] || build tests/NemoVideo.Simulator
[[ $serve ]] || build eng/demo

# A demo starts from nothing and leaves its result, or the logs that tell why there is none.
if [[ ! $serve ]]; then
  state=$(mktemp -d "$root/.local/demo.XXXXXX")
  keep=
  trap 'stop_all; [[ $keep ]] || rm -rf "$state"' EXIT
  trap 'keep=; exit 130' INT
fi
logs=$state/log
mkdir -p "$logs" "$state/azurite"
app=$state/app
run_step "Publishing the app" "$root/.local/log/publish.log" dotnet publish "$root/src/FaceSwap.Functions" -c Debug -o "$app" -v quiet --nologo ||
  fail "The app cannot be published, see above."
keep=1

cd "$state"

program() { echo "$root/$1/bin/Debug/net10.0/$2.dll"; }

# Hexadecimal, so that a key can stand in ?code= as it is.
hex_key() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

step "Starting the storage emulator"
account_key=$(head -c 64 /dev/urandom | base64 -w 0)
# A group of its own, which Ctrl-C in the terminal does not reach: the host needs the storage until its end.
AZURITE_ACCOUNTS=faceswap:$account_key start azurite setsid node "$here/azurite/node_modules/azurite/dist/src/azurite.js" \
  --blobHost 127.0.0.1 --blobPort 0 --queueHost 127.0.0.1 --queuePort 0 --tableHost 127.0.0.1 --tablePort 0 \
  --location "$state/azurite" --silent --disableTelemetry --skipApiVersionCheck
storage="DefaultEndpointsProtocol=http;AccountName=faceswap;AccountKey=$account_key;"
for service in Blob Queue Table; do
  await azurite ".*$service service is successfully .*(http://[0-9.:]+).*"
  storage+="${service}Endpoint=$found/faceswap;"
done

if [[ ! $backend ]]; then
  step "Starting the simulator of the backend"
  start simulator dotnet "$(program tests/NemoVideo.Simulator NemoVideo.Simulator)" \
    --urls http://127.0.0.1:0 --data "$state/simulator" --profile natural --anonymouscredits=10000
  await simulator 'simulator ready at (.*[^/])/?$'
  backend=$found
  # The simulator takes seconds where the backend takes minutes, and knows no user's token.
  export Jobs__RenderShortest=00:00:03 Jobs__RenderLongest=00:00:10 Jobs__PollShortest=00:00:01 Jobs__SettleInterval=00:00:01
  unset NEMO_TOKEN
fi

export Nemo__BaseUrl=$backend
export AzureWebJobsStorage=$storage Storage__ConnectionString=$storage
export MasterKeyFile=$state/master.key
export BATCH_SCHEDULE="*/5 * * * * *"
export Network__AllowedRanges=127.0.0.0/8

# One machine has one worker: two partitions are enough, and short polls make up for queues that nobody pushes (docs/running-locally.md).
export AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount=2
export AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval=00:00:00.200

key=$(hex_key)
[[ $serve && -f $state/function.key ]] && key=$(<"$state/function.key")
(umask 077 && echo "$key" >"$state/function.key")

step "Starting the app in its local host"
port=0
taken=
if [[ $serve ]]; then
  port=7071
  if (exec 3<>/dev/tcp/127.0.0.1/7071) 2>/dev/null; then
    port=0
    taken="Port 7071 is taken; the API listens on another one."
  fi
fi
LocalHost__FunctionKey=$key start host dotnet "$(program src/FaceSwap.LocalHost FaceSwap.LocalHost)" --port "$port" --app "$app"
await host '.*Ready: (http://[0-9.:]+/[a-z]*).*'
api=$found

if [[ $serve ]]; then
  step "Ready.${taken:+ $taken}"
  cat <<TEXT

export API=$api KEY=$key

  curl -H "x-functions-key: \$KEY" -F video=@${files[0]} -F face=@${files[1]} \$API/jobs
  curl -H "x-functions-key: \$KEY" \$API/jobs/ID

backend  $backend
logs     $logs

Ctrl-C ends everything.
TEXT
  wait -n || true
  tail -qn 5 "$logs"/*.log >&2
  fail "One of the processes has ended by itself, see above and $logs."
fi
step "Ready."

# In the background, so that a signal to this script is answered at once.
what=(--video "${files[0]}" --face "${files[1]:-}")
[[ ! $batch ]] || what=(--batch "${files[0]}")
FACESWAP_KEY=$key dotnet "$(program eng/demo FaceSwap.Demo)" --api "$api" "${what[@]}" --out "$root/.local/results" &
demo=$!
started+=("$demo")
wait "$demo" || fail "Not all of it succeeded; the logs are in $logs."
keep=
