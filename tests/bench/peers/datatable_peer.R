# A survey of any shape to V, with R and data.table: datatable_peer.R FILE FUNCTIONS income[,age]
# SPDX-License-Identifier: GPL-3.0-or-later
word <- commandArgs(TRUE)
K <- as.integer(word[2]); attributes <- strsplit(word[3], ",")[[1]]
MEAN <- list(income = c(3000, 5500, 9000), age = c(30, 45, 60)); SD <- list(income = c(1000, 1500, 2500), age = c(10, 12, 15))
COST <- c(360, 410, 450); w <- (1:K) / sum(1:K)
suppressPackageStartupMessages(library(data.table)); setDTthreads(2)
scores <- lapply(c("A", "B", "C"), function(o) paste0(o, "_f", 1:K))
T <- fread(word[1], select = c(attributes, unlist(scores)), showProgress = FALSE)
F <- vapply(1:3, function(i) {
  a <- exp(-0.5 * Reduce(`+`, lapply(attributes, function(x) ((as.numeric(T[[x]]) - MEAN[[x]][i]) / SD[[x]][i])^2)))
  sum(w * vapply(scores[[i]], function(k) sum(a * as.numeric(T[[k]])), 0)) / sum(a)
}, 0)
cat(sprintf("%.17g\n", (F / sum(F)) / (COST / sum(COST))), sep = "")
