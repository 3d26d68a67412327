#include "streams.h"

/* Means of `draws` uniforms of replicates 0, ..., size - 1. */
void means(uint64_t seed, int64_t draws, int64_t size, double *out)
{
    for (int64_t r = 0; r < size; r++) {
        state_t state = start(seed, (uint64_t)r);
        double total = 0.0;
        for (int64_t i = 0; i < draws; i++)
            total += uniform(&state);
        out[r] = total / (double)draws;
    }
}
