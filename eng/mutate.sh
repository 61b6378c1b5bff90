#!/usr/bin/env bash
# Plants mistakes in the code, one at a time, and counts those that the fast tests notice.
#
#   eng/mutate.sh [FOLDER...] [--since REV]    default: the folders of docs/testing.md
#
# FOLDER is one below src/FaceSwap or src/FaceSwap.Functions, such as src/FaceSwap/Network. With --since, only what changed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"

folders=()
since=()
while (($#)); do
  case $1 in
    --since) since=("--since:${2:?--since needs a revision}"); shift ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;;
    -*) fail "Unknown option $1; see eng/mutate.sh --help." ;;
    *) [[ -d $root/$1 ]] || fail "There is no folder $1."; folders+=("${1%/}") ;;
  esac
  shift
done
if ((!${#folders[@]})); then
  folders=(src/FaceSwap/{Ledger,NemoVideo,Network,Keys,Webhooks,Errors,Conversation} src/FaceSwap.Functions/Orchestrations)
fi

require_tools
quietly "$root/.local/log/tools.log" dotnet tool restore --tool-manifest "$root/.config/dotnet-tools.json" || fail "dotnet-stryker could not be restored, see above."
build tests/FaceSwap.Tests
cd "$root/tests/FaceSwap.Tests"
for folder in "${folders[@]}"; do
  project=$(cut -d/ -f2 <<<"$folder")
  echo "$folder"
  dotnet stryker --project "$project.csproj" --test-runner mtp --mutate "**/${folder#src/"$project"/}/**/*.cs" \
    --output "$root/.local/mutation/$folder" --reporter json --reporter cleartext "${since[@]}" |
    grep -E "^(All files|.*final mutation score)" || fail "dotnet stryker failed for $folder."
done
