#include "base/testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "domain/catalog/ruling.h"
#include "domain/matching/manifest.h"
#include "domain/matching/testing_random.h"
#include "domain/matching/update.h"
#include "store/kinds.h"

/* A catalogue that changes, and the index that follows it. */

struct place {
    struct arena *arena;
    struct store *store;
    char folder[40], index[64];
    int64_t now;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    char path[64];
    struct err err = { 0 };

    snprintf(place->folder, sizeof place->folder, "/tmp/noroshi-update-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(path, sizeof path, "%s/catalog.db", place->folder);
    snprintf(place->index, sizeof place->index, "%s/match.idx", place->folder);
    place->arena = arena_new((size_t)1 << 33);
    assert_true(
        store_open(&(struct store_options){ .path = path, .kind = &store_catalog, .create = true },
                   &place->store, &err));
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    DIR *dir = opendir(place->folder);
    struct dirent *entry;

    store_close(place->store);
    while (dir && (entry = readdir(dir)))
        (void)unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(place->folder), 0);
    arena_free(place->arena);
    free(place);
    return 0;
}

/* Files in the folder that an index is made of, the manifest too. */
static int count_files(const struct place *place)
{
    DIR *dir = opendir(place->folder);
    struct dirent *entry;
    int count = 0;

    while ((entry = readdir(dir)))
        count += strncmp(entry->d_name, "match.idx", 9) == 0;
    closedir(dir);
    return count;
}

/* ---- changing ---- */

static void put(struct place *place, struct catalog_batch *batch, struct catalog_record *record)
{
    struct buf buf = buf_new(place->arena, CATALOG_RECORD_MAX);
    enum catalog_change change;
    struct err err = { 0 };

    if (!catalog_record_encode(record, &buf, &err) ||
        !catalog_put(batch, record, buf_str(&buf), NULL, place->arena, &change, &err))
        fail_msg("%s %s", err_name(err.code), err.subject);
}

/* Some records new, changed, rejected or withdrawn; now and then another catalogue of exploited ones. */
static void change(struct place *place, struct dice *dice, uint32_t most)
{
    struct err err = { 0 };
    struct catalog_batch *batch;
    enum catalog_change ignored;
    struct tx *tx = NULL;
    bool is_old;

    place->now++;
    assert_true(tx_begin(place->store, TX_WRITE, &tx, &err));
    batch = catalog_batch_new(tx, 1, (struct utc){ place->now });
    for (uint32_t n = 1 + roll(dice, most); n > 0; n--) {
        struct catalog_record record = some_record(
            dice, (enum catalog_source)(SOURCE_NVD + (int)roll(dice, 3)), PICK(dice, ids));

        record.modified.ms = 1000 * place->now + n;
        record.origin = record.id.ptr[0] == 'G' ? STR("GHSA") : STR_NONE; /* never another */
        put(place, batch, &record);
    }
    if (roll(dice, 4) == 0) {
        struct utc released = { place->now };

        assert_true(catalog_kev_begin(batch, released, &is_old, &err));
        for (uint32_t n = roll(dice, 3); n > 0; n--) {
            struct kev_item item = { .cve = arena_printf(dice->arena, "CVE-2020-%u", n),
                                     .added = { 1 + roll(dice, 9) },
                                     .is_ransomware = roll(dice, 2) };

            assert_true(catalog_put_kev(batch, &item, released, place->arena, &ignored, &err));
        }
        assert_true(catalog_kev_end(batch, released, &err));
    }
    assert_true(catalog_batch_end(batch, &err));
    catalog_batch_free(batch);
    assert_true(tx_commit(&tx, &err));
}

/* What a curator decides: a name of a record is wrong, or an entry stands in another; as often taken back. */
static void rule(struct place *place, struct dice *dice)
{
    struct str id = PICK(dice, ids), other = PICK(dice, ids);
    struct catalog_naming naming = { (enum catalog_source)(SOURCE_NVD + (int)roll(dice, 3)), id,
                                     other };
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct arena *arena = place->arena;
    struct err err = { 0 };
    bool ok;

    place->now++;
    assert_true(tx_begin(place->store, TX_WRITE, &tx, &err));
    batch = catalog_batch_new(tx, 0, (struct utc){ place->now });
    switch (roll(dice, 4)) {
    case 0:
        ok = catalog_part(batch, &naming, arena, &err);
        break;
    case 1:
        ok = catalog_unpart(batch, &naming, arena, &err);
        break;
    case 2:
        ok = catalog_join(batch, id, other, arena, &err);
        break;
    default:
        ok = catalog_unjoin(batch, id, arena, &err);
        break;
    }
    if (!ok)
        return; /* there is no such thing to decide on */
    assert_true(catalog_batch_end(batch, &err));
    assert_true(tx_commit(&tx, &err));
}

