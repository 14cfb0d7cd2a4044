#include "domain/myjvn/files.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "base/shape.h"
#include "domain/myjvn/files.sql.h"
#include "formats/archive/pack.h"
#include "formats/json/json.h"
#include "formats/xml/xml.h"
#include "store/generation.h"

enum { FILE_MAX = 512 << 20, ITEM_MEMORY = 64 << 20, KEPT_MAX = 1 << 20, LIST_MAX = 1 << 20 };
enum { MAKER_MEMORY = 256 << 20, HELPED_FROM = 4 };
#define FILE_MEMORY ((size_t)2 << 30)

/* The whole list; its version stands in the manifest: files of another are made anew. */
#define RENDERER "1"
#define KEPT     "kept" /* what was made, for the next time; no address */

/* In the order of the list of checksums. */
enum kind { KIND_NEW, KIND_UPDATED, KIND_YEAR, KIND_DETAIL, KIND_VENDORS, KIND_PRODUCTS, KINDS };
struct file {
    enum kind kind;
    enum lang lang;
    int64_t number; /* year, or year and month: 202611; 0 where there is one alone */
    struct str sha256;
    int64_t size;
    struct utc modified;
};
/* What is made anew together, a segment each. */
enum part_kind { PART_NEWS, PART_YEAR, PART_DICTIONARY, PART_KINDS };
struct part {
    enum part_kind kind;
    int64_t number;
    struct str state; /* of what it was made of */
    struct str segment;
    struct {
        VEC_OF(struct file);
    } files;
    struct utc made;
};
struct parts {
    struct {
        VEC_OF(struct part);
    } list;
    struct str state; /* of all */
};

static const struct shape_field file_fields[] = {
    SHAPE_FIELD_WORD(file, kind, KINDS), SHAPE_FIELD_WORD(file, lang, LANG_EN + 1),
    SHAPE_FIELD(file, number, NUMBER),   SHAPE_FIELD(file, sha256, TEXT),
    SHAPE_FIELD(file, size, NUMBER),     SHAPE_FIELD(file, modified, TIME),
};
static const struct shape file_shape = SHAPE_OF(file, file_fields);
static const struct shape_field part_fields[] = {
    SHAPE_FIELD_WORD(part, kind, PART_KINDS),
    SHAPE_FIELD(part, number, NUMBER),
    SHAPE_FIELD(part, state, TEXT),
    SHAPE_FIELD(part, segment, TEXT),
    SHAPE_FIELD_OF(part, files, MANY, file_shape),
    SHAPE_FIELD(part, made, TIME),
};
static const struct shape part_shape = SHAPE_OF(part, part_fields);
static const struct shape_field parts_fields[] = {
    SHAPE_FIELD_OF(parts, list, MANY, part_shape),
    SHAPE_FIELD(parts, state, TEXT),
};
static const struct shape parts_shape = SHAPE_OF(parts, parts_fields);
static const struct shape_limits parts_limits = { .entries = 1 << 14, .depth = 2 };

struct maker {
    struct store *store;
    struct tx *tx;
    const char *folder;
    const struct myjvn_site *site;
    struct utc now;
    int64_t large;
    bool rests; /* a year that changed was left as it is */
    struct packer *packer;
    struct arena *arena;
    struct manifest manifest; /* as it stands */
    struct parts before, after;
    struct segment_name names[GENERATION_SEGMENTS_MAX]; /* the list's, then each part's */
    struct {
        VEC_OF(size_t); /* places of parts that are to be made */
    } due;
};

/* ---- paths ---- */

static struct str path_of(const struct file *file, struct arena *arena)
{
    static const char *const rooms[KINDS] = { "rss/jvndb_new",
                                              "rss/jvndb",
                                              "rss/years/jvndb_",
                                              "feed/detail/jvndb_detail_",
                                              "feed/vendor/myjvn_vendor_",
                                              "feed/product/myjvn_product_" };
    struct str lang = lang_code(file->lang);

    return file->number == 0 ? arena_printf(arena, "/%.*s/%s.rdf", STR_ARG(lang), rooms[file->kind])
                             : arena_printf(arena, "/%.*s/%s%lld.rdf", STR_ARG(lang),
                                            rooms[file->kind], (long long)file->number);
}

static struct str name_of(struct str path)
{
    for (size_t i = path.len; i-- > 0;)
        if (path.ptr[i] == '/')
            return str_drop(path, i + 1);
    return path;
}

