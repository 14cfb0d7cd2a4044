#!/bin/sh
# floors.sh SRC: holds every #include "..." under SRC against SRC/floors and the floors files of the rooms that have one.
# A room may include itself and rooms of lower lines. Checks first that it would catch one that climbs and one that is a stranger.
set -eu

check() {
    cd "$1"
    find . -name '*.[ch]' | LC_ALL=C sort | xargs awk '
    function rank(room, part, file, line, words, n, floor) { # the line of that part in the floors file of room; 0: no such file
        file = (room == "" ? "" : room "/") "floors"
        if (!(file in read_)) {
            read_[file] = 0
            floor = 0
            while ((getline line < file) > 0) {
                if (line ~ /^#/) continue
                floor++
                for (n = split(line, words, " "); n > 0; n--) { read_[file] = 1; at[file, words[n]] = floor }
            }
            close(file)
        }
        if (!read_[file]) return 0
        return ((file SUBSEP part) in at) ? at[file, part] : -1
    }
    function complain(what) { printf "%s:%d: %s\n", substr(FILENAME, 3), FNR, what; bad = 1 }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, quoted, "\""); n = split(substr(FILENAME, 3), from, "/"); m = split(quoted[2], to, "/"); room = ""
        for (i = 1; i <= n && i <= m && from[i] == to[i]; i++) room = room (i > 1 ? "/" : "") from[i]
        if (i > n || i > m) next # the same file
        mine = rank(room, from[i]); theirs = rank(room, to[i])
        if (m == 1 && to[1] != "main.c") complain("\"" quoted[2] "\" is not a path from src")
        else if (mine < 0 || theirs < 0) { if (i < m || room == "") complain("\"" (theirs < 0 ? to[i] : from[i]) "\" is not in " (room == "" ? "" : room "/") "floors") }
        else if (mine > 0 && theirs >= mine) complain("\"" quoted[2] "\" " (theirs > mine ? "climbs" : "is a stranger") " seen from " from[i])
    }
    END { exit bad }'
}

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
mkdir -p "$planted/base" "$planted/formats" "$planted/store" "$planted/domain/low" "$planted/domain/high"
printf '# order\nbase\nformats store\ndomain\n' >"$planted/floors"
printf 'low\nhigh\n' >"$planted/domain/floors"
printf '#include "base/own.h"\n' >"$planted/base/fine.c"
printf '#include "domain/low/x.h"\n#include "store/x.h"\n' >"$planted/domain/high/fine.c"
(check "$planted") || { echo "floors.sh: complains about what is right"; exit 1; }
for climb in 'base/a.c domain/low/x.h' 'formats/a.c store/x.h' 'domain/low/a.c domain/high/x.h' 'base/a.h nowhere/x.h'; do
    printf '#include "%s"\n' "${climb#* }" >"$planted/${climb% *}"
    if (check "$planted" >/dev/null); then echo "floors.sh: does not catch $climb"; exit 1; fi
    rm "$planted/${climb% *}"
done
check "$1"
