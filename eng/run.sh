#!/usr/bin/env bash
# Runs the whole thing on this machine: storage emulator, backend simulator, the app in its local host, and one job.
#
#   eng/run.sh [VIDEO FACE]          one job, by default with the files of eng/demo/media
#   eng/run.sh --batch [MANIFEST]    a batch, by default that of eng/demo/media; the manifest, CSV or JSON, may name files beside it
#   eng/run.sh --serve               leaves all of it running and says how to call it
#   eng/run.sh --backend ADDRESS ... takes the real backend instead of the simulator; NEMO_TOKEN holds the user's token
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"
# shellcheck source=eng/processes.sh
source "$here/processes.sh"

serve=
batch=
backend=
files=()
while (($#)); do
  case $1 in
    --serve) serve=1 ;;
    --batch) batch=1 ;;
    --backend) backend=${2:?--backend needs an address}; shift ;;
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
install_azurite
[[ $backend ]] || install_ffmpeg
build src/FaceSwap.LocalHost
[[ $backend ]] || build tests/NemoVideo.Simulator
[[ $serve ]] || build eng/demo

# A demo starts from nothing and leaves only its result; a server keeps its state.
mkdir -p "$root/.local"
if [[ $serve ]]; then
  state=$root/.local/serve
  mkdir -p "$state"
else
  state=$(mktemp -d "$root/.local/demo.XXXXXX")
  trap 'stop_all; [[ $keep ]] || rm -rf "$state"' EXIT
fi
keep=
logs=$state/log
mkdir -p "$logs" "$state/azurite"
cd "$state"

program() { echo "$root/$1/bin/Debug/net10.0/$2.dll"; }
secret() { head -c "$1" /dev/urandom | base64 -w 0; }

account_key=$(secret 64)
AZURITE_ACCOUNTS=faceswap:$account_key start azurite node "$here/azurite/node_modules/azurite/dist/src/blob/main.js" \
  --blobHost 127.0.0.1 --blobPort 0 --location "$state/azurite" --silent --disableTelemetry --skipApiVersionCheck
storage=$(await azurite '.*successfully listens on (http://[0-9.:]+).*')

if [[ ! $backend ]]; then
  start simulator dotnet "$(program tests/NemoVideo.Simulator NemoVideo.Simulator)" \
    --urls http://127.0.0.1:0 --data "$state/simulator" --profile natural --anonymouscredits=10000
  backend=$(await simulator 'simulator ready at (.*[^/])/?$')
  # The simulator takes seconds where the backend takes minutes, and knows no user's token.
  export Jobs__RenderShortest=00:00:03 Jobs__RenderLongest=00:00:10 Jobs__PollShortest=00:00:01 Jobs__SettleInterval=00:00:01
  unset NEMO_TOKEN
fi

export Nemo__BaseUrl=$backend
export Storage__ConnectionString="DefaultEndpointsProtocol=http;AccountName=faceswap;AccountKey=$account_key;BlobEndpoint=$storage/faceswap;"
export MasterKeyFile=$state/master.key
export BATCH_SCHEDULE="*/5 * * * * *"
export Network__AllowedRanges=127.0.0.0/8
export LocalHost__StateFile=$state/state.db
FACESWAP_KEY=$(secret 32)
[[ $serve && -f $state/function.key ]] && FACESWAP_KEY=$(<"$state/function.key")
(umask 077 && echo "$FACESWAP_KEY" >"$state/function.key")
export FACESWAP_KEY LocalHost__FunctionKey=$FACESWAP_KEY

port=0
if [[ $serve ]] && ! (exec 3<>/dev/tcp/127.0.0.1/7071) 2>/dev/null; then
  port=7071
fi
start host dotnet "$(program src/FaceSwap.LocalHost FaceSwap.LocalHost)" --port "$port"
api=$(await host '.*Ready: (http://[0-9.:]+/[a-z]*).*')

if [[ $serve ]]; then
  cat <<TEXT
API      $api   (function key: $state/function.key)
backend  $backend
storage  $storage
logs     $logs

  curl -H "x-functions-key: \$(cat $state/function.key)" -F video=@${files[0]} -F face=@${files[1]} $api/jobs
  curl -H "x-functions-key: \$(cat $state/function.key)" $api/jobs/ID

Ctrl-C ends all three.
TEXT
  wait -n || true
  tail -qn 5 "$logs"/*.log >&2
  fail "One of the three has ended by itself, see above and $logs."
fi

# In the background, so that a signal to this script is answered at once.
what=(--video "${files[0]}" --face "${files[1]:-}")
[[ ! $batch ]] || what=(--batch "${files[0]}")
dotnet "$(program eng/demo FaceSwap.Demo)" --api "$api" "${what[@]}" --out "$root/.local/results" &
demo=$!
started+=("$demo")
if ! wait "$demo"; then
  keep=1
  fail "Not all of it succeeded; the logs are in $logs."
fi
