#!/usr/bin/env bash
# Measures: eng/bench.sh engine [--short]. The full form also writes docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "$0")/.."
project=tests/FaceSwap.Benchmarks/FaceSwap.Benchmarks.csproj
dotnet build "$project" -c Release -v q --nologo
case " $* " in
  *" --short "*) report=() ;;
  *) report=(--report docs/benchmarks.md) ;;
esac
exec dotnet tests/FaceSwap.Benchmarks/bin/Release/net10.0/FaceSwap.Benchmarks.dll "$@" "${report[@]}"
