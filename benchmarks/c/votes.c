#include <stdbool.h>
#include "streams.h"

/* P(at most (k - 1)/2 of k coins show heads), from the likeliest number outwards. */
static double minority(double eta, int64_t k)
{
    int64_t mode = (int64_t)((double)(k + 1) * eta);
    double odds = eta / (1 - eta), term = 1.0, sums[2] = { 0.0, 0.0 };
    if (mode > k)
        mode = k;
    sums[2 * mode > k] = 1.0;
    for (int64_t j = mode; j < k; j++) {
        term *= odds * (double)(k - j) / (double)(j + 1);
        sums[2 * (j + 1) > k] += term;
    }
    term = 1.0;
    for (int64_t j = mode; j > 0; j--) {
        term *= (double)j / (odds * (double)(k - j + 1));
        sums[2 * (j - 1) > k] += term;
    }
    return sums[0] / (sums[0] + sums[1]);
}

/* Whether the majority of k coins differs from the likelier side, eta >= 1/2, for replicates 0, ..., size - 1. */
void minorities(double eta, int64_t k, uint64_t seed, int64_t size, bool *out)
{
    double few = minority(eta, k);
    for (int64_t r = 0; r < size; r++) {
        state_t state = start(seed, (uint64_t)r);
        out[r] = uniform(&state) < few;
    }
}
