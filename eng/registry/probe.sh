#!/usr/bin/env bash
# Prints the registry profile and why it was chosen; asks the registry if nobody has yet. --again asks anew.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
answer=$here/Registry.props

if [[ -n ${FACESWAP_REGISTRY:-} ]]; then
  echo "Registry profile: $FACESWAP_REGISTRY, since FACESWAP_REGISTRY says so."
  exit
fi

[[ ${1:-} == --again ]] && rm -f "$answer"
if [[ ! -f $answer ]]; then
  if ! said=$(dotnet msbuild "$here/Probe/Probe.proj" -nologo -v:q 2>&1); then
    echo "$said" >&2
    exit 1
  fi
fi

profile=$(sed -n 's:.*<FaceSwapRegistry>\(.*\)</FaceSwapRegistry>.*:\1:p' "$answer")
asked=$(sed -n 's#.*Asked on \(.*Z\)\: \(.*\)\. Delete.*#\2 (asked on \1, see eng/registry/Registry.props)#p' "$answer")
echo "Registry profile: $profile, since ${asked:-eng/registry/Registry.props says so}."
