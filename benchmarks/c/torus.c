/* The algorithm of simulate/grids.py; DIM is a constant wherever these functions are inlined. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "streams.h"

#define INLINE static inline __attribute__((always_inline))
#define STRIDE 32
#define FARTHEST 0xFFFFFFFFu

INLINE uint32_t lesser(uint32_t a, uint32_t b) { return a < b ? a : b; }
INLINE uint32_t greater(uint32_t a, uint32_t b) { return a > b ? a : b; }
INLINE uint32_t apart(uint32_t a, uint32_t b) { return lesser(a - b, b - a); }
INLINE uint64_t cell_of(uint32_t word, uint64_t cells) { return (uint64_t)word * cells >> 32; }

INLINE uint32_t gap_to(int dim, const uint32_t *points, int64_t row, int64_t i, const uint32_t *x)
{
    uint32_t far = apart(points[i], x[0]);
    for (int k = 1; k < dim; k++)
        far = greater(far, apart(points[k * row + i], x[k]));
    return far;
}

INLINE uint32_t least_gap(int dim, const uint32_t *points, int64_t row, int64_t first, int64_t last, const uint32_t *x)
{
    uint32_t least = FARTHEST;
    int64_t end = first + (last - first + STRIDE - 1) / STRIDE * STRIDE;
    for (int64_t i = first; i < end; i++)
        least = lesser(least, gap_to(dim, points, row, i, x));
    return least;
}

INLINE uint32_t radius_at(int dim, const uint32_t *points, int64_t row, int64_t first, int64_t last, const uint32_t *x,
                          uint32_t gap)
{
    uint32_t radius = FARTHEST;
    int64_t end = first + (last - first + STRIDE - 1) / STRIDE * STRIDE;
    for (int64_t i = first; i < end; i++) {
        /* All ones where the gap is another: with a condition the loop would not be vectorised. */
        uint32_t other = -(uint32_t)(gap_to(dim, points, row, i, x) != gap);
        radius = lesser(radius, points[dim * row + i] | other);
    }
    return radius;
}

INLINE void draw(state_t *state, int dim, uint32_t *drawn, int64_t row)
{
    uint32_t *radius = drawn + dim * row;
    memset(radius, 0, sizeof *radius * row);
    for (int k = 0; k < dim; k++) {
        uint32_t *own = drawn + k * row;
        for (int64_t i = 0; i < row; i += 2) {
            uint64_t bits = advance(state);
            own[i] = (uint32_t)(bits >> 32);
            own[i + 1] = (uint32_t)bits;
        }
        for (int64_t i = 0; i < row; i++)
            radius[i] = greater(radius[i], apart(own[i], 0));
    }
}

INLINE uint64_t copy_of(uint64_t cell, uint64_t column, uint64_t cells)
{
    if (cells > 1 && column == 0)
        return cell + cells;
    if (cells > 1 && column == cells - 1)
        return cell - cells;
    return cell;
}

INLINE void put(int dim, const uint32_t *drawn, int64_t width, int64_t i, uint64_t cell, uint32_t *points, int64_t row,
                int64_t *starts)
{
    int64_t place = starts[cell + 1]++;
    for (int k = 0; k <= dim; k++)
        points[k * row + place] = drawn[k * width + i];
}

INLINE void place_all(int dim, uint64_t cells, const uint32_t *drawn, int64_t width, int64_t n, uint32_t *points,
                      int64_t row, int64_t *starts)
{
    int64_t size = cells * (cells + 2) + 2;
    memset(starts, 0, sizeof *starts * size);
    for (int64_t i = 0; i < n; i++) {
        uint64_t column = cell_of(drawn[width + i], cells);
        uint64_t cell = cell_of(drawn[i], cells) * (cells + 2) + column + 1, copy = copy_of(cell, column, cells);
        starts[cell + 2]++;
        if (copy != cell)
            starts[copy + 2]++;
    }
    for (int64_t c = 1; c < size; c++)
        starts[c] += starts[c - 1];
    for (int64_t i = 0; i < n; i++) {
        uint64_t column = cell_of(drawn[width + i], cells);
        uint64_t cell = cell_of(drawn[i], cells) * (cells + 2) + column + 1, copy = copy_of(cell, column, cells);
        put(dim, drawn, width, i, cell, points, row, starts);
        if (copy != cell)
            put(dim, drawn, width, i, copy, points, row, starts);
    }
    int64_t end = starts[size - 2];
    for (int k = 0; k <= dim; k++)
        for (int64_t i = end; i < end + STRIDE; i++)
            points[k * row + i] = points[k * row];
}

