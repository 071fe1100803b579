/* The one list of everything the program can complain about: errors by exit status, then warnings.
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * X(NAME, ID, STATUS, MEANING, WAY_OUT): docs/errors.md, `vescore explain` and the JSON codes are printed
 * from here. Numbers are never reused. */
#ifndef VE_CODES_H
#define VE_CODES_H

/* X(NAME, STATUS, MEANING) */
#define VE_STATUSES(X)                                                                                       \
    X(DONE, 0, "done")                                                                                       \
    X(USAGE, 2, "the command line is wrong")                                                                 \
    X(MODEL, 3, "the model is wrong")                                                                        \
    X(DATA, 4, "the data is wrong")                                                                          \
    X(PLUGIN, 5, "a plugin cannot be used")                                                                  \
    X(FILE, 6, "a file cannot be read or written")                                                           \
    X(NUMERIC, 7, "the numbers give no result")                                                              \
    X(LIMIT, 8, "a limit was reached")                                                                       \
    X(INTERNAL, 70, "a fault of the program")                                                                \
    X(INTERRUPTED, 130, "interrupted")

typedef enum ve_status {
#define VE_STATUS_ENUM(name, value, meaning) VE_STATUS_##name = value,
    VE_STATUSES(VE_STATUS_ENUM)
#undef VE_STATUS_ENUM
} ve_status;

