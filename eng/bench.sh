#!/usr/bin/env bash
# Measures: eng/bench.sh api|batch|jobs [--short]. The full form also writes docs/benchmarks-api.md, docs/benchmarks-batch.md or docs/benchmarks.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"
cd "$root"
case ${1:-} in
  api) page=docs/benchmarks-api.md ;;
  batch) page=docs/benchmarks-batch.md ;;
  jobs) page=docs/benchmarks.md ;;
  *) sed -n '2s/^# //p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
case " $* " in
  *" --short "*) report=() ;;
  *) report=(--report "$page") ;;
esac
project=tests/FaceSwap.Benchmarks/FaceSwap.Benchmarks.csproj
require_tools
run_step "Building the benchmarks" "$root/.local/log/bench.log" dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary || fail "$project does not build, see above."
install_azurite
exec dotnet tests/FaceSwap.Benchmarks/bin/Release/net10.0/FaceSwap.Benchmarks.dll "$@" "${report[@]}"
