# A model with some of its fields replaced: awk -f variant.awk FIELDS MODEL.
# SPDX-License-Identifier: GPL-3.0-or-later
# Both are written as the pages write them: the model's own fields begin in column 3, deeper ones further right.

function field_of(line) {
    return match(line, /^  [a-z_]+ *=/) ? substr(line, 3, match(substr(line, 3), /[ =]/) - 1) : ""
}

FNR == NR {
    fields = fields $0 "\n"
    if (field_of($0) != "") replaced[field_of($0)] = 1
    next
}

/^}/ { printf "%s", fields }
/^  [a-z_]+ *=/ { skip = field_of($0) in replaced }
/^[^ ]/ { skip = 0 }
!skip