#define VE_ERRORS_LIST(X)                                                                                    \
    X(E_COMMAND, "VE201", 2, "no such command", "`vescore help` lists the commands")                         \
    X(E_OPTION, "VE202", 2, "no such option of this command", "`vescore help COMMAND` lists its options")    \
    X(E_ARGUMENT, "VE203", 2, "an argument is missing, superfluous or has a value that cannot be used",      \
      "`vescore help COMMAND` shows how it is written")                                                      \
    X(E_PATH, "VE204", 2, "the path names nothing in the model", "write a path as options.A.cost")           \
    X(E_SCENARIO, "VE205", 2, "the model has no scenario of that name",                                      \
      "its scenarios are in the field `scenarios`")                                                          \
    X(E_SYNTAX, "VE301", 3, "the file is not Lua",                                                           \
      "see the place shown; often a comma or a brace is missing")                                            \
    X(E_LUA, "VE302", 3, "the model stopped while it ran", "see the line shown")                             \
    X(E_RETURN, "VE303", 3, "the file does not return a model", "end it with `return ve.model { ... }`")     \
    X(E_UNKNOWN_FIELD, "VE304", 3, "a field that this record does not have", "check its spelling")           \
    X(E_UNKNOWN_WORD, "VE305", 3, "a word that is not known here", "`vescore plugins` lists the words")      \
    X(E_TYPE, "VE306", 3, "a value of the wrong type", "the message says what is wanted")                    \
    X(E_RANGE, "VE307", 3, "a number outside its range", "the message says the range")                       \
    X(E_MISSING_FIELD, "VE308", 3, "a field that must be there is missing", "add it")                        \
    X(E_ID_TWICE, "VE309", 3, "the same id stands twice", "give one of them another id")                     \
    X(E_ID, "VE310", 3, "not an id", "ids are letters, digits, _ and -, and do not begin with a digit or -") \
    X(E_REFERENCE, "VE311", 3, "an id that names nothing", "check its spelling")                             \
    X(E_CONFLICT, "VE312", 3, "fields that contradict each other", "keep one of them")                       \
    X(E_WEIGHTS, "VE313", 3, "the weights are all zero", "give at least one of them a weight above zero")    \
    X(E_LIST, "VE314", 3, "a list with too few, too many or missing entries", "see the message")             \
    X(E_TEXT, "VE315", 3, "a text that may not stand here",                                                  \
      "texts are UTF-8 without control characters, at most 1 KiB")                                           \
    X(E_FUNCTION, "VE316", 3, "a Lua function gave no usable number",                                        \
      "return a number that is not negative")                                                                \
    X(E_INCLUDE, "VE317", 3, "a file that cannot be included",                                               \
      "included files lie beside the model or below it")                                                     \
    X(E_NO_SCORES, "VE318", 3, "an option has no scores",                                                    \
      "add `scores` to the option, or a `survey` to the model")                                              \
    X(E_JUDGEMENT, "VE319", 3, "a judgement that is not complete or contradicts itself", "see the message")  \
    X(E_NO_SURVEY, "VE320", 3, "a survey is needed here", "add a `survey` to the model")                     \
    X(E_CHOICE, "VE321", 3, "a value that is not among the possible ones", "the message lists them")         \
    X(E_SHARES, "VE322", 3, "shares that do not add up to 1", "the message says which, and to what")         \
    X(E_COLUMN, "VE401", 4, "the data has no such column", "the message lists the nearest names")            \
    X(E_NUMBER, "VE402", 4, "not a number", "write numbers with digits and a point, like 12.5")              \
    X(E_SCORE, "VE403", 4, "a score outside the model's scale",                                              \
      "correct the score, or `scale` in the model")                                                          \
    X(E_GAP, "VE404", 4, "an answer is missing",                                                             \
      "fill it in, or set missing = \"skip\" to leave such customers out")                                   \
    X(E_RAGGED, "VE405", 4, "a row with more or fewer fields than the header",                               \
      "check its separators and quotes")                                                                     \
    X(E_NO_ROWS, "VE406", 4, "the survey has no customers",                                                  \
      "the first line is the header, each further line an answer")                                           \
    X(E_ENCODING, "VE407", 4, "not text in the stated encoding",                                             \
      "save the file as UTF-8, or name its encoding")                                                        \
    X(E_QUOTE, "VE408", 4, "a quotation mark that is not closed or out of place",                            \
      "quote whole fields, double quotes inside")                                                            \
    X(E_HEADER, "VE409", 4, "the header line cannot be used", "every column has one name of its own")        \
    X(E_CUSTOMER, "VE410", 4, "a customer's rows do not fit together",                                       \
      "one row for each option and customer")                                                                \
    X(E_WEIGHT, "VE411", 4, "a design weight that cannot be used",                                           \
      "weights are numbers from zero up, not all zero")                                                      \
    X(E_ATTRIBUTE, "VE412", 4, "a customer attribute that cannot be used", "see the message")                \
    X(E_SPREAD, "VE413", 4, "the surveyed attribute has no spread to take sd from",                          \
      "state sd in the target")                                                                              \
    X(E_ROW_OPTION, "VE414", 4, "a row of the data that names no option of the model",                       \
      "check its spelling; `options` says how the data names each option")                                   \
    X(E_CHOICE_NUMBER, "VE415", 4, "an answer that is not among the possible ones",                          \
      "Kano's answers are 1 like, 2 must be, 3 neutral, 4 live with, 5 dislike")                             \
    X(E_PLUGIN_LOAD, "VE501", 5, "the plugin cannot be loaded", "see the message")                           \
    X(E_PLUGIN_ABI, "VE502", 5, "the plugin was built for another version",                                  \
      "build it against this version's headers")                                                             \
    X(E_PLUGIN_UNSAFE, "VE503", 5, "the plugin file could be changed by others",                             \
      "own the file, and let only yourself write it")                                                        \
    X(E_PLUGIN_BROKEN, "VE504", 5, "the plugin's description is not complete", "see docs/plugins.md")        \
    X(E_PLUGIN_TWICE, "VE505", 5, "two plugins have the same name", "load only one of them")                 \
    X(E_PLUGIN_RESULT, "VE506", 5, "the plugin gave a result that is not a number",                          \
      "report it to the plugin's author")                                                                    \
    X(E_PLUGIN_NAME, "VE507", 5, "no plugin of that name", "`vescore plugins` lists them")                   \
    X(E_PLUGIN_LUA, "VE508", 5, "a plugin in Lua stopped while it ran", "see the line shown")                \
    X(E_PLUGIN_PIN, "VE509", 5, "the plugin file is not the one that was pinned",                            \
      "look at what changed, then pin the new sum")                                                          \
    X(E_READ, "VE601", 6, "the file cannot be read", "check its name and rights")                            \
    X(E_FILE_NAME, "VE602", 6, "a file name that is not allowed here",                                       \
      "name a file beside the model or below it")                                                            \
    X(E_NOT_A_FILE, "VE603", 6, "not a regular file", "name a file")                                         \
    X(E_WRITE, "VE604", 6, "the result cannot be written",                                                   \
      "check the folder, its rights and the space left")                                                     \
    X(E_OVERWRITE, "VE605", 6, "the result would overwrite the model or its data",                           \
      "choose another name for -o")                                                                          \
    X(E_NO_FUNCTION, "VE701", 7, "every function score is zero",                                             \
      "at least one option must serve a function")                                                           \
    X(E_NO_COST, "VE702", 7, "the costs add up to zero", "at least one option must cost something")          \
    X(E_NO_WEIGHT, "VE703", 7, "no customer has any weight for this target",                                 \
      "widen the target or survey its customers")                                                            \
    X(E_NOT_FINITE, "VE704", 7, "a result is not a finite number", "see the message")                        \
    X(E_MEMORY, "VE801", 8, "out of memory", "make the model or its data smaller")                           \
    X(E_STEPS, "VE802", 8, "the model takes too many steps", "look for a loop that does not end")            \
    X(E_TIME, "VE803", 8, "the model takes too long", "look for a loop that does not end")                   \
    X(E_SIZE, "VE804", 8, "a file, text or list is larger than allowed", "make it smaller")                  \
    X(E_INTERNAL, "VE901", 70, "a fault of the program", "please report it with the model that shows it")    \
    X(E_INTERRUPTED, "VE902", 130, "interrupted", "run it again")

