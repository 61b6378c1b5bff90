#!/usr/bin/env bash
# Records a history of every orchestrator on the genuine engine, for a release.
#
#   eng/histories.sh VERSION     into tests/FaceSwap.EndToEnd/LocalHost/Histories/VERSION, which is replaced
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"

[[ ${1:-} =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "Name the version, such as 0.1.0."
histories=$root/tests/FaceSwap.EndToEnd/LocalHost/Histories/$1
require_tools
install_azurite
build tests/FaceSwap.EndToEnd

# The old histories stay until the new ones are there; the test makes the folder that it is told.
recorded=$(mktemp -d "$root/.local/histories.XXXXXX")
trap 'stop_all; rm -rf "$recorded"' EXIT
export FACESWAP_HISTORIES=$recorded/$1
dotnet test "$root/tests/FaceSwap.EndToEnd" --no-build --nologo --filter FullyQualifiedName~Histories_OfThisVersion
[[ -d $FACESWAP_HISTORIES ]] || fail "Nothing was recorded: no test ran."
rm -rf "$histories"
mv "$FACESWAP_HISTORIES" "$histories"
step "$(find "$histories" -name '*.json' | wc -l) histories of $(find "$histories" -name '*.json' -printf '%f\n' | cut -d- -f1 | sort -u | wc -l) orchestrators are in $histories."
