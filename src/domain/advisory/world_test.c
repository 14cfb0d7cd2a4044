#include "domain/advisory/world.h"

#include "base/testing.h"

#include <dirent.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/advisory/follow.h"
#include "domain/advisory/sample.h"
#include "domain/catalog/entry.h"
#include "seal/seal.h"
#include "store/generation.h"
#include "store/kinds.h"
#include "store/store.h"

/* A renderer without HTML: which view, which language, how many rows. */
static bool fake_page(void *context, const struct advisory_view *view, enum lang lang,
                      struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)err;
    *html = arena_printf(arena, "%600s page %.*s %.*s revision %lld", "", STR_ARG(lang_code(lang)),
                         STR_ARG(view->number), (long long)view->revision);
    return true;
}

static bool fake_list(void *context, const struct advisory_rows *rows, enum lang lang,
                      struct arena *arena, struct str *html, struct err *err)
{
    (void)err;
    *html = arena_printf(arena, "%600s list %.*s %zu %s", "", STR_ARG(lang_code(lang)), rows->len,
                         (const char *)context);
    return true;
}

static bool fake_snapshots(void *context, const struct world_snapshots *all,
                           const struct world_sink *sink, struct arena *arena, struct err *err)
{
    (void)context;
    for (size_t i = 0; i < all->len; i++) {
        const struct world_snapshot *one = &all->at[i];

        if (!sink->add(sink->context, arena_printf(arena, "/statistics/%.*s", STR_ARG(one->name)),
                       "text/plain", one->record, one->at, err))
            return PASS(err);
    }
    return true;
}

static bool fake_sheets(void *context, const struct world_sheets *all,
                        const struct world_sink *sink, struct arena *arena, struct err *err)
{
    struct str record = sheet_record(all, SHEET_UNREACHABLE);

    (void)context;
    (void)arena;
    return sink->add(sink->context, STR("/unreachable"), "text/plain",
                     record.len > 0 ? record : STR("nobody"), (struct utc){ 1 }, err)
               ? true
               : PASS(err);
}

static const struct advisory_renderer renderer = { (void *)"look 1", "1",       fake_page,
                                                   fake_list,        fake_list, fake_snapshots,
                                                   fake_sheets };
static const struct advisory_renderer other_look = { (void *)"look 2", "1",       fake_page,
                                                     fake_list,        fake_list, fake_snapshots,
                                                     fake_sheets };

struct place {
    char folder[64], public[80];
    struct arena *arena;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct err err = { 0 };