#define VE_WARNINGS_LIST(X)                                                                                  \
    X(W_AGGREGATE, "VE101", "the winner changes with the way customers are added up",                        \
      "say in `aggregate` which one you mean, and why")                                                      \
    X(W_POSITIONING, "VE102", "the winner changes when all customers count alike",                           \
      "that is what positioning does: check that the targets are the ones you want")                         \
    X(W_FEW, "VE103", "fewer than two effective customers stand behind a target",                            \
      "survey more customers near it, or widen it")                                                          \
    X(W_OUTSIDE, "VE104", "a target lies outside the survey", "survey customers there, or move the target")  \
    X(W_ZERO_WEIGHT, "VE105", "a function has weight zero", "leave it out, or judge it again")               \
    X(W_CLOSE, "VE106", "two options are nearer than 1 %",                                                   \
      "treat them as equal until better data tells them apart")                                              \
    X(W_SHIFT, "VE107", "adding a constant to all scores would change the winner",                           \
      "make sure that a score of 0 means 'does not serve at all'")                                           \
    X(W_EQUAL_WEIGHTS, "VE108", "functions without weights count alike",                                     \
      "give them `weight`, or judge them in `weights`")                                                      \
    X(W_SKIPPED, "VE109", "customers with missing answers were left out",                                    \
      "compare them with the rest before you trust the result")                                              \
    X(W_INCONSISTENT, "VE110", "pairwise judgements contradict each other", "judge the pairs again")         \
    X(W_TIE, "VE111", "several options share the best value", "the first of them is named as best")          \
    X(W_NONE_FEASIBLE, "VE112", "no option passes its gates", "lower a `minimum`, or improve an option")     \
    X(W_PARTY_SKIPS, "VE113", "a party leaves functions out", "ask every party for every function")          \
    X(W_PLUGIN, "VE114", "a plugin warns", "the message says of what")                                       \
    X(W_NO_USE, "VE121", "something costs money and serves no function",                                     \
      "leave it out, or look again at what it is for")                                                       \
    X(W_SHARES, "VE122", "shares of importance do not add up to 1", "look for a slip of the pen among them") \
    X(W_NO_ALLOCATION, "VE123", "the model does not say what each function costs",                           \
      "add `spent_on` to the option, or `components` to the model")                                          \
    X(W_TIERS, "VE131", "customers count by their tier",                                                     \
      "compare with the answer where the `weights` of all tiers are the same")                               \
    X(W_KANO_TWO, "VE132", "customers feel in two ways about a function",                                    \
      "look at them by segment: aim a target at each")                                                       \
    X(W_KANO_UNSURE, "VE133", "the class of a function is not certain",                                      \
      "ask more customers before you rest a decision on it")                                                 \
    X(W_KANO_FEW, "VE134", "few customers were asked how they feel",                                         \
      "ask at least twenty of each kind of customer")                                                        \
    X(W_KANO, "VE135", "the winner changes with what is done with Kano's classes",                           \
      "say in the model's `kano` which use you mean, and why")                                               \
    X(W_SWEEP_FAILED, "VE141", "some points of a sweep have no result",                                      \
      "see the reason, and vary within what the model allows")                                               \
    X(W_FLIP_NEAR, "VE146", "a small change of one number changes the winner",                               \
      "make sure of that number before you decide")                                                          \
    X(W_ONE_CUSTOMER, "VE147", "the answer of one customer decides which option is best",                    \
      "survey more customers of this kind")                                                                  \
    X(W_SENSITIVITY_FAILED, "VE148", "some draws have no result", "see the reason; make the spread smaller") \
    X(W_FIT_CLOSE, "VE156", "the data do not tell two shapes apart",                                         \
      "take the one that is easier to explain")                                                              \
    X(W_FIT_FEW, "VE157", "few customers stand behind a fitted target", "survey more of them")               \
    X(W_FIT_POOR, "VE158", "no shape fits the survey well",                                                  \
      "try `--distribution mixture` or `kernel`, or look at groups of customers by themselves")              \
    X(W_FIT_HELD, "VE159", "an estimate is held back, as the data alone would run away with it",             \
      "survey customers between those who say yes and those who say no")                                     \
    X(W_FIT_LEFT_OUT, "VE160", "customers take no part in an estimate", "see the message")                   \
    X(W_SAME, "VE151", "a scenario changes nothing", "look at what it sets")                                 \
    X(W_NOTHING_COMMON, "VE152", "what is compared has no option in common",                                 \
      "give the same option the same id in both")                                                            \
    X(W_JOINT, "VE153", "what some changes do cannot be told apart",                                         \
      "make them in scenarios of their own where each can stand alone")                                      \
    X(W_RISK_OTHER, "VE161", "the option that is best by the means is not best most often",                  \
      "look at how uncertain its numbers are")                                                               \
    X(W_RISK_FAILED, "VE162", "some draws have no result", "see the reason; make the spread smaller")        \
    X(W_RISK_REDRAWN, "VE163", "uncertain numbers lay outside their range",                                  \
      "take a distribution that keeps within it, such as ve.truncated_normal or ve.lognormal")               \
    X(W_RISK_FEW, "VE164", "few customers are drawn again", "survey more of them, or widen the target")

typedef enum ve_code {
    VE_OK = 0,
#define VE_CODE_ENUM(name, id, status, meaning, way_out) VE_##name,
    VE_ERRORS_LIST(VE_CODE_ENUM)
#undef VE_CODE_ENUM
#define VE_CODE_ENUM(name, id, meaning, way_out) VE_##name,
        VE_WARNINGS_LIST(VE_CODE_ENUM)
#undef VE_CODE_ENUM
            VE_CODES_END
} ve_code;

#endif