static void score(struct place *place, struct str cve, int to)
{
    struct err err = { 0 };
    struct catalog_batch *batch;
    enum catalog_change ignored;
    struct tx *tx = NULL;
    struct epss_row row = { .cve = cve, .score = to, .percentile = to };

    place->now++;
    assert_true(tx_begin(place->store, TX_WRITE, &tx, &err));
    batch = catalog_batch_new(tx, 1, (struct utc){ place->now });
    assert_true(catalog_put_epss(batch, &row, (struct utc){ UTC_DAY * place->now }, place->arena,
                                 &ignored, &err));
    assert_true(catalog_batch_end(batch, &err));
    catalog_batch_free(batch);
    assert_true(tx_commit(&tx, &err));
}

static enum update_made update(struct place *place, struct update_limits limits)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    enum update_made made;
    struct err err = { 0 };

    assert_true(tx_begin(place->store, TX_READ, &tx, &err));
    if (!matching_update(tx, place->index, (struct utc){ place->now }, limits, &made, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
    return made;
}

/* ---- asking ---- */

struct kept {
    struct arena *arena;
    struct {
        VEC_OF(struct catalog_record);
    } records;
    struct {
        VEC_OF(struct kev_entry);
    } kev;
    struct {
        VEC_OF(struct epss_entry);
    } epss;
};

static bool keep_record(void *context, int64_t number, const struct catalog_record *record,
                        struct err *err)
{
    struct kept *kept = context;
    struct buf buf = buf_new(kept->arena, CATALOG_RECORD_MAX);
    struct catalog_record copy;

    (void)number;
    assert_true(catalog_record_encode(record, &buf, err));
    assert_true(catalog_record_decode(buf_str(&buf), kept->arena, &copy, err));
    VEC_PUSH(kept->arena, &kept->records, copy);
    return true;
}

static bool keep_kev(void *context, const struct kev_item *item, struct err *err)
{
    struct kept *kept = context;

    (void)err;
    VEC_PUSH(kept->arena, &kept->kev,
             (struct kev_entry){ arena_str(kept->arena, item->cve), item->added, item->due,
                                 item->is_ransomware });
    return true;
}

static bool keep_epss(void *context, const struct epss_row *row, struct utc date, struct err *err)
{
    struct kept *kept = context;

    (void)err;
    VEC_PUSH(
        kept->arena, &kept->epss,
        (struct epss_entry){ arena_str(kept->arena, row->cve), row->score, row->percentile, date });
    return true;
}

static struct slow_input all_of(struct place *place, struct kept *kept)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };

    assert_true(tx_begin(place->store, TX_READ, &tx, &err));
    assert_true(catalog_walk(
        tx,
        &(struct catalog_visitor){
            .record = keep_record, .kev = keep_kev, .epss = keep_epss, .context = kept },
        &err));
    return (struct slow_input){ .records = kept->records.at,
                                .record_count = kept->records.len,
                                .kev = kept->kev.at,
                                .kev_count = kept->kev.len,
                                .epss = kept->epss.at,
                                .epss_count = kept->epss.len };
}

static struct str sources_of(const struct matching_index *index, struct arena *arena)
{
    struct buf buf = buf_new(arena, TESTING_TEXT);
    struct matching_sources sources = { 0 };

    matching_index_sources(index, arena, &sources);
    for (size_t i = 0; i < sources.len; i++)
        buf_printf(&buf, "%.*s %zu %lld\n", STR_ARG(sources.at[i].name), sources.at[i].records,
                   (long long)sources.at[i].newest.ms);
    return buf_str(&buf);
}

