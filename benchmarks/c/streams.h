/* The streams of simulate/streams.py: xoshiro256++ (Blackman & Vigna 2021), one per replicate. */
#include <stdint.h>

typedef struct { uint64_t a, b, c, d; } state_t;

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static inline state_t start(uint64_t seed, uint64_t r)
{
    const uint64_t golden = 0x9E3779B97F4A7C15u;
    uint64_t key = mix(mix(seed + golden) ^ (r * golden + 0x94D049BB133111EBu));
    return (state_t){ mix(key + golden), mix(key + 2 * golden), mix(key + 3 * golden), mix(key + 4 * golden) };
}

static inline uint64_t advance(state_t *s)
{
    uint64_t bits = rotate(s->a + s->d, 23) + s->a, shifted = s->b << 17;
    s->c ^= s->a;
    s->d ^= s->b;
    s->b ^= s->c;
    s->a ^= s->d;
    s->c ^= shifted;
    s->d = rotate(s->d, 45);
    return bits;
}

static inline double uniform(state_t *s) { return (double)(advance(s) >> 11) * 0x1p-53; }
