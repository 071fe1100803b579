---@meta
-- The words of model files, for editors that know LuaLS annotations. Written by
-- `vescore help annotations`. Do not edit it.

---@class ve
ve = {}

---@class ve.distribution
---@class ve.judgement
---@class ve.cost
---@class ve.rule
---@class ve.survey

---@class ve.model.tiers
---@field by string what customers are ranked by, from high to low: an attribute, or a column of the survey
---@field names? any the tiers, the most profitable first; platinum, gold, iron, lead where left out
---@field shares? number[] the share of each tier but the last, which takes the rest; 0.01, 0.04, 0.15 where there are four
---@field weights? number[] what the customers of each tier are multiplied by, a policy of yours; 1 where left out
---@field cut? "customers"|"profit" what the shares are of: of all customers, or of all profit

---@class ve.model.kano
---@field use? "report"|"weights"|"curve"|"gate" what is done with Kano's classes: they are reported; they adjust function weights; they bend scores into satisfaction; must-be functions become gates
---@field denominator? "valid"|"all" what better and worse are shares of: replies that are M, O, A or I, or all replies
---@field must_be_twice? "indifferent"|"questionable" the class of who answers 'must be' both with and without the function
---@field ties? "equal"|"close" where the order M, O, A, I decides: between classes with equally many replies, or between all that Fong's test does not tell apart from the most frequent one
---@field adjust? "greater"|"tan_shen"|"chaudha" how weights are adjusted: times the greater of better and worse; by Tan and Shen (2000); by Chaudha and others (2011)
---@field minimum? number|ve.distribution for use = "gate": the score that a must-be function must reach, where it has no minimum of its own

---@class ve.model.correlations
---@field first string path of an uncertain number
---@field second string path of another
---@field rho number how they go together: 0 not at all, near 1 they rise and fall together

---@class ve.model
---@field title? string what reports are headed with
---@field currency? string a label, printed beside costs
---@field attributes? any the customer attributes that targets are stated in, with their units; the unit of one that is a text is "text"
---@field functions ve.functions the function tree: what the product does
---@field options ve.option[] the options to choose from, at least two
---@field target? ve.distribution|fun(customer: table<string, number>): number target of the options that have none of their own; ve.equal {} where left out
---@field survey? ve.survey the customers' answers; without it every option brings its scores
---@field scale? number[] { low, high }: the range that every score must lie in; any score from 0 up where left out
---@field aggregate? "mean"|"sum"|"peak" how customers are added up: mean of their scores, sum, or sum with the target's peak as 1
---@field choose? ve.rule which option is best; ve.max_value {} where left out
---@field components? ve.components for `improve`: what the product is made of, and what each part costs
---@field target_cost? number|ve.distribution for `improve`: what the whole may cost; the present total where left out
---@field existing? boolean for `improve`: an existing product, no part of which may cost more than now
---@field tiers? ve.model.tiers customers by the profit that they bring, for `segments`; with weights they count by it
---@field kano? ve.model.kano what is done with the Kano answers of the functions
---@field concentration? number for `risk`: how firm the judged function weights are, as if so many votes stood behind each list; without it they are certain
---@field correlations? ve.model.correlations[] for `risk`: pairs of uncertain numbers that go together: { path, path, rho }
---@field scenarios? ve.scenario[] the model with something changed, side by side

---@class ve.functions
---@field weights? ve.judgement how the functions of this list are weighed against each other
---@field [integer] ve.function the functions themselves, one table each

---@class ve.function.kano
---@field A? number|ve.distribution replies that make it attractive
---@field O? number|ve.distribution replies that make it one-dimensional
---@field M? number|ve.distribution replies that make it a must-be
---@field I? number|ve.distribution replies that make it indifferent
---@field R? number|ve.distribution replies that make it reverse
---@field Q? number|ve.distribution replies that make it questionable
---@field functional? string instead: the survey column of the answers with the function, from 1 (like) to 5 (dislike); {function} stands for its id
---@field dysfunctional? string the column of the answers without it

---@class ve.function
---@field id string short name, used in judgements, scores, paths and columns; unique in the whole tree
---@field name? string name in reports; the id where left out
---@field weight? number|ve.distribution weight among its siblings, in any unit; short for weights = ve.direct { ... } on the list
---@field minimum? number|ve.distribution must-be gate: an option whose score here is lower cannot be best; on the scale of the scores
---@field parts? ve.functions the functions that this one consists of, to any depth
---@field scores? ve.judgement the options judged against each other under this function, in place of ratings
---@field kano? ve.function.kano how customers would feel with it and without it: counts of Kano's classes, or two columns of the survey; for functions without parts

