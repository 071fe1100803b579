# A real session, shortened where the page shortens it: awk -f elide.awk SHOWN REAL.
# SPDX-License-Identifier: GPL-3.0-or-later
# The page's "..." cut the session into pieces. Each piece is found again by its first line and keeps its length, the last
# one goes to the end. Where a first line is not found any more, the rest is shown in full.

FNR == NR { shown[++shown_count] = $0; next }
{ real[++real_count] = $0 }

# Line of `real` from j on that is the same as `line`, 0 if none is.
function find(line, j) {
    for (; j <= real_count; j++)
        if (real[j] == line) return j
    return 0
}

function length_of(i,    n) {
    for (n = 0; i + n <= shown_count && shown[i + n] != "..."; n++) {}
    return n
}

END {
    j = 1
    for (i = 1; i <= shown_count; i += n) {
        if (shown[i] == "...") {
            n = 1
            continue
        }
        n = length_of(i)
        at = find(shown[i], j)
        if (!at) break
        if (at > j) print "..."
        last = i + n > shown_count ? real_count : at + n - 1
        for (j = at; j <= last && j <= real_count; j++) print real[j]
    }
    if (i > shown_count && shown[shown_count] == "...") {
        if (j <= real_count) print "..."
    } else
        for (; j <= real_count; j++) print real[j]
}
