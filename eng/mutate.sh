#!/usr/bin/env bash
# Plants mistakes in the code, one at a time, counts those that the fast tests notice, and names the others.
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
  folders=(src/FaceSwap/{Ledger,NemoVideo,Network,Keys,Webhooks,Errors,Conversation} src/FaceSwap.Functions/{Jobs/Run,Batches/Run})
fi

require_tools
run_step "Restoring the mutation tool" "$root/.local/log/tools.log" dotnet tool restore --tool-manifest "$root/.config/dotnet-tools.json" || fail "dotnet-stryker could not be restored, see above."
build tests/FaceSwap.Tests
cd "$root/tests/FaceSwap.Tests"

# One run for each project: most of it is measuring which test reaches what.
for project in FaceSwap FaceSwap.Functions; do
  chosen=()
  patterns=()
  for folder in "${folders[@]}"; do
    [[ $folder == "src/$project"/* ]] || continue
    chosen+=("$folder")
    patterns+=(--mutate "**/${folder#"src/$project/"}/**/*.cs")
  done
  ((${#chosen[@]})) || continue
  output=$root/.local/mutation/$project
  dotnet stryker --project "$project.csproj" --test-runner mtp --concurrency "$(nproc)" "${patterns[@]}" \
    --output "$output" --reporter json "${since[@]}" >"$root/.local/log/mutation.log" || { tail -n 20 "$root/.local/log/mutation.log"; fail "dotnet stryker failed."; }
  node "$root/eng/mutation-scores.js" "$output/reports/mutation-report.json" "${chosen[@]}"
done