---@class ve.option
---@field id string short name, used in scores, paths and columns; unique among the options
---@field name? string name in reports; the id where left out
---@field cost any what the option costs
---@field target? ve.distribution|fun(customer: table<string, number>): number the customers it is meant for: a distribution, or a Lua function of their attributes
---@field scores? table<string, number>|number[] its scores, where there is no survey: one per function without parts
---@field spent_on? table<string, number>|number[] for `improve`: the shares of its cost that are spent on each function, together 1

---@class ve.components
---@field weights? ve.judgement the components judged against each other, in place of scores
---@field [integer] ve.component the components themselves, one table each

---@class ve.component
---@field id string short name, used in judgements, paths and --base; unique among the components
---@field name? string name in reports; the id where left out
---@field cost number|ve.distribution what it costs at present
---@field score? number|ve.distribution how important it is, in any unit, for all components the same
---@field serves? table<string, number>|number[] instead of score: the share of each function that it delivers; over all components the shares of a function make 1
---@field spent_on? table<string, number>|number[] the shares of its cost that are spent on each function, together 1; gives a cost per function

---@class ve.tiers
---@field by string what customers are ranked by, from high to low: an attribute, or a column of the survey
---@field names? any the tiers, the most profitable first; platinum, gold, iron, lead where left out
---@field shares? number[] the share of each tier but the last, which takes the rest; 0.01, 0.04, 0.15 where there are four
---@field weights? number[] what the customers of each tier are multiplied by, a policy of yours; 1 where left out
---@field cut? "customers"|"profit" what the shares are of: of all customers, or of all profit

---@class ve.correlation
---@field first string path of an uncertain number
---@field second string path of another
---@field rho number how they go together: 0 not at all, near 1 they rise and fall together

---@class ve.scenario
---@field name string what --scenario and reports call it
---@field set? any the values it sets: { ["options.A.cost"] = 4830 }
---@field change? any a function that changes the model: function(m) m.options.A.cost = 4830 end

---What a model file returns.
---@param model ve.model
---@return ve.model
function ve.model(model) end

---What another file beside the model, or below it, returns.
---@param file string
---@return any
function ve.include(file) end

---Use a plugin in Lua that stands beside the model, or below it.
---@param file string
function ve.use(file) end

---@class ve.plugin_file.parameters.fields
---@field name string as the planner writes it, and as the functions find it in p
---@field type "number"|"integer"|"boolean"|"text"|"choice"|"id"|"ids"|"map"|"numbers"|"rows"|"by_name"|"column"|"cost"|"judgement"|"distribution" what stands there; id, ids and map speak of functions, options or attributes, by_name of names that the planner chooses
---@field doc string one line for planners, shown by `vescore plugins NAME`
---@field unit? string of a number, for planners
---@field low? number the least number that may stand there
---@field high? number the greatest number that may stand there
---@field above? number the number must be greater than this
---@field below? number the number must be less than this
---@field default? any what counts where the planner leaves it out
---@field required? boolean without a default: whether it must be there; p.NAME is nil where it is left out
---@field choices? any of a choice: the texts to choose among
---@field of? "siblings"|"options"|"functions"|"attributes" of id, ids, map: whose ids; siblings are the functions being weighed

---@class ve.plugin_file.parameters
---@field name string as the planner writes it, and as the functions find it in p
---@field type "number"|"integer"|"boolean"|"text"|"choice"|"id"|"ids"|"map"|"numbers"|"rows"|"by_name"|"column"|"cost"|"judgement"|"distribution" what stands there; id, ids and map speak of functions, options or attributes, by_name of names that the planner chooses
---@field doc string one line for planners, shown by `vescore plugins NAME`
---@field unit? string of a number, for planners
---@field low? number the least number that may stand there
---@field high? number the greatest number that may stand there
---@field above? number the number must be greater than this
---@field below? number the number must be less than this
---@field default? any what counts where the planner leaves it out
---@field required? boolean without a default: whether it must be there; p.NAME is nil where it is left out
---@field choices? any of a choice: the texts to choose among
---@field of? "siblings"|"options"|"functions"|"attributes" of id, ids, map: whose ids; siblings are the functions being weighed
---@field list? boolean of ids, rows: the list part of the word is meant, as in ve.word { "F1", "F2" }
---@field rest? boolean of a map: all other names in the word are meant, as in ve.word { F1 = 3 }
---@field fields? ve.plugin_file.parameters.fields[] of rows: what each row holds

