#include "faces/http/metrics.h"

#include <stdatomic.h>

enum { CLASSES = 5, BUCKETS = 8 };

static const struct {
    int64_t microseconds;
    const char *label;
} buckets[BUCKETS] = {
    { 1000, "0.001" }, { 5000, "0.005" },  { 25000, "0.025" }, { 100000, "0.1" },
    { 500000, "0.5" }, { 2500000, "2.5" }, { 10000000, "10" }, { INT64_MAX, "+Inf" },
};

struct counts {
    atomic_uint_fast64_t status[CLASSES], bucket[BUCKETS], microseconds;
};

struct metrics {
    const struct router *router;
    struct counts *routes; /* the last is for what had no route */
    atomic_uint_fast64_t refused[ERR_COUNT];
};

struct metrics *metrics_new(const struct router *router, struct arena *arena)
{
    struct metrics *metrics = ARENA_NEW(arena, struct metrics);

    metrics->router = router;
    metrics->routes = ARENA_NEW_N(arena, router_count(router) + 1, struct counts);
    return metrics;
}

void metrics_count(struct metrics *metrics, size_t index, int status, int64_t microseconds)
{
    struct counts *counts = &metrics->routes[index];
    size_t i = 0;

    if (status >= 100 && status < 600)
        atomic_fetch_add_explicit(&counts->status[status / 100 - 1], 1, memory_order_relaxed);
    while (microseconds > buckets[i].microseconds)
        i++;
    atomic_fetch_add_explicit(&counts->bucket[i], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&counts->microseconds,
                              (uint_fast64_t)(microseconds > 0 ? microseconds : 0),
                              memory_order_relaxed);
}

void metrics_refused(struct metrics *metrics, enum err_code why)
{
    if (why < ERR_COUNT)
        atomic_fetch_add_explicit(&metrics->refused[why], 1, memory_order_relaxed);
}

static unsigned long long get(const atomic_uint_fast64_t *n)
{
    return (unsigned long long)atomic_load_explicit(n, memory_order_relaxed);
}

static const char *route_name(const struct metrics *metrics, size_t index)
{
    return index < router_count(metrics->router) ? router_route(metrics->router, index)->name
                                                 : "none";
}

static void print_latency(const struct counts *counts, const char *name, struct buf *buf)
{
    unsigned long long sum = 0;

    for (size_t i = 0; i < BUCKETS; i++) {
        sum += get(&counts->bucket[i]);
        buf_printf(buf, "noroshi_http_seconds_bucket{route=\"%s\",le=\"%s\"} %llu\n", name,
                   buckets[i].label, sum);
    }
    buf_printf(buf, "noroshi_http_seconds_sum{route=\"%s\"} %.6f\n", name,
               (double)get(&counts->microseconds) / 1e6);
    buf_printf(buf, "noroshi_http_seconds_count{route=\"%s\"} %llu\n", name, sum);
}

bool metrics_print(const struct metrics *metrics, struct arena *arena, struct str *out,
                   struct err *err)
{
    struct buf buf = buf_new(arena, 1 << 20);
    size_t count = router_count(metrics->router) + 1;

    buf_add_z(&buf, "# TYPE noroshi_http_requests_total counter\n");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < CLASSES; k++)
            if (get(&metrics->routes[i].status[k]) > 0)
                buf_printf(&buf,
                           "noroshi_http_requests_total{route=\"%s\",status=\"%zuxx\"} %llu\n",
                           route_name(metrics, i), k + 1, get(&metrics->routes[i].status[k]));
    buf_add_z(&buf, "# TYPE noroshi_http_seconds histogram\n");
    for (size_t i = 0; i < count; i++)
        print_latency(&metrics->routes[i], route_name(metrics, i), &buf);
    buf_add_z(&buf, "# TYPE noroshi_http_refused_total counter\n");
    for (size_t i = 0; i < ERR_COUNT; i++)
        if (get(&metrics->refused[i]) > 0)
            buf_printf(&buf, "noroshi_http_refused_total{why=\"%s\"} %llu\n",
                       err_name((enum err_code)i), get(&metrics->refused[i]));
    return buf_done(&buf, out, err) || PASS(err);
}