/* ---- one file ---- */

/* A file whose bytes are as before was not modified. */
static struct utc modified_of(const struct maker *maker, const struct file *file)
{
    for (size_t i = 0; i < maker->before.list.len; i++) {
        const struct part *part = &maker->before.list.at[i];

        for (size_t k = 0; k < part->files.len; k++)
            if (part->files.at[k].kind == file->kind && part->files.at[k].lang == file->lang &&
                part->files.at[k].number == file->number &&
                str_eq(part->files.at[k].sha256, file->sha256))
                return part->files.at[k].modified;
    }
    return maker->now;
}

static bool add_file(struct maker *maker, struct segment_writer *writer, struct part *part,
                     struct file file, struct buf *buf, struct err *err)
{
    struct segment_entry entry = { .path = path_of(&file, maker->arena),
                                   .type = STR("text/xml; charset=utf-8") };

    if (!buf_done(buf, &entry.body, err))
        return PASS(err);
    entry.gzip = pack_gzip(entry.body, buf->arena); /* a year is large, and made anew again */
    file.sha256 = hash_hex(hash_sha256(entry.body), maker->arena);
    file.size = (int64_t)entry.body.len;
    file.modified = entry.modified = modified_of(maker, &file);
    VEC_PUSH(maker->arena, &part->files, file);
    return segment_writer_add(writer, &entry, err) ? true : PASS(err);
}

static struct jvnrss head_of(const struct maker *maker, const struct file *file,
                             const struct myjvn_rows *rows, struct arena *arena)
{
    bool ja = file->lang == LANG_JA;
    struct jvnrss feed = { .lang = file->lang,
                           .url = arena_printf(arena, "%.*s%.*s", STR_ARG(maker->site->url),
                                               STR_ARG(path_of(file, arena))),
                           .link = arena_printf(arena, "%.*s/", STR_ARG(maker->site->url)) };

    switch (file->kind) {
    case KIND_NEW:
        feed.title = STR("JVNDB RSS Feed - New Entry");
        feed.description = ja ? STR("JVN iPedia 新着情報") : STR("JVN iPedia New Entry");
        break;
    case KIND_UPDATED:
        feed.title = STR("JVNDB RSS Feed - Update Entry");
        feed.description = ja ? STR("JVN iPedia 新着/更新情報") : STR("JVN iPedia Update Entry");
        break;
    default:
        feed.title =
            arena_printf(arena, "JVNDB RSS Feed - %lld Years Entry", (long long)file->number);
        feed.description =
            arena_printf(arena, ja ? "JVN iPedia %lld年情報" : "JVN iPedia %lld Years Entry",
                         (long long)file->number);
    }
    for (size_t i = 0; i < rows->len; i++) {
        if (rows->at[i].modified.ms > feed.date.ms)
            feed.date = rows->at[i].modified;
        VEC_PUSH(arena, &feed.items,
                 (struct jvnrss_item){
                     .url = myjvn_page_url(maker->site, rows->at[i].name, file->lang, arena) });
    }
    return feed;
}

static bool write_feed(struct maker *maker, const struct file *file, const struct myjvn_rows *rows,
                       struct buf *buf, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ITEM_MEMORY);
    struct jvnrss feed = head_of(maker, file, rows, buf->arena);
    struct xml_writer w = xml_writer_new(buf, true);

    jvnrss_begin(&w, &feed);
    for (size_t i = 0; i < rows->len; i++) {
        struct jvnrss_item item;

        arena_reset(arena);
        if (!myjvn_to_jvnrss(maker->tx, &rows->at[i], maker->site, JVNRSS_FILE, maker->packer,
                             arena, &item, err))
            return PASS(err);
        jvnrss_put_item(&w, &item, JVNRSS_FILE);
    }
    xml_end(&w);
    return true;
}

static struct myjvn_status status_of(struct str method, enum lang lang, int64_t count)
{
    return (struct myjvn_status){ .method = method,
                                  .lang = lang_code(lang),
                                  .max = -1,
                                  .largest = -1,
                                  .total = count,
                                  .returned = count,
                                  .first = -1,
                                  .feed = STR("hnd"),
                                  .is_file = true };
}