---@class ve.plugin_file
---@field abi number the interface it is written for: 1
---@field kind "distribution"|"judgement"|"cost"|"rule"|"study"|"report" what it is
---@field name string the word, command or format: lower case letters, digits and _
---@field version string its own version
---@field summary string one line for planners
---@field example? string one whole word, as in ve.cauchy { location = 9000, scale = 2000 }
---@field parameters? ve.plugin_file.parameters[] what a planner can set
---@field joint? boolean of a distribution: it weighs all attributes together; x is then a list of columns
---@field relative? boolean of a distribution: it is no density, only the ratios of its weights mean something
---@field texts? boolean of a distribution: it weighs an attribute that is a text; x is then a list of texts
---@field scores? boolean of a judgement: it wants every subject's mean scores, option by option
---@field may_skip? boolean of a judgement: it may give no weight to some, as one of several parties
---@field check? any says what is wrong with the parameters together, before anything is computed
---@field log_density? any of a distribution, needed: the log of its density; -math.huge where it is zero
---@field log_peak? any of a distribution: the greatest value that log_density can give
---@field mean? any of a distribution: its mean, which stands for it where a number is wanted
---@field quantile? any of a distribution: the value below which the share q lies; with it it can stand for a number
---@field cumulative? any of a distribution: the share that lies below x
---@field weigh? any of a judgement, needed: a weight for each of them; they need not add up to 1
---@field cost? any of a cost, needed: the figure
---@field merit? any of a rule, needed: the greater the better; false for one that cannot be best
---@field study? any of a study, needed: it evaluates and tells by the functions of s
---@field report? any of a report, needed: the whole of it as it is written

---What a plugin file in Lua returns.
---@param fields ve.plugin_file
function ve.plugin(fields) end

---@class ve.word.equal

---every customer counts alike
---@param fields ve.word.equal
---@return ve.distribution
function ve.equal(fields) end

---@class ve.word.normal.correlation
---@field first string an attribute
---@field second string another attribute
---@field value number|ve.distribution their correlation

---@class ve.word.normal
---@field mean number|table<string, number> the customer aimed at: a number, or one per attribute; attributes left out do not matter
---@field sd? number|table<string, number> how far the target reaches: a larger sd is a broader target; left out: the surveyed customers' standard deviation (n-1)
---@field correlation? ve.word.normal.correlation[] pairs of attributes that go together

---customers count the more the nearer they are to the target
---@param fields ve.word.normal
---@return ve.distribution
function ve.normal(fields) end

---@class ve.word.truncated_normal
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field mean number|ve.distribution the customer aimed at: the middle of the curve before its ends are cut off
---@field sd? number|ve.distribution how far the target reaches; left out: the surveyed customers' standard deviation (n-1)
---@field low? number|ve.distribution customers below do not count
---@field high? number|ve.distribution customers above do not count; left out: there is no upper end

---a bell with its ends cut off, at zero unless said otherwise
---@param fields ve.word.truncated_normal
---@return ve.distribution
function ve.truncated_normal(fields) end

---@class ve.word.lognormal
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field median number|ve.distribution the customer aimed at, who counts the most; of a number the median
---@field spread number|ve.distribution how far it reaches: the standard deviation of the logarithm; 0.5 is about 40 % less to 65 % more

---a bell over ratios, for amounts such as incomes
---@param fields ve.word.lognormal
---@return ve.distribution
function ve.lognormal(fields) end

---@class ve.word.triangular
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field low number|ve.distribution where it begins: customers here and below do not count
---@field mode number|ve.distribution the customer aimed at, or the likeliest value; from low to high
---@field high number|ve.distribution where it ends: customers here and above do not count

---a target that ends on either side
---@param fields ve.word.triangular
---@return ve.distribution
function ve.triangular(fields) end

---@class ve.word.trapezoid
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field low number|ve.distribution where it begins: customers below do not count
---@field from number|ve.distribution from here on customers count fully
---@field to number|ve.distribution up to here
---@field high number|ve.distribution where it ends: customers above do not count

---a segment with soft edges
---@param fields ve.word.trapezoid
---@return ve.distribution
function ve.trapezoid(fields) end

---@class ve.word.uniform
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field low number|ve.distribution the smallest value that counts
---@field high number|ve.distribution the greatest value that counts

