#include "domain/catalog/from_fuzzing.h"

#include "domain/catalog/from_internal.h"

static void keep(const struct catalog_record *record, struct arena *arena)
{
    struct buf buf = buf_new(arena, CATALOG_RECORD_MAX);
    struct catalog_record again;
    struct err err = { 0 };

    if (catalog_record_encode(record, &buf, &err) &&
        !catalog_record_decode(buf_str(&buf), arena, &again, &err))
        abort();
}

/* As a document of either kind; and as a phrase about versions, whose bounds stand in the phrase. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(CATALOG_WORK_MAX);
    struct str text = { (const char *)data, size };
    struct catalog_record record;
    struct span span = from_phrase(text, VERSION_GENERIC);
    struct vuldef document = { 0 };
    struct jvnrss feed = { 0 };
    struct err ignored = { 0 };

    if (span.from.len > size || span.to.len > size || span.status == SPAN_UNAFFECTED)
        abort();
    if (vuldef_read(text, arena, &document, &ignored))
        for (size_t i = 0; i < document.infos.len; i++)
            if (catalog_from_vuldef(&document.infos.at[i], document.lang, arena, &record, &ignored))
                keep(&record, arena);
    if (jvnrss_read(text, arena, &feed, &ignored))
        for (size_t i = 0; i < feed.items.len; i++)
            if (catalog_from_jvnrss(&feed.items.at[i], feed.lang, arena, &record, &ignored))
                keep(&record, arena);
    return 0;
}
