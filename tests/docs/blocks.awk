# Take the fenced blocks of a Markdown page apart: files to write, sessions to replay.
# SPDX-License-Identifier: GPL-3.0-or-later
#
# -v out=DIR. Writes DIR/steps, one line per block in the order of the page: KIND LINE NAME BASE, and the block's text
# as DIR/text.LINE. KIND is file, lua or console; NAME and BASE are "-" where there is none.

function info_of(line,    text) {
    text = line
    sub(/^ *```/, "", text)
    return text
}

/^ *```/ && !inside {
    inside = 1
    start = NR
    text = ""
    count = split(info_of($0), word, " ")
    next
}

/^ *```/ && inside {
    inside = 0
    name = count > 1 && word[2] != "in" ? word[2] : "-"
    base = count > 1 && word[count - 1] == "in" ? word[count] : "-"
    kind = ""
    if (word[1] == "console") kind = "console"
    else if (word[1] == "lua") kind = "lua"
    else if (name != "-") kind = "file"
    if (kind == "") next
    print kind, start, name, base > (out "/steps")
    printf "%s", text > (out "/text." start)
    close(out "/text." start)
    next
}

inside { text = text $0 "\n" }

END {
    if (inside) {
        print "a fence opened in line " start " is not closed" > "/dev/stderr"
        exit 1
    }
}
