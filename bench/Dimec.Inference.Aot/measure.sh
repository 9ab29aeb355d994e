#!/usr/bin/env bash
# What a client costs: `measure.sh BUNDLE [RUNS [TEXT]]` publishes the program beside this file trimmed and native, without a warning, and prints for each
# its size on disk, the median seconds from start to answer, and the most memory that it held. Needs a C compiler to link, and /usr/bin/time's `time`.
set -euo pipefail
bundle=$(realpath "${1:?usage: measure.sh BUNDLE [RUNS [TEXT]]}") runs=${2:-9}
text=${3:-Gets or sets the number of milliseconds to wait before the request times out.}
cd "$(dirname "$0")"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
rid=${RID:-linux-x64}
# Linked with what is there: clang is what the SDK asks for first.
linker=clang; command -v clang >/dev/null || linker=gcc

measure() {
  local name=$1 folder=$2; shift 2
  local program=$folder/Dimec.Inference.Aot
  for ((i = 0; i < runs; i++)); do
    /usr/bin/env time -f '%e %M' -a -o "$work/$name.times" "$program" "$bundle" "$text" >> "$work/$name.answers"
  done
  [ "$(sort -u "$work/$name.answers" | wc -l)" = 1 ] || { echo "$name answers differently from run to run"; exit 1; }
  local size; size=$(find "$folder" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.1f", sum / 1e6 }')
  local own; own=$(stat -c %s "$program" | awk '{ printf "%.1f", $1 / 1e6 }')
  sort -n "$work/$name.times" | awk -v name="$name" -v size="$size" -v own="$own" -v runs="$runs" \
    '{ seconds[NR] = $1; if ($2 > peak) peak = $2 } END { printf "%s: program %s MB, folder %s MB, %.2f s from start to answer (median of %d), %.0f MB peak\n", name, own, size, seconds[int((NR + 1) / 2)], runs, peak / 1024 }'
}

# Warnings are the trimmer's and the native compiler's, which see the whole program; the analyzers have judged the sources in the tree's
# own build.
publish() { dotnet publish -c Release -r "$rid" -p:RunAnalyzers=false -v q -nologo --artifacts-path "$work/build" "$@"; }

publish --self-contained -p:PublishTrimmed=true -o "$work/trimmed"
measure trimmed "$work/trimmed"
# Nobody debugs it, and its symbols would be twice as large as itself.
publish -p:PublishAot=true -p:CppCompilerAndLinker=$linker -p:NativeDebugSymbols=false -o "$work/native"
measure native "$work/native"
cmp <(head -n 1 "$work/trimmed.answers") <(head -n 1 "$work/native.answers")
head -n 1 "$work/native.answers"
