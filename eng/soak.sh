#!/usr/bin/env bash
# Many jobs against a simulated backend that fails at random; ends with what became of them.
#
#   eng/soak.sh [--jobs N] [--seed S]      default: 300 jobs, a new seed, which is printed
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=eng/prepare.sh
source "$here/prepare.sh"

export FACESWAP_SOAK_JOBS=300 FACESWAP_SEED=$RANDOM
while (($#)); do
  case $1 in
    --jobs) FACESWAP_SOAK_JOBS=${2:?--jobs needs a number}; shift ;;
    --seed) FACESWAP_SEED=${2:?--seed needs a number}; shift ;;
    -h | --help) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;;
    *) fail "Unknown option $1; see eng/soak.sh --help." ;;
  esac
  shift
done

require_tools
install_azurite
build tests/FaceSwap.EndToEnd
exec dotnet test "$root/tests/FaceSwap.EndToEnd" --no-build --nologo \
  --filter FullyQualifiedName~SoakTests --logger "console;verbosity=detailed"
