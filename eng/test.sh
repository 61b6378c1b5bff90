#!/usr/bin/env bash
# Runs the tests and ends with their count.
#
#   eng/test.sh              everything; long campaigns in a short, seeded form
#   eng/test.sh --full       the long campaigns in full, by a new seed, which is printed
#   eng/test.sh --coverage   everything, and how much of each folder the tests' own processes looked at (hosts and workers are others)
#   eng/test.sh --func       the end-to-end tests under Azure Functions Core Tools (needs func)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"

target=FaceSwapFunctions.sln
func=
coverage=()
while (($#)); do
  case $1 in
    --full) export FACESWAP_FULL=1 FACESWAP_SEED=${FACESWAP_SEED:-$RANDOM}; echo "FACESWAP_SEED=$FACESWAP_SEED" ;;
    --coverage) coverage=(--collect "XPlat Code Coverage") ;;
    --func) func=1; export FACESWAP_HOST=func; target=tests/FaceSwap.EndToEnd ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;;
    *) fail "Unknown option $1; see eng/test.sh --help." ;;
  esac
  shift
done

# The tests' processes live for seconds: compiling their methods a second time, better, costs a sixth of the run.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCounting=0

require_tools
[[ ! $func ]] || command -v func >/dev/null || fail "--func needs Azure Functions Core Tools (func) on the path: nothing was tested."
install_azurite
install_ffmpeg
build "$target"

logs=$(mktemp -d)
results=$logs/results
trap 'stop_all; rm -rf "$logs"' EXIT

# Whether the sources are laid out as dotnet format would lay them out: in the run of everything, one test among the others.
# Style and analysis are the build's.
laid_out=1
if [[ $target == *.sln ]]; then
  dotnet format whitespace "$root/$target" --no-restore --verify-no-changes >"$logs/format.log" 2>&1 || laid_out=0
fi

export FACESWAP_COUNTS=$logs/counts

# A group of its own, so that whatever the tests started can be ended with them.
start tests setsid dotnet test "$root/$target" --no-build --nologo -m:2 \
  --logger trx --results-directory "$results" "${coverage[@]}" --blame-hang-timeout 10m --blame-hang-dump-type none
status=0
wait "$last" || status=$?
stop_all

shopt -s nullglob
trx=("$results"/*.trx "$results"/*/*.trx)
count() { # count NAME: the sum of a counter over all result files
  ((${#trx[@]})) || { echo 0; return; }
  sed -nE "s/.*<Counters [^>]*$1=\"([0-9]+)\".*/\\1/p" "${trx[@]}" | awk '{sum += $1} END {print sum + 0}'
}

# outcome WORD: the tests that ended so, each with its message.
outcome() {
  ((${#trx[@]})) || return 0
  cat "${trx[@]}" | awk -v word="$1" -v RS='<UnitTestResult ' '
    NR > 1 && index(substr($0, 1, index($0, ">")), "outcome=\"" word "\"") {
      name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
      text = ""
      if (match($0, /<Message>[^<]*/)) text = substr($0, RSTART + 9, RLENGTH - 9)
      print "  " name; n = split(text, lines, "\n"); for (i = 1; i <= n && i <= 12; i++) print "      " lines[i]
    }' | sed 's/&#xD;//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&apos;/'\''/g; s/&amp;/\&/g'
}

# cover: the share of lines that ran, by folder of src, the least first.
cover() {
  cat "$results"/*/coverage.cobertura.xml | awk -F'"' '
    /<source>/ { base = $0; gsub(/^ *<source>|<\/source>.*/, "", base) }
    /<class / { for (i = 1; i < NF; i++) if ($i ~ / filename=$/) file = base $(i + 1); ours = sub(/.*\/src\//, "", file) && file !~ /\/obj\// }
    ours && /<line / && /number=/ { line = file ":" $2; seen[line]; if ($4 > 0) ran[line] }
    END {
      for (line in seen) { folder = line; sub(/\/[^\/]*$/, "", folder); all[folder]++; if (line in ran) hit[folder]++ }
      for (folder in all) printf "  %5.1f %%  %4d lines  %s\n", 100 * hit[folder] / all[folder], all[folder], folder
    }' | sort -n
}

if ((${#coverage[@]})); then
  echo "Lines that ran in the tests' own processes:"
  cover
fi

# slowest: the ten classes whose tests took longest together. Tests run side by side, and what a class shares is not among them.
slowest() {
  ((${#trx[@]})) || return 0
  cat "${trx[@]}" | grep -oE '<UnitTestResult [^>]*' | sed -E 's/.* testName="([^"(]*)\.[^".(]*[("].* duration="([^"]*)".*/\1 \2/' |
    awk '{ split($2, t, ":"); sum[$1] += t[1] * 3600 + t[2] * 60 + t[3] } END { for (name in sum) printf "  %6.1f s  %s\n", sum[name], name }' | sort -rn | awk 'NR <= 10'
}

# used: the processor time of all that this script ran and waited for, as the kernel counts it, and that of the workers whose hosts were killed.
used() {
  local workers=0
  [[ ! -f $logs/counts ]] || workers=$(sed -nE 's/.*; ([0-9]+) s of their workers.*/\1/p' "$logs/counts")
  tail -n 1 "$logs/times" | tr 'ms' '  ' | awk -v workers="${workers:-0}" '{ printf "%.1f minutes of processor time", ($1 * 60 + $2 + $3 * 60 + $4 + workers) / 60 }'
}

echo "The slowest classes:"
slowest
if [[ -f $logs/counts ]]; then cat "$logs/counts"; fi
times >"$logs/times" # not in a subshell, which would count its own children
echo "$((SECONDS / 60)) min $((SECONDS % 60)) s, $(used)."

total=$(count total)
passed=$(count passed)
failed=$(count failed)
skipped=$((total - passed - failed))
if [[ $target == *.sln ]]; then
  ((laid_out)) && ((passed += 1)) || ((failed += 1))
fi
if ((failed)); then
  echo "Failed:"
  outcome Failed
  if ((!laid_out)); then
    echo "  The layout of the sources: dotnet format $target"
    grep -v '^Warnings' "$logs/format.log" | sed "s#$root/##; s/ \[.*//; s/^/      /" | awk 'NR <= 12'
  fi
fi
if ((skipped)); then
  echo "Skipped:"
  outcome NotExecuted
fi
if ((status != 0 && failed == 0)); then
  grep -iE 'catastrophic|crash|abort|hang|error' -m 20 "$logs/tests.log" || tail -n 20 "$logs/tests.log"
  echo "The test run itself failed, see above."
fi
if ((total == 0)); then
  echo "No test ran."
  status=1
fi
echo "$passed passed, $failed failed$( ((skipped)) && echo ", $skipped skipped")"
exit $((status != 0 || failed != 0))
