# Does a session go as the page shows it? A line "..." of the page stands for any number of lines.
# SPDX-License-Identifier: GPL-3.0-or-later
# awk -f matches.awk SHOWN REAL: exit status 0 if it does.

FNR == NR { shown[++shown_count] = $0; next }
{ real[++real_count] = $0 }

function matches(i, j) {
    while (i <= shown_count) {
        if (shown[i] == "...") {
            for (; j <= real_count + 1; j++)
                if (matches(i + 1, j)) return 1
            return 0
        }
        if (j > real_count || shown[i] != real[j]) return 0
        i++
        j++
    }
    return j > real_count
}

END { exit !matches(1, 1) }
