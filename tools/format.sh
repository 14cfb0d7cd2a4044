#!/bin/sh
# Says which sources are not as .clang-format wants them. Leaves with 77 (skipped) where clang-format is not installed.
#   tools/format.sh            looks
#   tools/format.sh --write    formats them
set -eu
cd "$(dirname "$0")/.."
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
how="--dry-run -Werror"
[ "${1:-}" = --write ] && how=-i
find src bench -name '*.[ch]' -print0 | xargs -0 clang-format $how
