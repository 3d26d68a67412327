/* sorted_uniforms of simulate/neighbours.py: a bucket per point and one pass of insertion. */
#include <string.h>

#include "streams.h"

static inline void sorted_uniforms(state_t *state, int64_t n, double *points, double *scratch, int64_t *starts)
{
    memset(starts, 0, sizeof *starts * (n + 1));
    for (int64_t i = 0; i < n; i++) {
        scratch[i] = uniform(state);
        starts[(int64_t)(scratch[i] * (double)n) + 1]++;
    }
    for (int64_t b = 0; b < n; b++)
        starts[b + 1] += starts[b];
    for (int64_t i = 0; i < n; i++)
        points[starts[(int64_t)(scratch[i] * (double)n)]++] = scratch[i];
    for (int64_t i = 1; i < n; i++) {
        double x = points[i];
        int64_t j = i;
        for (; j > 0 && points[j - 1] > x; j--)
            points[j] = points[j - 1];
        points[j] = x;
    }
}

/* table[g]: how many of the first `count` of `ends` lie in the first g of `parts` equal parts of [0, 1). */
static inline void make_table(const double *ends, int64_t count, int64_t parts, int64_t *table)
{
    memset(table, 0, sizeof *table * (parts + 1));
    for (int64_t i = 0; i < count; i++)
        table[(int64_t)(ends[i] * (double)parts) + 1]++;
    for (int64_t g = 0; g < parts; g++)
        table[g + 1] += table[g];
}

/* eta at x in [0, 1); `ring` holds the knots and the first one again. */
static inline double eta_at(const double *ring, int64_t knots, double x)
{
    double position = x * (double)knots;
    int64_t piece = (int64_t)position;
    return ring[piece] + (position - (double)piece) * (ring[piece + 1] - ring[piece]);
}