/* The index as it is, one made anew and the slow evaluation say the same. */
static size_t compare(struct place *place, struct dice *dice)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 33);
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL, *whole = NULL;
    CLEANUP(slow_free_var) struct slow *slow = NULL;
    struct kept kept = { .arena = arena };
    struct slow_input input = all_of(place, &kept);
    struct err err = { 0 };
    size_t found = 0;

    slow = slow_new(input);
    whole = testing_index(input, arena);
    if (!matching_index_open(place->index, &index, &err) || !matching_index_verify(index, &err))
        fail_msg("%s %s", err_name(err.code), err.subject);
    assert_int_equal(matching_index_facts(index).records, matching_index_facts(whole).records);
    assert_str(sources_of(index, arena), (sources_of(whole, arena)).ptr);
    for (size_t i = 0; i < 6; i++) {
        struct inventory inventory = some_inventory(dice);
        struct matching_options options = { .unknown_versions = roll(dice, 2) };
        struct findings want, got, anew;
        struct str want_text, got_text;

        slow_find(slow, &inventory, options, arena, &want);
        matching_find(index, &inventory, options, arena, &got);
        matching_find(whole, &inventory, options, arena, &anew);
        want_text = testing_findings(&want, arena);
        got_text = testing_findings(&got, arena);
        if (!str_eq(want_text, got_text) || !str_eq(want_text, testing_findings(&anew, arena))) {
            testing_difference("slow ", want_text, got_text);
            testing_difference("index", got_text, want_text);
            fail_msg("%zu segments", matching_index_facts(index).segments);
        }
        found += want.len;
    }
    return found;
}

/* Rule: VDB-01 */
static void index__follows_every_change(void **state)
{
    size_t rounds = getenv("NOROSHI_LONG") ? 400 : 12, found = 0, made[3] = { 0 };

    (void)state;
    for (size_t round = 0; round < rounds; round++) {
        struct dice dice = { round * 15485863 + 11, arena_new((size_t)1 << 33) };
        struct update_limits limits = { 1 + roll(&dice, 4), 4 + (int64_t)roll(&dice, 60) };
        void *state_of_round;
        struct place *place;

        set_up(&state_of_round);
        place = state_of_round;
        change(place, &dice, 20);
        for (size_t step = 0; step < 14; step++) {
            made[update(place, limits)]++;
            found += compare(place, &dice);
            change(place, &dice, 4);
            for (uint32_t n = roll(&dice, 3); n > 0; n--)
                rule(place, &dice);
            if (roll(&dice, 9) == 0)
                score(place, STR("CVE-2020-2"), 1 + (int)roll(&dice, 1000));
        }
        tear_down(&state_of_round);
        arena_free(dice.arena);
    }
    print_message("%zu findings, %zu segments, %zu bases\n", found, made[UPDATE_SEGMENT],
                  made[UPDATE_BASE]);
    assert_true(found > rounds && made[UPDATE_SEGMENT] > rounds && made[UPDATE_BASE] >= rounds);
}

static const struct update_limits roomy = { 8, 1000 };

static void update__does_as_little_as_may_be(void **state)
{
    struct place *place = *state;
    struct dice dice = { 5, place->arena };
    CLEANUP(matching_index_close_var) struct matching_index *old = NULL, *index = NULL;
    struct err err = { 0 };

    change(place, &dice, 10);
    assert_int_equal(update(place, roomy), UPDATE_BASE);
    assert_int_equal(update(place, roomy), UPDATE_NOTHING);
    assert_int_equal(count_files(place), 2);
    assert_true(matching_index_open(place->index, &old, &err));
    for (int i = 1; i <= 8; i++) {
        change(place, &dice, 2);
        assert_int_equal(update(place, roomy), UPDATE_SEGMENT);
        assert_int_equal(count_files(place), 2 + i);
    }
    change(place, &dice, 2);
    assert_int_equal(update(place, roomy), UPDATE_SEGMENT); /* one in the place of all */
    assert_int_equal(count_files(place), 3);
    change(place, &dice, 2);
    assert_int_equal(update(place, (struct update_limits){ 8, 0 }), UPDATE_BASE);
    assert_int_equal(count_files(place), 2);
    score(place, STR("CVE-2020-1"), 7); /* all scores come at once */
    assert_int_equal(update(place, roomy), UPDATE_BASE);
    assert_true(matching_index_verify(old, &err)); /* its readers go on */
    assert_true(matching_index_open(place->index, &index, &err));
    assert_int_equal(matching_index_facts(index).segments, 0);
}

/* ---- damage and kills ---- */