---everybody between two values counts alike
---@param fields ve.word.uniform
---@return ve.distribution
function ve.uniform(fields) end

---@class ve.word.logistic
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field mean number|ve.distribution the customer aimed at
---@field scale number|ve.distribution how far the target reaches; its standard deviation is 1.814 times as large

---a bell with longer arms than the normal curve
---@param fields ve.word.logistic
---@return ve.distribution
function ve.logistic(fields) end

---@class ve.word.student_t
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field mean number|ve.distribution the customer aimed at
---@field scale number|ve.distribution how far the target reaches, like the sd of a normal curve
---@field df number|ve.distribution degrees of freedom: 1 has very long arms (Cauchy), beyond 30 it is almost a normal curve

---a bell with long arms
---@param fields ve.word.student_t
---@return ve.distribution
function ve.student_t(fields) end

---@class ve.word.above
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field at number|ve.distribution the threshold: customers here count half, far above it fully
---@field scale number|ve.distribution how soft the edge is: one scale below it 27 % count, one above it 73 %

---customers count from a threshold on
---@param fields ve.word.above
---@return ve.distribution
function ve.above(fields) end

---@class ve.word.below
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field at number|ve.distribution the threshold: customers here count half, far below it fully
---@field scale number|ve.distribution how soft the edge is: one scale above it 27 % count, one below it 73 %

---customers count up to a threshold
---@param fields ve.word.below
---@return ve.distribution
function ve.below(fields) end

---@class ve.word.kernel
---@field by? string the attribute it speaks of; may be left out where there is only one
---@field points number[] values of known buyers, or figures seen before
---@field bandwidth? number|ve.distribution how far each point is spread; left out: Silverman's 0.9 min(sd, IQR/1.34) n^(-1/5)

---the shape that given points make
---@param fields ve.word.kernel
---@return ve.distribution
function ve.kernel(fields) end

---@class ve.word.mixture.parts
---@field part ve.distribution|fun(customer: table<string, number>): number the distribution of one group
---@field share? number|ve.distribution how many belong to this group: shares are scaled to add up to 1; left out everywhere: all alike

---@class ve.word.mixture
---@field parts ve.word.mixture.parts[] rows { ve.normal { ... }, share = 0.6 }

---several groups of customers, each with its share
---@param fields ve.word.mixture
---@return ve.distribution
function ve.mixture(fields) end

---@class ve.word.categories.value
---@field weight number|ve.distribution how much customers with this label count

---@class ve.word.categories
---@field by? string the attribute, a text; may be left out where there is only one
---@field value table<string, number|ve.distribution|ve.word.categories.value> how much customers with each label count: { platinum = 1, gold = 0.5, lead = 0 }
---@field others? number|ve.distribution how much customers with any other label count; left out, every label must be named

---customers count as their label says
---@param fields ve.word.categories
---@return ve.distribution
function ve.categories(fields) end

---@class ve.word.product.parts
---@field part ve.distribution|fun(customer: table<string, number>): number one condition

---@class ve.word.product
---@field parts ve.word.product.parts[] the conditions, one word each: { ve.normal { ... }, ve.above { ... } }

---several conditions at once
---@param fields ve.word.product
---@return ve.distribution
function ve.product(fields) end

---@class ve.word.direct
---@field [string] number points for each: any scale, the shares are what counts

---points given straight away
---@param fields ve.word.direct
---@return ve.judgement
function ve.direct(fields) end

---@class ve.word.zero_one.wins
---@field winner string the more important one
---@field loser string the less important one

---@class ve.word.zero_one
---@field order? string[] all of them, the most important first
---@field wins? ve.word.zero_one.wins[] or every pair, the winner first; they need not make an order
---@field corrected? boolean add 1 to every count, so that the last one keeps a weight

---0-1 forced decision: of every two, one is the more important
---@param fields ve.word.zero_one
---@return ve.judgement
function ve.zero_one(fields) end

---@class ve.word.zero_four.pairs
---@field first string one
---@field second string another
---@field points number|ve.distribution what the first gets of the four points; the second gets the rest

---@class ve.word.zero_four
---@field relations? any texts such as "F3 >> F4", "F3 > F1 > F2", "F2 = F5" that put all in one order
---@field pairs? ve.word.zero_four.pairs[] or every pair: { "F1", "F2", 3 } gives F1 three points and F2 one

---0-4 scoring: four points for every two
---@param fields ve.word.zero_four
---@return ve.judgement
function ve.zero_four(fields) end