static bool write_details(struct maker *maker, const struct file *file,
                          const struct myjvn_rows *rows, struct buf *buf, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ITEM_MEMORY);
    struct myjvn_status status =
        status_of(STR("getVulnDetailInfo"), file->lang, (int64_t)rows->len);
    struct xml_writer w = xml_writer_new(buf, true);

    vuldef_begin(&w, file->lang);
    for (size_t i = 0; i < rows->len; i++) {
        struct vuldef_info info;

        arena_reset(arena);
        if (!myjvn_to_vuldef(maker->tx, &rows->at[i], maker->packer, arena, &info, err))
            return PASS(err);
        vuldef_put_info(&w, file->lang, &info);
    }
    vuldef_put_handling(&w);
    myjvn_put_status(&w, &status);
    xml_end(&w);
    return true;
}

/* ---- the rows of a file ---- */

static int64_t this_year(const struct maker *maker) { return utc_to_jst(maker->now).year; }

/* The months whose entries stand in the file of a year: the first has all before it, the last all behind it. */
static void months_of(const struct maker *maker, int64_t year, int64_t *from, int64_t *to)
{
    *from = year == MYJVN_FIRST_YEAR ? 0 : 12 * year;
    *to = year == this_year(maker) ? INT64_MAX : 12 * year + 12;
}

static bool rows_of(struct maker *maker, const struct file *file, struct arena *arena,
                    struct myjvn_rows *out, struct err *err)
{
    int64_t from, to;

    switch (file->kind) {
    case KIND_NEW:
        return myjvn_newest(maker->tx, file->lang, MYJVN_NEW_MAX, arena, out, err) ? true
                                                                                   : PASS(err);
    case KIND_UPDATED:
        return myjvn_updated(maker->tx, file->lang, MYJVN_UPDATED_MAX, arena, out, err) ? true
                                                                                        : PASS(err);
    default:
        months_of(maker, file->number, &from, &to);
        return myjvn_between(maker->tx, file->lang, from, to, arena, out, err) ? true : PASS(err);
    }
}

static bool make_entries(struct maker *maker, struct segment_writer *writer, struct part *part,
                         enum kind kind, enum lang lang, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(FILE_MEMORY);
    struct file file = { .kind = kind, .lang = lang, .number = part->number };
    struct buf buf = buf_new(arena, FILE_MAX);
    struct myjvn_rows rows;

    return rows_of(maker, &file, arena, &rows, err) &&
                   (kind == KIND_DETAIL ? write_details(maker, &file, &rows, &buf, err)
                                        : write_feed(maker, &file, &rows, &buf, err)) &&
                   add_file(maker, writer, part, file, &buf, err)
               ? true
               : PASS(err);
}

static bool make_dictionary(struct maker *maker, struct segment_writer *writer, struct part *part,
                            enum kind kind, enum lang lang, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(FILE_MEMORY);
    struct file file = { .kind = kind, .lang = lang, .number = part->number };
    struct buf buf = buf_new(arena, FILE_MAX);
    struct myjvn_vendors vendors;
    struct myjvn_status status;
    bool with_products = kind == KIND_PRODUCTS;
    int64_t count;

    if (!myjvn_dictionary(maker->tx, lang, with_products, arena, &vendors, &count, err))
        return PASS(err);
    status = status_of(with_products ? STR("getProductList") : STR("getVendorList"), lang, count);
    myjvn_write_vendors(&vendors, lang, &status, &buf);
    return add_file(maker, writer, part, file, &buf, err) ? true : PASS(err);
}

/* ---- one part ---- */

static bool fill(struct maker *maker, struct segment_writer *writer, struct part *part,
                 struct err *err)
{
    static const enum kind kinds[PART_KINDS][2] = { { KIND_NEW, KIND_UPDATED },
                                                    { KIND_YEAR, KIND_DETAIL },
                                                    { KIND_VENDORS, KIND_PRODUCTS } };

    for (size_t i = 0; i < COUNT(kinds[0]); i++)
        for (int lang = LANG_JA; lang <= LANG_EN; lang++)
            if (!(part->kind == PART_DICTIONARY ? make_dictionary : make_entries)(
                    maker, writer, part, kinds[part->kind][i], (enum lang)lang, err))
                return PASS(err);
    return true;
}

static const struct part *part_before(const struct maker *maker, enum part_kind kind,
                                      int64_t number)
{
    for (size_t i = 0; i < maker->before.list.len; i++)
        if (maker->before.list.at[i].kind == kind && maker->before.list.at[i].number == number)
            return &maker->before.list.at[i];
    return NULL;
}