static void damage(const char *path, off_t at, bool cuts)
{
    int fd = open(path, O_RDWR);
    char byte;

    assert_true(fd >= 0);
    if (cuts) {
        assert_int_equal(ftruncate(fd, at), 0);
    } else {
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= 0x40;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    close(fd);
}

/* The path of a layer, as the manifest names it. */
static void layer_path(const struct place *place, size_t layer, char out[PATH_MAX])
{
    struct manifest manifest;
    struct err err = { 0 };
    struct str bytes;

    assert_true(fs_read_whole(place->index, MANIFEST_MAX, place->arena, &bytes, &err));
    assert_true(manifest_read(bytes, &manifest, &err));
    assert_true(layer < manifest.count);
    assert_true(manifest_layer_path(place->index, manifest.layers[layer], out, &err));
}

/* Refused with the reason, and made anew by the next update. */
static void segment__that_is_torn_is_refused(void **state)
{
    static const struct {
        int layer; /* -1: the manifest */
        off_t at;
        bool cuts, is_gone;
        const char *reason;
    } cases[] = {
        { 1, 4096, true, false, "cut off" },
        { 1, 120, true, false, NULL },
        { 1, 0, true, false, NULL },
        { 1, 40, false, false, "its head" },
        { 1, 9, false, false, "another version" },
        { 0, 90, false, false, "its head" },
        { 1, 0, false, true, NULL },
        { -1, 20, false, false, "its manifest" },
        { -1, 60, true, false, "its manifest is cut off" },
    };
    struct place *place = *state;
    struct dice dice = { 9, place->arena };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct matching_index *index = NULL;
        struct err err = { 0 };
        char path[PATH_MAX];

        change(place, &dice, 12);
        (void)update(place, (struct update_limits){ 8, 0 });
        change(place, &dice, 3);
        assert_int_equal(update(place, roomy), UPDATE_SEGMENT);
        snprintf(path, sizeof path, "%s", place->index);
        if (cases[i].layer >= 0)
            layer_path(place, (size_t)cases[i].layer, path);
        if (cases[i].is_gone)
            assert_int_equal(unlink(path), 0);
        else
            damage(path, cases[i].at, cases[i].cuts);
        assert_false(matching_index_open(place->index, &index, &err));
        assert_int_equal(err.code, ERR_MATCH_INDEX);
        if (cases[i].reason && !str_contains(str_from_z(err.subject), str_from_z(cases[i].reason)))
            fail_msg("case %zu: %s", i, err.subject);
        assert_int_equal(update(place, roomy), UPDATE_BASE);
        (void)compare(place, &dice);
        assert_int_equal(count_files(place), 2);
    }
}

/* A segment stands on one base alone: beside another it is refused, whatever a manifest says. */
static void segment__of_another_base_is_refused(void **state)
{
    struct place *place = *state;
    struct dice dice = { 3, place->arena };
    struct str layers[2];
    struct matching_index *index = NULL;
    struct err err = { 0 };
    char path[PATH_MAX];

    change(place, &dice, 12);
    (void)update(place, roomy);
    change(place, &dice, 3);
    (void)update(place, roomy);
    layer_path(place, 1, path);
    assert_true(fs_read_whole(path, TESTING_TEXT, place->arena, &layers[1], &err));
    change(place, &dice, 3);
    (void)update(place, (struct update_limits){ 8, 0 });
    layer_path(place, 0, path);
    assert_true(fs_read_whole(path, TESTING_TEXT, place->arena, &layers[0], &err));
    assert_false(matching_index_read(layers, 2, &index, &err));
    assert_int_equal(err.code, ERR_MATCH_INDEX);
    assert_str(str_from_z(err.subject), "a segment of another base");
    assert_false(matching_index_read(&layers[1], 1, &index, &err));
    assert_false(matching_index_read(layers, 0, &index, &err));
}

/* Killed at any time, what stands is the state before or the one after; what was left behind goes with the next. */
static void update__bears_a_kill_at_any_time(void **state)
{
    struct place *place = *state;
    struct dice dice = { 21, place->arena };
    size_t rounds = getenv("NOROSHI_LONG") ? 300 : 25;

    change(place, &dice, 12);
    (void)update(place, roomy);
    for (size_t round = 0; round < rounds; round++) {
        struct matching_index *index = NULL;
        struct err err = { 0 };
        pid_t child;
        int status;

        change(place, &dice, 2);
        child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct update_limits limits = { 3, round % 3 ? 1000 : 0 };
            /* The store belongs to the parent; only its reading side is used here. */
            (void)update(place, limits);
            _exit(0);
        }
        usleep((useconds_t)(roll(&dice, 4000)));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (!matching_index_open(place->index, &index, &err) || !matching_index_verify(index, &err))
            fail_msg("round %zu: %s", round, err.subject);
        matching_index_close(index);
        if (round % 5 == 0) {
            (void)update(place, (struct update_limits){ 3, 1000 });
            (void)compare(place, &dice);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(index__follows_every_change),
        cmocka_unit_test_setup_teardown(update__does_as_little_as_may_be, set_up, tear_down),
        cmocka_unit_test_setup_teardown(segment__that_is_torn_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(segment__of_another_base_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(update__bears_a_kill_at_any_time, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
