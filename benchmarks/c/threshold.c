/* The algorithm of single_teacher_excess in simulate/students.py. */
#include <stdlib.h>

#include "sorting.h"

#define PER_POINT 4

typedef struct { int64_t label, found; } changes_t;

static inline changes_t label_changes(state_t *state, const double *ring, int64_t knots, const double *points,
                                      int64_t n, double *changes)
{
    int64_t first = 0, label = 0, found = 0;
    double before = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double x = points[i], eta = eta_at(ring, knots, x);
        int64_t following = uniform(state) < eta;
        if (i == 0)
            first = label = following;
        changes[found] = (before + x) * 0.5;
        found += following ^ label;
        label = following;
        before = x;
    }
    if (label == first)
        return (changes_t){ first, found };
    double seam = (before + points[0] + 1.0) / 2;
    if (seam < 1.0) {
        changes[found] = seam;
        return (changes_t){ first, found + 1 };
    }
    memmove(changes + 1, changes, sizeof *changes * found);
    changes[0] = seam - 1.0;
    return (changes_t){ label, found + 1 };
}

static inline int64_t student(state_t *state, const double *changes, const int64_t *table, int64_t parts, int64_t label,
                              int64_t m, int64_t *balance, int64_t hypotheses)
{
    memset(balance, 0, sizeof *balance * hypotheses);
    for (int64_t t = 0; t < m; t++) {
        double x = uniform(state);
        int64_t below = table[(int64_t)(x * (double)parts)];
        below += changes[below] <= x;
        while (changes[below] <= x)
            below++;
        balance[(int64_t)(x * (double)hypotheses)] += 1 - 2 * ((label + below) & 1);
    }
    int64_t chosen = 0, errors = 0, fewest = 0;
    for (int64_t j = 1; j < hypotheses; j++) {
        errors -= balance[j - 1];
        if (errors < fewest) {
            chosen = j;
            fewest = errors;
        }
    }
    return chosen;
}

void excesses(const double *ring, int64_t knots, const double *excess, int64_t hypotheses, int64_t n, int64_t m,
              uint64_t seed, int64_t size, double *out)
{
    int64_t parts = PER_POINT * n;
    double *points = malloc(sizeof *points * n), *changes = malloc(sizeof *changes * (n + 2));
    int64_t *table = malloc(sizeof *table * (parts + 1)), *balance = malloc(sizeof *balance * hypotheses);
    for (int64_t r = 0; r < size; r++) {
        state_t state = start(seed, (uint64_t)r);
        sorted_uniforms(&state, n, points, changes, table);
        changes_t made = label_changes(&state, ring, knots, points, n, changes);
        changes[made.found] = 2.0;
        make_table(changes, made.found, parts, table);
        out[r] = excess[student(&state, changes, table, parts, made.label, m, balance, hypotheses)];
    }
    free(points);
    free(changes);
    free(table);
    free(balance);
}