/* Its segment, when the manifest still names it. */
static bool keep(struct maker *maker, const struct part *part)
{
    const struct manifest *manifest = &maker->manifest;

    for (size_t i = 0; i < manifest->segments.len; i++) {
        if (!str_eq_z(part->segment, manifest->segments.at[i].z))
            continue;
        VEC_PUSH(maker->arena, &maker->after.list, *part);
        maker->names[maker->after.list.len] = manifest->segments.at[i];
        return true;
    }
    return false;
}

/* Kept, or put down to be made with all others. */
static bool want_part(struct maker *maker, enum part_kind kind, int64_t number, struct str state,
                      struct err *err)
{
    const struct part *before = part_before(maker, kind, number);

    if (before && str_eq(before->state, state) && keep(maker, before))
        return true;
    if (maker->after.list.len + 1 >= GENERATION_SEGMENTS_MAX)
        return FAIL(err, TOO_LARGE, STR("feed files"));
    VEC_PUSH(maker->arena, &maker->due, maker->after.list.len);
    VEC_PUSH(maker->arena, &maker->after.list,
             (struct part){ .kind = kind, .number = number, .state = state, .made = maker->now });
    return true;
}

static bool make_part(struct maker *maker, struct part *part, struct segment_name *name,
                      struct err *err)
{
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = NULL;

    if (!segment_writer_new(maker->folder, &writer, err) || !fill(maker, writer, part, err) ||
        !segment_writer_end(writer, name, err))
        return PASS(err);
    part->segment = arena_str(maker->arena, str_from_z(name->z));
    return true;
}

/* Hands work on two threads the parts that are due, each once. */
struct round {
    struct maker *maker;
    atomic_size_t next;
    atomic_bool has_failed;
};
/* One of the two: a maker of its own, which looks at what the first has and changes nothing of it but the parts it takes. */
struct hand {
    struct round *round;
    struct maker maker;
    bool ok;
    struct err err;
};

static void make_due(struct hand *hand)
{
    struct maker *whole = hand->round->maker;

    hand->ok = true;
    while (hand->ok && !atomic_load(&hand->round->has_failed)) {
        size_t i = atomic_fetch_add(&hand->round->next, 1), part;

        if (i >= whole->due.len)
            return;
        part = whole->due.at[i];
        hand->ok = make_part(&hand->maker, &whole->after.list.at[part], &whole->names[part + 1],
                             &hand->err);
    }
    if (!hand->ok)
        atomic_store(&hand->round->has_failed, true);
}

static void *help(void *context)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct hand *hand = context;
    struct err ignored = { 0 };

    if (!tx_begin(hand->maker.store, TX_READ, &tx, &ignored))
        return NULL; /* the first makes them all */
    hand->maker.tx = tx;
    hand->maker.packer = packer;
    make_due(hand);
    return NULL;
}

/* helping: for what the second one makes. A part alone is not worth it, nor is what little changes from one time to the next. */
static bool make_parts(struct maker *maker, struct arena *helping, struct err *err)
{
    struct round round = { .maker = maker };
    struct hand *first = ARENA_NEW(helping, struct hand), *second = ARENA_NEW(helping, struct hand);
    pthread_t thread;
    bool is_helped;

    *first = (struct hand){ .round = &round, .maker = *maker };
    *second = (struct hand){ .round = &round, .maker = *maker, .ok = true };
    second->maker.arena = helping;
    is_helped = maker->due.len >= HELPED_FROM && pthread_create(&thread, NULL, help, second) == 0;
    make_due(first);
    if (is_helped)
        pthread_join(thread, NULL);
    if (!first->ok)
        *err = first->err;
    else if (!second->ok)
        *err = second->err;
    return first->ok && second->ok ? true : PASS(err);
}

/* ---- all parts ---- */

struct month {
    int64_t month, count, doc;
};
struct months {
    VEC_OF(struct month);
};