---@class ve.word.ratio_chain.entry
---@field id string what is compared with the next in the list
---@field ratio? number|ve.distribution how many times as important as the next it is; the last one has none

---@class ve.word.ratio_chain.check
---@field first string one
---@field second string another, not its neighbour in the chain
---@field ratio number|ve.distribution how many times as important the first is

---@class ve.word.ratio_chain
---@field [integer] ve.word.ratio_chain.entry each against the next, { "F1", 2 }; the last alone, { "F3" }
---@field check? ve.word.ratio_chain.check[] comparisons made besides, { "F1", "F3", 6 }: they change no weight, but a warning says where the chain comes to something else

---DARE: each against the next, how many times as important
---@param fields ve.word.ratio_chain
---@return ve.judgement
function ve.ratio_chain(fields) end

---@class ve.word.complement.pairs
---@field first string one
---@field second string another
---@field points number|ve.distribution what the first gets of the points; the second gets the rest

---@class ve.word.complement
---@field total? number the points that every two share
---@field pairs ve.word.complement.pairs[] every pair: { "F1", "F2", 7 } gives F1 seven points of ten and F2 three

---complementary scoring: every two share ten points
---@param fields ve.word.complement
---@return ve.judgement
function ve.complement(fields) end

---@class ve.word.ahp.pairs
---@field first string one
---@field second string another
---@field ratio number|ve.distribution how many times as important the first is: 1 equally, 3 somewhat, 5 clearly, 7 far, 9 overwhelmingly more; 1/3 the other way round

---@class ve.word.ahp.judges.pairs
---@field first string one
---@field second string another
---@field ratio number|ve.distribution how many times as important the first is: 1 equally, 3 somewhat, 5 clearly, 7 far, 9 overwhelmingly more; 1/3 the other way round

---@class ve.word.ahp.judges
---@field name string who judges
---@field share number|ve.distribution how much this judge counts: the shares are scaled to add up to 1
---@field pairs ve.word.ahp.judges.pairs[] the pairs as this judge compares them; some may be missing

---@class ve.word.ahp
---@field pairs? ve.word.ahp.pairs[] { "F1", "F2", 3 }: F1 is three times as important as F2; some pairs may be missing
---@field judges? ve.word.ahp.judges[] or a group, { "owner", 0.4, pairs = { ... } }: each pair is the geometric mean of what they say, by share
---@field method? "eigenvector"|"geometric_mean" weights are the principal eigenvector, or the geometric means of the rows
---@field random_index? "saaty-1980"|"saaty-2005"|"donegan-dodd" whose table of random indices the consistency ratio is taken with

---pairs compared by how many times as important one is
---@param fields ve.word.ahp
---@return ve.judgement
function ve.ahp(fields) end

---@class ve.word.best_worst
---@field best string the most important one
---@field worst string the least important one
---@field best_to_others table<string, number>|number[] how many times as important the best is as each other, as a rule from 1 to 9
---@field others_to_worst table<string, number>|number[] how many times as important each other is as the worst
---@field form? "linear"|"minmax" the linear form, or the first one, with ratios, and the middle of its interval weights

---the best against all others, all others against the worst
---@param fields ve.word.best_worst
---@return ve.judgement
function ve.best_worst(fields) end

---@class ve.word.rank_order
---@field [integer] string all of them, the most important first
---@field method? "centroid"|"sum"|"reciprocal" how the order becomes weights: rank-order centroid, rank sum or rank reciprocal

---the order of importance and nothing else
---@param fields ve.word.rank_order
---@return ve.judgement
function ve.rank_order(fields) end

---@class ve.word.entropy

---a function weighs the more, the more the options differ in it
---@param fields ve.word.entropy
---@return ve.judgement
function ve.entropy(fields) end

---@class ve.word.stated
---@field column string the survey columns, such as "importance_{function}"

---the importance that an option's own customers state
---@param fields ve.word.stated
---@return ve.judgement
function ve.stated(fields) end

---@class ve.word.parties.entry
---@field name string who judges
---@field share number|ve.distribution how much this party counts: the shares are scaled to add up to 1
---@field judgement ve.judgement how this party judges; it may leave functions out

---@class ve.word.parties
---@field [integer] ve.word.parties.entry rows { "owner", 0.4, ve.direct { ... } }
---@field combine? "arithmetic"|"geometric" the mean taken of the parties' weights

---several parties judge, each with a share
---@param fields ve.word.parties
---@return ve.judgement
function ve.parties(fields) end