    assert_true(seal_start(&err));
    snprintf(place->folder, sizeof place->folder, "/tmp/noroshi-world-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->public, sizeof place->public, "%s/public", place->folder);
    place->arena = arena_new(64 << 20);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    DIR *entries = opendir(place->public);
    const struct dirent *entry;

    while (entries && (entry = readdir(entries)))
        unlinkat(dirfd(entries), entry->d_name, 0);
    if (entries)
        closedir(entries);
    rmdir(place->public);
    rmdir(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static struct world *open_world(struct place *place, const struct advisory_renderer *with)
{
    struct world_options options = { str_from_z(place->folder), &sample_site, with };
    struct world *world = NULL;
    struct err err = { 0 };

    if (!world_open(&options, &world, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
    return world;
}

/* What a stranger gets; STR_NONE when there is nothing. */
static struct str get(struct place *place, const char *path)
{
    struct generation *generation = NULL;
    struct segment_entry entry;
    struct str body = STR_NONE;
    struct err err = { 0 };

    assert_true(generation_open(place->public, NULL, &generation, &err));
    if (generation_find(generation, str_from_z(path), &entry))
        body = arena_str(place->arena, entry.body);
    generation_close(generation);
    return body;
}

static struct advisory_view view_of(struct place *place, const char *number, int64_t revision)
{
    struct advisory_view v = sample_view(place->arena);

    v.number = str_from_z(number);
    v.revision = revision;
    v.updated_at.ms += (revision - 1) * UTC_DAY;
    return v;
}

/* PUB-01: all formats in both languages stand there at once; nothing did before. */
static void world_publish__shows_every_format_at_once(void **state)
{
    static const char *const paths[] = {
        "/advisories/NRS00000001",
        "/en/advisories/NRS00000001",
        "/advisories/NRS00000001.json",
        "/vuldef/NRS00000001.xml",
        "/en/vuldef/NRS00000001.xml",
        "/.well-known/csaf/white/2026/nrs_00000001.json",
        "/.well-known/csaf/white/2026/nrs_00000001.json.sha256",
        "/.well-known/csaf/white/2026/nrs_00000001.json.sha512",
    };
    static const char *const lists[] = {
        "/",
        "/en/",
        "/advisories",
        "/en/advisories",
        "/rss/noroshi.rdf",
        "/rss/noroshi_new.rdf",
        "/en/rss/noroshi.rdf",
        "/en/rss/noroshi_new.rdf",
        "/.well-known/csaf/provider-metadata.json",
        "/.well-known/csaf/feed-tlp-white.json",
        "/.well-known/csaf/white/index.txt",
        "/.well-known/csaf/white/changes.csv",
        INDEX_PATH,
    };
    struct place *place = *state;
    struct world *world = open_world(place, &renderer);
    struct advisory_view v = view_of(place, "NRS#00000001", 1);
    struct err err = { 0 };
    struct str json, sum;

    for (size_t i = 0; i < COUNT(paths); i++)
        assert_null(get(place, paths[i]).ptr);
    for (size_t i = 0; i < COUNT(lists); i++) {
        print_message("case: %s\n", lists[i]);
        assert_non_null(get(place, lists[i]).ptr);
    }
    assert_true(world_publish(world, 7, &v, v.published_at, &err));
    for (size_t i = 0; i < COUNT(paths); i++) {
        print_message("case: %s\n", paths[i]);
        assert_true(get(place, paths[i]).len > 0);
    }
    assert_true(str_contains(get(place, "/advisories"), STR("list ja 1")));
    assert_true(str_contains(get(place, "/rss/noroshi.rdf"), STR("NRS#00000001")));
    json = get(place, "/.well-known/csaf/white/2026/nrs_00000001.json");
    sum = get(place, "/.well-known/csaf/white/2026/nrs_00000001.json.sha256");
    assert_true(str_starts(sum, hash_hex(hash_sha256(json), place->arena)));
    world_close(world);
}

/* Again with the same id: as it was. PUB-16: a revision replaces; a late repetition of the older one does not. */
static void world_publish__may_be_repeated(void **state)
{
    struct place *place = *state;
    struct world *world = open_world(place, &renderer);
    struct advisory_view v = view_of(place, "NRS#00000001", 1),
                         revised = view_of(place, "NRS#00000001", 2), other;
    struct err err = { 0 };
    int64_t count;

    assert_true(world_publish(world, 7, &v, v.published_at, &err));
    assert_true(world_publish(world, 7, &v, v.published_at, &err));
    assert_true(world_count(world, &count, &err));
    assert_int_equal(count, 1);
    assert_true(world_publish(world, 8, &revised, revised.updated_at, &err));
    assert_true(str_contains(get(place, "/advisories/NRS00000001"), STR("revision 2")));
    assert_true(world_publish(world, 7, &v, v.published_at, &err));
    assert_true(str_contains(get(place, "/advisories/NRS00000001"), STR("revision 2")));
    other = v;
    other.ja.title = STR("another");
    assert_false(world_publish(world, 7, &other, v.published_at, &err));
    assert_int_equal(err.code, ERR_BUG);
    world_close(world);
}

static void world_open__makes_all_again_for_another_look(void **state)
{
    struct place *place = *state;
    struct world *world = open_world(place, &renderer);
    struct advisory_view v = view_of(place, "NRS#00000001", 1);
    struct err err = { 0 };
    struct str current;

    assert_true(world_publish(world, 7, &v, v.published_at, &err));
    world_close(world);
    world_close(open_world(place, &renderer));
    current = get(place, "/advisories");
    assert_true(str_contains(current, STR("look 1")));
    world_close(open_world(place, &other_look));
    assert_true(str_contains(get(place, "/advisories"), STR("look 2")));
    assert_true(str_contains(get(place, "/advisories/NRS00000001"), STR("page ja")));
}

/* Forty publications are merged on the way; the newest of each stays. */
static void world_publish__merges_on_the_way(void **state)
{
    struct place *place = *state;
    struct world *world = open_world(place, &renderer);
    struct err err = { 0 };

    for (int i = 0; i < 20; i++) {
        char number[20];
        struct advisory_view v;

        snprintf(number, sizeof number, "NRS#%08d", i);
        v = view_of(place, number, 1);
        assert_true(world_publish(world, 100 + i, &v, v.published_at, &err));
    }
    assert_true(str_contains(get(place, "/en/advisories"), STR("list en 20")));
    assert_true(get(place, "/advisories/NRS00000000").len > 0 &&
                get(place, "/advisories/NRS00000019").len > 0);
    world_close(world);
}

static void world_rehearse__finds_what_would_be_wrong(void **state)
{
    struct place *place = *state;
    struct advisory_view v = sample_view(place->arena);
    struct advisory_faults faults = { 0 };

    v.published_at = v.updated_at = (struct utc){ 0 };
    v.revision = 0;
    v.history.len = 0;
    world_rehearse(&v, &sample_site, &renderer, place->arena, &faults);
    for (size_t i = 0; i < faults.len; i++)
        print_message("fault: %.*s %s\n", STR_ARG(faults.at[i].field), faults.at[i].words);
    assert_int_equal(faults.len, 0);
    v.ja.title = STR_NONE;
    world_rehearse(&v, &sample_site, &renderer, place->arena, &faults);
    assert_true(faults.len > 0);
}

/* PUB-16: a revision is rehearsed in any year, also one after the day that stands in for the date. */
static void world_rehearse__knows_no_last_year(void **state)
{
    struct place *place = *state;
    struct advisory_view v = sample_view(place->arena);
    struct advisory_faults faults = { 0 };

    v.published_at = v.updated_at = (struct utc){ INT64_C(2145916800000) }; /* 2038 */
    v.history.at = NULL;
    v.history.len = v.history.cap = 0;
    VEC_PUSH(place->arena, &v.history,
             (struct advisory_change){ v.published_at, STR("公開しました。"), STR("Published.") });
    world_rehearse(&v, &sample_site, &renderer, place->arena, &faults);
    assert_int_equal(faults.len, 0);
}

/* The database of countermeasures follows what is published: each advisory once, an update of it too, and an entry leads there by number and CVE.
 * Rule: PUB-14 */
static void advisory_follow__takes_what_is_new(void **state)
{
    struct place *place = *state;
    CLEANUP(world_close_var) struct world *world = open_world(place, &renderer);
    CLEANUP(store_close_var) struct store *catalog = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct store_options options = {
        .path = arena_z(place->arena, arena_printf(place->arena, "%s/catalog.db", place->public)),
        .kind = &store_catalog,
        .create = true
    };
    struct advisory_view first = view_of(place, "NRS#48213075", 1),
                         second = view_of(place, "NRS#00000002", 1), again;
    struct catalog_entry entry;
    struct err err = { 0 };
    int64_t publications;
    size_t count;

    second.weaknesses.at[0].cve = STR("CVE-2026-50000");
    assert_true(store_open(&options, &catalog, &err));
    assert_true(world_publish(world, 1, &first, SAMPLE_PUBLISHED, &err));
    assert_true(advisory_follow(world, catalog, STR("NRDB"), SAMPLE_PUBLISHED, &count, &err));
    assert_int_equal(count, 1);
    assert_true(advisory_follow(world, catalog, STR("NRDB"), SAMPLE_PUBLISHED, &count, &err));
    assert_int_equal(count, 0);
    assert_true(world_publish(world, 2, &second, SAMPLE_PUBLISHED, &err)); /* of the same moment */
    again = view_of(place, "NRS#48213075", 2);
    again.ja.title = STR("改めた題");
    assert_true(world_publish(world, 3, &again, again.updated_at, &err));
    assert_true(advisory_publications(world, &publications, &err));
    assert_int_equal(publications, 3);
    assert_true(advisory_follow(world, catalog, STR("NRDB"), again.updated_at, &count, &err));
    assert_int_equal(count, 2);
    assert_true(tx_begin(catalog, TX_READ, &tx, &err));
    assert_true(catalog_entry_find(tx, STR("NRS48213075"), place->arena, &entry, &err));
    assert_str(entry.name, "CVE-2026-41234");
    assert_str(entry.title_ja, "改めた題");
    assert_int_equal(entry.sources, 1u << SOURCE_OURS);
    assert_true(str_starts(entry.number, STR("NRDB-2026-0000"))); /* VDB-14: once for all */
    assert_true(catalog_entry_find(tx, STR("CVE-2026-50000"), place->arena, &entry, &err));
    assert_true(str_starts(entry.number, STR("NRDB-2026-0000")));
}

/* UNR-02, UNR-03: the list that people see is the latest; a kill before its pages are written does not keep it from being shown. */
static void world_publish_sheet__shows_the_latest(void **state)
{
    struct place *place = *state;
    CLEANUP(world_close_var) struct world *world = open_world(place, &renderer);
    struct world_sheet sheet = {
        .name = STR(SHEET_UNREACHABLE), .record = STR("one"), .revision = 4, .at = SAMPLE_PUBLISHED
    };
    struct err err = { 0 };
    bool changed;

    assert_str(get(place, "/unreachable"), "nobody");
    assert_true(world_publish_sheet(world, &sheet, &changed, &err));
    assert_true(changed);
    assert_str(get(place, "/unreachable"), "one");
    sheet.revision = 5;
    assert_true(world_publish_sheet(world, &sheet, &changed, &err));
    assert_false(changed); /* something happened in a case, and the list is the same */
    sheet.revision = 6;
    sheet.record = STR("two");
    {
        CLEANUP(tx_end_var) struct tx *tx = NULL; /* the row alone: here the power fails */

        assert_true(tx_begin(world_store(world), TX_WRITE, &tx, &err));
        assert_true(sheet_put(tx, &sheet, place->arena, &changed, &err));
        assert_true(tx_commit(&tx, &err));
    }
    assert_str(get(place, "/unreachable"), "one");
    assert_true(world_publish_sheet(world, &sheet, &changed, &err));
    assert_true(changed);
    assert_str(get(place, "/unreachable"), "two");
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(world_publish__shows_every_format_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(world_publish__may_be_repeated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(world_open__makes_all_again_for_another_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(world_publish__merges_on_the_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(world_rehearse__finds_what_would_be_wrong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(world_rehearse__knows_no_last_year, set_up, tear_down),
        cmocka_unit_test_setup_teardown(world_publish_sheet__shows_the_latest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_follow__takes_what_is_new, set_up, tear_down),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