static bool load_months(struct maker *maker, enum lang lang, struct months *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    *out = (struct months){ 0 };
    if (!store_select(maker->tx, &sql_myjvn_files_months, BINDS(bind_int("lang", lang)),
                      maker->arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(
            maker->arena, out,
            (struct month){ row_int(rows, "month"), row_int(rows, "n"), row_int(rows, "doc") });
    return there == 0 ? true : PASS(err);
}

/* Adds to the state what changes with the entries of these months; gives how many there are. */
static int64_t add_state(struct buf *buf, const struct months *months, int64_t from, int64_t to)
{
    int64_t count = 0, doc = 0;

    for (size_t i = 0; i < months->len; i++) {
        const struct month *month = &months->at[i];

        if (month->month < from || month->month >= to)
            continue;
        count += month->count;
        doc = month->doc > doc ? month->doc : doc;
    }
    buf_printf(buf, "%lld/%lld ", (long long)count, (long long)doc);
    return count;
}

/* Its files are large and were made within the last day: they stay. */
static bool rests(struct maker *maker, int64_t year, int64_t count)
{
    const struct part *before = part_before(maker, PART_YEAR, year);

    return before && count > maker->large && maker->now.ms >= before->made.ms &&
           maker->now.ms - before->made.ms < UTC_DAY && keep(maker, before);
}

static bool is_as_before(const struct maker *maker, int64_t year, struct str state)
{
    const struct part *before = part_before(maker, PART_YEAR, year);

    return before && str_eq(before->state, state);
}

static bool make_years(struct maker *maker, struct err *err)
{
    struct months ja, en;

    if (!load_months(maker, LANG_JA, &ja, err) || !load_months(maker, LANG_EN, &en, err))
        return PASS(err);
    for (int64_t year = this_year(maker); year >= MYJVN_FIRST_YEAR; year--) {
        struct buf state = buf_new(maker->arena, 256);
        int64_t from, to, count;

        months_of(maker, year, &from, &to);
        count = add_state(&state, &ja, from, to);
        count += add_state(&state, &en, from, to);
        if (is_as_before(maker, year, buf_str(&state)) || !rests(maker, year, count)) {
            if (!want_part(maker, PART_YEAR, year, buf_str(&state), err))
                return PASS(err);
        } else {
            maker->rests = true;
        }
    }
    return true;
}

/* The month before stays as it was. */
static bool make_dictionaries(struct maker *maker, struct str state, struct err *err)
{
    struct civil day = utc_to_jst(maker->now);
    int64_t month = 100 * (int64_t)day.year + day.month,
            last = day.month == 1 ? month - 89 : month - 1;
    const struct part *before = part_before(maker, PART_DICTIONARY, last);

    if (!want_part(maker, PART_DICTIONARY, month, state, err))
        return PASS(err);
    if (before)
        (void)keep(maker, before);
    return true;
}

/* ---- the list ---- */

static void put_row(const struct maker *maker, struct json_writer *json, const struct file *file)
{
    struct civil t = utc_to_jst(file->modified);
    struct str path = path_of(file, maker->arena);

    json_object_begin(json);
    json_pair(json, "url",
              arena_printf(maker->arena, "%.*s%.*s", STR_ARG(maker->site->url), STR_ARG(path)));
    json_pair(json, "filename", name_of(path));
    json_pair(json, "sha256", file->sha256);
    json_key(json, "size");
    json_put_int(json, file->size);
    json_pair(json, "lastModified",
              arena_printf(maker->arena, "%04d/%02d/%02d %02d:%02d:%02d", t.year, t.month, t.day,
                           t.hour, t.minute, t.second));
    json_object_end(json);
}

/* Kind by kind; the newest of a kind stand first among the parts. */
static bool add_list(struct maker *maker, struct segment_writer *writer, enum lang lang,
                     struct err *err)
{
    struct buf buf = buf_new(maker->arena, LIST_MAX);
    struct json_writer json = json_writer_new(&buf, true);
    struct segment_entry entry = { .path = arena_printf(maker->arena, "/%.*s/feed/checksum.txt",
                                                        STR_ARG(lang_code(lang))),
                                   .type = STR("text/plain; charset=utf-8") };

    json_array_begin(&json);
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < maker->after.list.len; i++) {
            const struct part *part = &maker->after.list.at[i];

            for (size_t k = 0; k < part->files.len; k++) {
                const struct file *file = &part->files.at[k];

                if ((int)file->kind != kind || file->lang != lang)
                    continue;
                put_row(maker, &json, file);
                if (file->modified.ms > entry.modified.ms)
                    entry.modified = file->modified;
            }
        }
    json_array_end(&json);
    return buf_done(&buf, &entry.body, err) && segment_writer_add(writer, &entry, err) ? true
                                                                                       : PASS(err);
}

static bool add_kept(struct maker *maker, struct segment_writer *writer, struct err *err)
{
    struct buf buf = buf_new(maker->arena, KEPT_MAX);
    struct segment_entry entry = { .path = STR(KEPT), .type = STR("application/octet-stream") };

    return shape_write(&parts_shape, &maker->after, &parts_limits, &buf, err) &&
                   buf_done(&buf, &entry.body, err) && segment_writer_add(writer, &entry, err)
               ? true
               : PASS(err);
}

static bool make_list(struct maker *maker, struct err *err)
{
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = NULL;

    return segment_writer_new(maker->folder, &writer, err) &&
                   add_list(maker, writer, LANG_JA, err) && add_list(maker, writer, LANG_EN, err) &&
                   add_kept(maker, writer, err) && segment_writer_end(writer, &maker->names[0], err)
               ? true
               : PASS(err);
}

/* ---- what stands ---- */

/* Another address, and every file says another one. */
static struct str renderer_of(const struct myjvn_site *site, struct arena *arena)
{
    struct hash hash =
        hash_of(arena_printf(arena, "%.*s\n%.*s\n%.*s", STR_ARG(site->url),
                             STR_ARG(site->publisher_ja), STR_ARG(site->publisher_en)));

    return arena_printf(arena, RENDERER "-%.*s", STR_ARG(str_take(hash_hex(hash, arena), 16)));
}

/* What cannot be read is made anew. */
static bool load_before(struct maker *maker, struct str renderer, struct err *err)
{
    CLEANUP(segment_close_var) struct segment *segment = NULL;
    struct segment_entry entry;
    struct err why = { 0 };
    bool found;

    if (!manifest_load(maker->folder, maker->arena, &maker->manifest, &found, err))
        return PASS(err);
    if (found && str_eq(maker->manifest.renderer, renderer) && maker->manifest.segments.len > 0 &&
        segment_open(maker->folder, &maker->manifest.segments.at[0], &segment, &why) &&
        segment_find(segment, STR(KEPT), &entry) &&
        !shape_read(&parts_shape, arena_str(maker->arena, entry.body), &parts_limits, maker->arena,
                    &maker->before))
        maker->before = (struct parts){ 0 };
    return true;
}

static bool make_all(struct maker *maker, struct arena *helping, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str renderer = renderer_of(maker->site, maker->arena), items, dictionary;
    struct civil day = utc_to_jst(maker->now);

    if (!load_before(maker, renderer, err) ||
        !store_select(maker->tx, &sql_myjvn_files_state, NO_BINDS, maker->arena, &rows, err) ||
        !rows_one(rows, STR("jvn_state"), err))
        return PASS(err);
    items = arena_printf(maker->arena, "%lld", (long long)row_int(rows, "items"));
    dictionary = arena_printf(maker->arena, "%lld", (long long)row_int(rows, "dictionary"));
    rows_end(TAKE(rows));
    maker->after.state = arena_printf(maker->arena, "%04d-%02d %.*s %.*s", day.year, day.month,
                                      STR_ARG(items), STR_ARG(dictionary));
    if (str_eq(maker->before.state, maker->after.state)) {
        generation_sweep(maker->folder, &maker->manifest);
        return true;
    }
    if (!want_part(maker, PART_NEWS, 0, items, err) || !make_years(maker, err))
        return PASS(err);
    if (maker->rests)
        maker->after.state = STR_NONE; /* the next time they may be due */
    return make_dictionaries(maker, dictionary, err) && make_parts(maker, helping, err) &&
                   make_list(maker, err) &&
                   generation_replace(maker->folder, renderer, maker->names,
                                      maker->after.list.len + 1, err)
               ? true
               : PASS(err);
}

bool myjvn_make_files(struct store *store, struct str folder, const struct myjvn_filing *filing,
                      struct err *err)
{
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(MAKER_MEMORY), *helping = arena_new(MAKER_MEMORY);
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct maker *maker = ARENA_NEW(arena, struct maker);
    const char *path = arena_z(arena, arena_printf(arena, "%.*s/" MYJVN_FILES, STR_ARG(folder)));
    int lock;
    bool ok;

    if (!fs_make_folder(path, 0755, err) || !generation_lock(path, &lock, err))
        return PASS(err);
    ok = tx_begin(store, TX_READ, &tx, err);
    if (ok) {
        *maker = (struct maker){ .store = store,
                                 .tx = tx,
                                 .folder = path,
                                 .site = filing->site,
                                 .now = filing->now,
                                 .large = filing->large,
                                 .packer = packer,
                                 .arena = arena };
        ok = make_all(maker, helping, err);
    }
    close(lock);
    return ok ? true : PASS(err);
}
