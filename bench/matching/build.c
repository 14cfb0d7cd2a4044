#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "domain/matching/pool.h"

struct building {
    struct index_builder *builder;
    struct pool seen; /* an advisory about several ecosystems stands in the file of each */
};

static void take(void *of, const struct catalog_record *record)
{
    struct building *building = of;
    struct err err = { 0 };
    uint32_t known = (uint32_t)pool_count(&building->seen);
    char key[CATALOG_ID_MAX + 8];
    int length = snprintf(key, sizeof key, "%d %.*s", record->source,
                          STR_ARG(str_take(record->id, CATALOG_ID_MAX)));

    if (pool_number(&building->seen, (struct str){ key, (size_t)length }) == known &&
        !index_builder_add(building->builder, known, record, &err))
        bench_fail("build", &err);
}

/* INDEX FORMAT FILE [FORMAT FILE]… : prints what the index holds. */
int bench_build(int argc, char **argv)
{
    struct building building = { .builder = index_builder_new() };
    double start = bench_now(), sorted;
    struct matching_index_facts facts;
    struct matching_index *index;
    struct err err = { 0 };

    if (!index_builder_spill(building.builder, argv[0], &err))
        bench_fail(argv[0], &err);
    for (int i = 1; i + 1 < argc; i += 2)
        bench_read(argv[i], argv[i + 1], take, &building);
    sorted = bench_now();
    if (!index_builder_write(building.builder, argv[0], (struct utc){ 1 }, &err))
        bench_fail(argv[0], &err);
    index = bench_open(argv[0]);
    if (!matching_index_verify(index, &err))
        bench_fail(argv[0], &err);
    facts = matching_index_facts(index);
    printf("%zu %zu %zu %zu %zu %zu %zu %zu %.2f %.2f\n", facts.records, facts.groups,
           facts.packages, facts.products, facts.criteria, facts.configurations, facts.bytes,
           facts.detail_bytes, sorted - start, bench_now() - sorted);
    matching_index_close(index);
    index_builder_free(building.builder);
    pool_done(&building.seen);
    return 0;
}
