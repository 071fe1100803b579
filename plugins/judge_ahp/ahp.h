/* What the files of this plugin share: a reciprocal matrix, its weights and how consistent it is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JUDGE_AHP_H
#define JUDGE_AHP_H

#include "ve/plugin.h"

enum { AHP_MOST = 50 }; /* more than anybody compares in pairs */

typedef struct ahp_matrix {
    size_t n;
    double *log_said; /* n x n: log of how many times as important the row is as the column; NaN where nothing
                         is said, 0 on the diagonal */
    double *level; /* n: logs of weights around which the matrix is written, so that no entry is far from 1 */
    double
        *entry; /* n x n: the matrix so written, said(i, j) * level(j) / level(i); 1 where nothing is said */
    double *right, *left; /* n: the Perron vectors of `entry`, with left * right = 1 */
    double lambda;        /* its greatest eigenvalue */
    double *square;       /* n x n, room for equations */
    double *image;        /* n, room */
} ahp_matrix;

ve_code ahp_matrix_new(ahp_matrix *m, size_t n, const ve_services *services);

/* least_squares.c: level of the least squares in logarithms over what is said; with every pair said these are
 * the row geometric means. */
void ahp_least_squares(ahp_matrix *m);
/* Solve the n equations in n unknowns, `columns` right sides in the rows of b; both are overwritten. */
void ahp_equations(double *a, double *b, size_t n, size_t columns);

/* perron.c: entry, right, left and lambda for the level in hand. */
void ahp_perron(ahp_matrix *m);

/* complete.c: move level to where the missing pairs, filled in as level(i) / level(j), make the greatest
 * eigenvalue smallest (Bozoki, Fulop and Ronyai 2010). What is said must connect all. */
ve_code ahp_complete(ahp_matrix *m, const ve_services *services);

/* random_index.c: mean consistency index of random matrices; NaN where the table has none. */
double ahp_random_index(int table, size_t n);
#define AHP_RANDOM_INDEX "saaty-1980|saaty-2005|donegan-dodd"
const char *ahp_random_index_name(int table);

#endif