INLINE uint32_t nearest(int dim, uint64_t cells, const uint32_t *points, int64_t row, const int64_t *starts,
                        const uint32_t *x, uint32_t *radius)
{
    uint64_t line = cell_of(x[0], cells), column = cell_of(x[1], cells);
    uint32_t gap = FARTHEST;
    int64_t first = 0, last = 0;
    for (uint64_t step = 0; step < (cells < 3 ? cells : 3); step++) {
        uint64_t beside = line + step > 0 ? line + step : cells;
        uint64_t at = (beside <= cells ? beside - 1 : 0) * (cells + 2) + column;
        uint32_t least = least_gap(dim, points, row, starts[at], starts[at + 3], x);
        if (least < gap) {
            gap = least;
            first = starts[at];
            last = starts[at + 3];
        }
    }
    if (gap * cells > 0xFFFFFFFFu) {
        first = 0;
        last = starts[cells * (cells + 2)];
        gap = least_gap(dim, points, row, first, last, x);
    }
    *radius = radius_at(dim, points, row, first, last, x, gap);
    return gap;
}

INLINE double eta_at(const double *ring, int64_t knots, uint32_t radius)
{
    double position = radius * (0x1p-31 * (double)(knots - 1));
    uint64_t piece = (uint64_t)position;
    return ring[piece] + (position - (double)piece) * (ring[piece + 1] - ring[piece]);
}

INLINE void run(int dim, const double *ring, int64_t knots, int64_t cells, int64_t n, int64_t m, uint64_t seed,
                int64_t size, double *out)
{
    int64_t width = n + n % 2, wide = m + m % 2, row = 2 * n + STRIDE;
    uint32_t *drawn = malloc(sizeof *drawn * (dim + 1) * width), *fresh = malloc(sizeof *fresh * (dim + 1) * wide);
    uint32_t *points = malloc(sizeof *points * (dim + 1) * row);
    int64_t *starts = malloc(sizeof *starts * (cells * (cells + 2) + 2));
    for (int64_t r = 0; r < size; r++) {
        state_t state = start(seed, (uint64_t)r);
        draw(&state, dim, drawn, width);
        draw(&state, dim, fresh, wide);
        place_all(dim, (uint64_t)cells, drawn, width, n, points, row, starts);
        double distance = 0.0, difference = 0.0, risk = 0.0;
        for (int64_t t = 0; t < m; t++) {
            uint32_t x[8], radius;
            for (int k = 0; k < dim; k++)
                x[k] = fresh[k * wide + t];
            uint32_t gap = nearest(dim, (uint64_t)cells, points, row, starts, x, &radius);
            double eta = eta_at(ring, knots, fresh[dim * wide + t]), other = eta_at(ring, knots, radius);
            distance += gap * 0x1p-32;
            difference += fabs(other - eta);
            risk += eta * (1.0 - other) + (1.0 - eta) * other;
        }
        out[3 * r] = distance / (double)m;
        out[3 * r + 1] = difference / (double)m;
        out[3 * r + 2] = risk / (double)m;
    }
    free(drawn);
    free(fresh);
    free(points);
    free(starts);
}

void means2(const double *ring, int64_t knots, int64_t cells, int64_t n, int64_t m, uint64_t seed, int64_t size,
            double *out)
{
    run(2, ring, knots, cells, n, m, seed, size, out);
}

void means5(const double *ring, int64_t knots, int64_t cells, int64_t n, int64_t m, uint64_t seed, int64_t size,
            double *out)
{
    run(5, ring, knots, cells, n, m, seed, size, out);
}
