#!/bin/sh
# sources.sh FOLDER KIND: the files of a floor by name, one a line, relative to FOLDER's parent.
# KIND: c (neither test nor fuzz), test, fuzz, sql (without migrations), migration, html, tsv, po, file (all). A folder that is not there is empty.
set -eu
[ -d "$1" ] || exit 0
cd "$(dirname "$1")"
base=$(basename "$1")
case $2 in
c) find "$base" -name '*.c' ! -name '*_test.c' ! -name '*_fuzz.c' ;;
test) find "$base" -name '*_test.c' ;;
fuzz) find "$base" -name '*_fuzz.c' ;;
sql) find "$base" -name '*.sql' ! -path '*/migrations/*' ;;
migration) find "$base" -path '*/migrations/*' -name '*.sql' ;;
html) find "$base" -name '*.html' ;;
tsv) find "$base" -name '*.tsv' ! -path '*/testdata/*' ;;
po) find "$base" -name '*.po' ;;
file) find "$base" -type f ! -name '.*' ;;
*) echo "sources.sh: no such kind: $2" >&2; exit 64 ;;
esac | LC_ALL=C sort