---@class ve.word.life_cycle.overhauls
---@field year number|ve.distribution when
---@field cost number|ve.distribution what it costs then

---@class ve.word.life_cycle
---@field initial number|ve.distribution what is spent at the start
---@field annual? number|ve.distribution running costs, at the end of every year
---@field rate number|ve.distribution the interest rate
---@field years number|ve.distribution how long it lasts
---@field overhauls? ve.word.life_cycle.overhauls[] single expenses during its life: { { 10, 3000 }, { 20, 3000 } }
---@field salvage? number|ve.distribution what it still brings at the end of its life; below zero: what removing it costs
---@field growth? number|ve.distribution by how much the running costs rise each year
---@field basis? "annual"|"present" compare by the yearly amount, which is fair to different lives, or by the sum today

---everything a product costs over its life
---@param fields ve.word.life_cycle
---@return ve.cost
function ve.life_cycle(fields) end

---@class ve.word.parts.entry
---@field amount? number|ve.distribution|ve.cost what it costs; below zero: what it saves
---@field hours? number|ve.distribution|ve.cost or the time it takes
---@field rate? number|ve.distribution what an hour of it costs; left out: the rate of the whole

---@class ve.word.parts
---@field hours? number|ve.distribution|ve.cost time, where there is only one item of it
---@field rate? number|ve.distribution what an hour costs, of every item that says nothing else
---@field [string] number|ve.distribution|ve.cost|ve.word.parts.entry any names: money, or time as { hours = 12, rate = 35 }

---a sum of named items, time among them
---@param fields ve.word.parts
---@return ve.cost
function ve.parts(fields) end

---@class ve.word.column
---@field name string the survey column; {option} in it stands for the option's id

---what the option's customers pay, from the survey
---@param fields ve.word.column
---@return ve.cost
function ve.column(fields) end

---@class ve.word.max_value

---the greatest value index is best
---@param fields ve.word.max_value
---@return ve.rule
function ve.max_value(fields) end

---@class ve.word.closest_to_one

---the value index closest to 1 is best
---@param fields ve.word.closest_to_one
---@return ve.rule
function ve.closest_to_one(fields) end

---@class ve.word.max_function
---@field budget? number|ve.distribution options that cost more cannot be chosen; left out: any cost

---the most function that a budget buys
---@param fields ve.word.max_function
---@return ve.rule
function ve.max_function(fields) end

---@class ve.word.min_cost
---@field minimum_function? number|ve.distribution options with a lower function score cannot be chosen; left out: any score

---the cheapest that does enough
---@param fields ve.word.min_cost
---@return ve.rule
function ve.min_cost(fields) end

---@class ve.word.answers
---@field [integer] any the customers: attributes, `weight` if they do not count alike, and for each option its scores, by function or as a list in their order
---@field missing? "error"|"skip" what to do with customers who left an answer out: stop, or leave them out

---customers' answers, written in the model
---@param fields ve.word.answers
---@return ve.survey
function ve.answers(fields) end

---@class ve.word.csv.scores.points
---@field x number the measured figure
---@field y number its score

---@class ve.word.csv.scores
---@field column? string the column; {option} and {function} stand for their ids
---@field worst? number the measured figure that scores the low end of the scale; beyond it the score stays there
---@field best? number the measured figure that scores the high end of the scale
---@field points? ve.word.csv.scores.points[] in place of worst and best: figures, ascending, with their scores, straight lines between

---@class ve.word.csv
---@field file string the file, in the model's folder or below
---@field customer? string column with the customer's name or number; with `option` it must be there
---@field attributes? table<string, string> column of each customer attribute; left out, it has the attribute's id
---@field weight? string column with design weights; left out, every customer counts once
---@field scores? string|table<string, string|ve.word.csv.scores> columns of the scores: a pattern for all, "{option}_{function}" (with `option`: "{function}") if left out, or a column, or more about it, for each function
---@field option? string column that names the option: the file then has a row for each customer and option
---@field options? table<string, string> what the data calls each option, where not by its id
---@field missing? "error"|"skip" what to do with customers who left an answer empty (or NA): stop, or leave them out
---@field delimiter? string what separates fields; left out, the first line shows whether it is , ; tab or |
---@field encoding? "utf-8"|"gb18030"|"latin1"|"utf-16" how the file writes its characters

---customers' answers in a CSV file, wide or long
---@param fields ve.word.csv
---@return ve.survey
function ve.csv(fields) end

