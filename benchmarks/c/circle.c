/* The algorithms of simulate/cells.py. */
#include <math.h>
#include <stdlib.h>

#include "sorting.h"

#define PER_POINT 2

static inline double area(double first, double last)
{
    if (first * last >= 0.0)
        return fabs(first + last) * 0.5;
    return (first * first + last * last) / (2.0 * fabs(first - last));
}

static inline void integrals(const double *ring, int64_t knots, const double *points, int64_t n, double *out)
{
    double distance = 0.0, difference = 0.0, risk = 0.0;
    double x = (points[n - 1] + points[0] - 1.0) * 0.5, knot = floor(x * (double)knots);
    int64_t piece = (((int64_t)knot % knots) + knots) % knots;
    double value = ring[piece] + (x * (double)knots - knot) * (ring[piece + 1] - ring[piece]);
    for (int64_t i = 0; i < n; i++) {
        double after = i + 1 < n ? points[i + 1] : points[0] + 1.0;
        double end = (points[i] + after) * 0.5, own = eta_at(ring, knots, points[i]);
        distance += (after - points[i]) * (after - points[i]) * 0.25;
        while (x < end) {
            double stop = fmin(end, (knot + 1.0) / (double)knots);
            double following = ring[piece] + (stop * (double)knots - knot) * (ring[piece + 1] - ring[piece]);
            double mean = (value + following) * 0.5;
            difference += (stop - x) * area(value - own, following - own);
            risk += (stop - x) * (mean * (1.0 - own) + (1.0 - mean) * own);
            x = stop;
            value = following;
            if (stop < end) {
                knot += 1.0;
                piece = piece + 1 < knots ? piece + 1 : 0;
            }
        }
    }
    out[0] = distance;
    out[1] = difference;
    out[2] = risk;
}

void means(const double *ring, int64_t knots, int64_t n, uint64_t seed, int64_t size, double *out)
{
    double *points = malloc(sizeof *points * n), *scratch = malloc(sizeof *scratch * n);
    int64_t *starts = malloc(sizeof *starts * (n + 1));
    for (int64_t r = 0; r < size; r++) {
        state_t state = start(seed, (uint64_t)r);
        sorted_uniforms(&state, n, points, scratch, starts);
        integrals(ring, knots, points, n, out + 3 * r);
    }
    free(points);
    free(scratch);
    free(starts);
}

static inline void cells(const double *ring, int64_t knots, const double *points, int64_t n, double *ends, double *etas)
{
    double seam = (points[n - 1] + points[0] + 1.0) * 0.5;
    int64_t shift = seam >= 1.0;
    for (int64_t i = 0; i < n; i++)
        etas[i + shift] = eta_at(ring, knots, points[i]);
    for (int64_t i = 0; i < n - 1; i++)
        ends[i + shift] = (points[i] + points[i + 1]) * 0.5;
    if (shift) {
        ends[0] = seam - 1.0;
        etas[0] = etas[n];
    } else {
        ends[n - 1] = seam;
        etas[n] = etas[0];
    }
    ends[n] = 2.0;
}

void sampled(const double *ring, int64_t knots, int64_t n, int64_t m, uint64_t seed, int64_t size, double *out)
{
    int64_t parts = PER_POINT * n;
    double *points = malloc(sizeof *points * n), *ends = malloc(sizeof *ends * (n + 1));
    double *etas = malloc(sizeof *etas * (n + 1));
    int64_t *table = malloc(sizeof *table * (parts + 1));
    for (int64_t r = 0; r < size; r++) {
        state_t state = start(seed, (uint64_t)r);
        sorted_uniforms(&state, n, points, etas, table);
        cells(ring, knots, points, n, ends, etas);
        make_table(ends, n, parts, table);
        double total = 0.0;
        for (int64_t t = 0; t < m; t++) {
            double x = uniform(&state);
            int64_t cell = table[(int64_t)(x * (double)parts)];
            cell += ends[cell] <= x;
            while (ends[cell] <= x)
                cell++;
            double eta = eta_at(ring, knots, x), other = etas[cell];
            total += eta + other - 2.0 * eta * other;
        }
        out[r] = total / (double)m;
    }
    free(points);
    free(ends);
    free(etas);
    free(table);
}
