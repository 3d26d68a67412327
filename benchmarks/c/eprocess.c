/* The kernel of verify/products_compiled.py and the few logarithms around it. */
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { CHUNK = 16, HALF = CHUNK / 2, SLAB = 512 * CHUNK, MOST = 64 };

/* Add to the log-wealth of each bet what a block of draws, a multiple of CHUNK up to SLAB, brings it. */
static void update(const double *restrict draws, int64_t n, double end, double scale, const double *restrict offsets,
                   int64_t bets, double *restrict log_wealth)
{
    double mantissas[MOST];
    int64_t exponents[MOST];
    for (int64_t j = 0; j < bets; j++) {
        mantissas[j] = 1.0;
        exponents[j] = 0;
    }
    for (int64_t start = 0; start < n; start += CHUNK) {
        double ratios[CHUNK];
        for (int k = 0; k < CHUNK; k++)
            ratios[k] = (draws[start + k] - end) * scale - 1.0;
        for (int64_t j = 0; j < bets; j++) {
            double offset = offsets[j], first = ratios[0] + offset, second = ratios[HALF] + offset;
            for (int k = 1; k < HALF; k++) {
                first *= ratios[k] + offset;
                second *= ratios[HALF + k] + offset;
            }
            double product = first * second;
            int64_t bits;
            memcpy(&bits, &product, sizeof bits);
            exponents[j] += (bits >> 52) - 1023;
            bits = (bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000;
            memcpy(&product, &bits, sizeof bits);
            mantissas[j] *= product;
        }
    }
    for (int64_t j = 0; j < bets; j++)
        log_wealth[j] += log(mantissas[j]) + (double)exponents[j] * log(2.0) - (double)n * log(offsets[j]);
}

static double log_mixture(const double *log_wealth, int64_t bets)
{
    double largest = -INFINITY, sum = 0.0;
    for (int64_t j = 0; j < bets; j++)
        largest = fmax(largest, log_wealth[j]);
    for (int64_t j = 0; j < bets; j++)
        sum += exp(log_wealth[j] - largest);
    return largest + log(sum / (double)bets);
}

/* After each block, the sum of the log e-values against E X <= below and E X >= above, for draws in [0, 1]. */
void wealth(const double *draws, int64_t block, int64_t blocks, double below, double above, const double *bets,
            int64_t count, double *out)
{
    double first[MOST] = { 0 }, second[MOST] = { 0 }, offsets[MOST];
    for (int64_t j = 0; j < count; j++)
        offsets[j] = 1.0 / bets[j];
    for (int64_t b = 0; b < blocks; b++) {
        for (int64_t done = 0; done < block; done += SLAB) {
            const double *slab = draws + b * block + done;
            int64_t n = block - done < SLAB ? block - done : SLAB;
            update(slab, n, 0.0, 1.0 / below, offsets, count, first);
            update(slab, n, 1.0, 1.0 / (above - 1.0), offsets, count, second);
        }
        out[b] = log_mixture(first, count) + log_mixture(second, count);
    }
}
