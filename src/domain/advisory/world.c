#include "domain/advisory/world.h"

#include "base/err.h"
#include "base/fs.h"
#include "domain/advisory/world.sql.h"
#include "seal/seal.h"
#include "store/generation.h"
#include "store/kinds.h"
#include "store/store.h"

enum { WORLD_MEMORY = 1 << 30, PAGE_MEMORY = 64 << 20 };

struct world {
    struct arena *arena; /* texts of its own */
    const char *folder;
    struct str renderer_version;
    struct advisory_renderer renderer;
    struct advisory_site site;
    struct store *store;
};

struct store *world_store(struct world *world) { return world->store; }

const struct advisory_site *world_site(const struct world *world) { return &world->site; }

void world_close(struct world *world)
{
    if (!world)
        return;
    store_close(world->store); /* NULL does nothing */
    arena_free(world->arena);
}

/* ---- rows ---- */

bool world_hash(const struct advisory_view *view, struct arena *arena, struct str *hash,
                struct err *err)
{
    struct str record;
    struct hash h;

    if (!advisory_to_record(view, arena, &record, err))
        return PASS(err);
    h = hash_of(record);
    *hash = arena_str(arena, hash_str(&h));
    return true;
}

/* 1: this very publication is there already; 0: not yet; -1: an error. */
static int is_written(struct tx *tx, int64_t id, struct str hash, struct arena *arena,
                      struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_world_publication, BINDS(bind_int("id", id)), arena, &rows, err))
        return PASS(err), -1;
    got = rows_next(rows, err);
    if (got > 0 && !str_eq(row_text(rows, "hash"), hash))
        return FAIL(err, BUG, STR("a publication with another text")), -1;
    return got;
}

static bool write_rows(struct tx *tx, int64_t id, const struct advisory_view *view, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct str record, hash;
    int written;

    if (!advisory_to_record(view, arena, &record, err) || !world_hash(view, arena, &hash, err))
        return PASS(err);
    written = is_written(tx, id, hash, arena, err);
    if (written != 0)
        return written > 0 ? true : PASS(err);
    return store_exec(tx, &sql_world_publication_add,
                      BINDS(bind_int("id", id), bind_text("number", view->number),
                            bind_int("revision", view->revision), bind_blob("hash", hash),
                            bind_utc("now", now)),
                      NULL, err) &&
                   store_exec(tx, &sql_world_advisory_put,
                              BINDS(bind_text("number", view->number),
                                    bind_int("revision", view->revision), bind_blob("view", record),
                                    bind_blob("hash", hash),
                                    bind_utc("published_at", view->published_at),
                                    bind_utc("updated_at", view->updated_at)),
                              NULL, err)
               ? true
               : PASS(err);
}

bool world_put(struct world *world, int64_t publication_id, const struct advisory_view *view,
               struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(world->store, TX_WRITE, &tx, err) &&
                   write_rows(tx, publication_id, view, now, arena, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool world_put_snapshot(struct world *world, const struct world_snapshot *snapshot, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(world->store, TX_WRITE, &tx, err) && snapshot_put(tx, snapshot, arena, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool world_count(struct world *world, int64_t *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(world->store, TX_READ, &tx, err) &&
                   store_number(tx, &sql_world_count, NO_BINDS, 0, out, err)
               ? true
               : PASS(err);
}

/* ---- pages into a segment ---- */

static bool add(struct segment_writer *writer, struct str path, const char *type, struct str body,
                struct utc modified, struct err *err)
{
    struct segment_entry entry = {
        .path = path, .type = str_from_z(type), .body = body, .modified = modified
    };

    return segment_writer_add(writer, &entry, err) ? true : PASS(err);
}

#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_JSON "application/json"
#define TYPE_XML  "application/xml; charset=utf-8"
#define TYPE_RSS  "application/rdf+xml; charset=utf-8"
#define TYPE_TEXT "text/plain; charset=utf-8"
#define TYPE_CSV  "text/csv; charset=utf-8"

static const enum lang langs[] = { LANG_JA, LANG_EN };

static bool add_page(const struct world *world, struct segment_writer *writer,
                     const struct advisory_view *view, enum lang lang, struct arena *arena,
                     struct err *err)
{
    struct str slug = advisory_slug(view->number, arena), html, xml;

    return world->renderer.page(world->renderer.context, view, lang, arena, &html, err) &&
                   add(writer, path_of_page(slug, lang, arena), TYPE_HTML, html, view->updated_at,
                       err) &&
                   advisory_to_vuldef(view, &world->site, lang, arena, &xml, err) &&
                   add(writer, path_of_vuldef(slug, lang, arena), TYPE_XML, xml, view->updated_at,
                       err)
               ? true
               : PASS(err);
}

static bool add_csaf(const struct world *world, struct segment_writer *writer,
                     const struct advisory_view *view, struct arena *arena, struct err *err)
{
    struct str file = csaf_file_of(view->number, view->published_at, arena), json;
    struct str path = arena_printf(arena, PATH_CSAF_WHITE "%.*s", STR_ARG(file));

    if (!advisory_to_csaf(view, &world->site, arena, &json, err))
        return PASS(err);
    return add(writer, path, TYPE_JSON, json, view->updated_at, err) &&
                   add(writer, arena_printf(arena, "%.*s.sha256", STR_ARG(path)), TYPE_TEXT,
                       hash_file(hash_hex(hash_sha256(json), arena), file, arena), view->updated_at,
                       err) &&
                   add(writer, arena_printf(arena, "%.*s.sha512", STR_ARG(path)), TYPE_TEXT,
                       hash_file(hash_sha512_hex(json, arena), file, arena), view->updated_at, err)
               ? true
               : PASS(err);
}

static bool add_advisory(const struct world *world, struct segment_writer *writer,
                         const struct advisory_view *view, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    struct str json;

    for (size_t i = 0; i < COUNT(langs); i++) {
        if (!add_page(world, writer, view, langs[i], arena, err))
            return PASS(err);
    }
    return advisory_to_json(view, &world->site, arena, &json, err) &&
                   add(writer, path_of_json(advisory_slug(view->number, arena), arena), TYPE_JSON,
                       json, view->updated_at, err) &&
                   add_csaf(world, writer, view, arena, err)
               ? true
               : PASS(err);
}

static bool load_views(struct tx *tx, const struct query *query, struct arena *arena,
                       struct advisory_views *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct advisory_views){ 0 };
    if (!store_select(tx, query, BINDS(bind_int("limit", FEED_ITEMS)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct advisory_view view;

        if (!advisory_from_record(row_text(rows, "view"), arena, &view, err))
            return PASS(err);
        VEC_PUSH(arena, out, view);
    }
    return got == 0 ? true : PASS(err);
}

static bool add_feed(const struct world *world, struct segment_writer *writer,
                     const struct advisory_views *views, bool updates, struct utc at,
                     struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < COUNT(langs); i++) {
        struct str path = arena_printf(arena, "%s/rss/noroshi%s.rdf",
                                       langs[i] == LANG_EN ? "/en" : "", updates ? "" : "_new");
        struct str xml;

        if (!advisories_to_jvnrss(views, &world->site, langs[i], updates, arena, &xml, err) ||
            !add(writer, path, TYPE_RSS, xml, at, err))
            return PASS(err);
    }
    return true;
}

static bool add_feeds(const struct world *world, struct segment_writer *writer, struct tx *tx,
                      struct utc at, struct arena *arena, struct err *err)
{
    struct advisory_views newest, updated;

    return load_views(tx, &sql_world_latest, arena, &newest, err) &&
                   load_views(tx, &sql_world_latest_updates, arena, &updated, err) &&
                   add_feed(world, writer, &newest, false, at, arena, err) &&
                   add_feed(world, writer, &updated, true, at, arena, err)
               ? true
               : PASS(err);
}

static bool add_distribution(const struct world *world, struct segment_writer *writer,
                             const struct advisory_rows *rows, struct utc at, struct arena *arena,
                             struct err *err)
{
    struct str metadata, rolie, index, changes, search;

    return feed_provider_metadata(&world->site, at, arena, &metadata, err) &&
                   add(writer, STR(PATH_CSAF "provider-metadata.json"), TYPE_JSON, metadata, at,
                       err) &&
                   feed_rolie(rows, &world->site, arena, &rolie, err) &&
                   add(writer, STR(PATH_CSAF "feed-tlp-white.json"), TYPE_JSON, rolie, at, err) &&
                   feed_index_txt(rows, arena, &index, err) &&
                   add(writer, STR(PATH_CSAF_WHITE "index.txt"), TYPE_TEXT, index, at, err) &&
                   feed_changes_csv(rows, arena, &changes, err) &&
                   add(writer, STR(PATH_CSAF_WHITE "changes.csv"), TYPE_CSV, changes, at, err) &&
                   index_write(rows, arena, &search, err) &&
                   add(writer, STR(INDEX_PATH), "application/octet-stream", search, at, err)
               ? true
               : PASS(err);
}

static bool add_lists(const struct world *world, struct segment_writer *writer,
                      const struct advisory_rows *rows, struct utc at, struct arena *arena,
                      struct err *err)
{
    for (size_t i = 0; i < COUNT(langs); i++) {
        const char *base = langs[i] == LANG_EN ? "/en" : "";
        struct str list, home;

        if (!world->renderer.list(world->renderer.context, rows, langs[i], arena, &list, err) ||
            !add(writer, arena_printf(arena, "%s/advisories", base), TYPE_HTML, list, at, err) ||
            !world->renderer.home(world->renderer.context, rows, langs[i], arena, &home, err) ||
            !add(writer, arena_printf(arena, "%s/", base), TYPE_HTML, home, at, err))
            return PASS(err);
    }
    return true;
}

/* Whatever changes with every publication. Nothing in it comes from the clock: the same rows give the same bytes. */
static bool add_common(const struct world *world, struct segment_writer *writer, struct tx *tx,
                       const struct advisory_rows *rows, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORLD_MEMORY);
    struct utc at = rows->len ? rows->at[0].updated_at : (struct utc){ 0 };

    return add_feeds(world, writer, tx, at, arena, err) &&
                   add_distribution(world, writer, rows, at, arena, err) &&
                   add_lists(world, writer, rows, at, arena, err)
               ? true
               : PASS(err);
}

static bool add_to_segment(void *context, struct str path, const char *type, struct str body,
                           struct utc modified, struct err *err)
{
    return add(context, path, type, body, modified, err) ? true : PASS(err);
}

/* The pages of all snapshots, because each leads to the others. */
static bool add_snapshots(const struct world *world, struct segment_writer *writer, struct tx *tx,
                          struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORLD_MEMORY);
    struct world_sink sink = { writer, add_to_segment };
    struct world_snapshots all;

    if (!world->renderer.snapshots)
        return true;
    return snapshots_load(tx, arena, &all, err) &&
                   world->renderer.snapshots(world->renderer.context, &all, &sink, arena, err)
               ? true
               : PASS(err);
}

static bool add_sheets(const struct world *world, struct segment_writer *writer, struct tx *tx,
                       struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORLD_MEMORY);
    struct world_sink sink = { writer, add_to_segment };
    struct world_sheets all;

    if (!world->renderer.sheets)
        return true;
    return sheets_load(tx, arena, &all, err) &&
                   world->renderer.sheets(world->renderer.context, &all, &sink, arena, err)
               ? true
               : PASS(err);
}

/* Every advisory's row, texts copied to keep; each is handed to the writer as well when all is to be made anew. */
static bool read_all(const struct world *world, struct segment_writer *writer, struct tx *tx,
                     struct arena *keep, struct advisory_rows *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(WORLD_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct advisory_rows){ 0 };
    if (!store_select(tx, &sql_world_all, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct advisory_view view;

        if (!advisory_from_record(arena_str(keep, row_text(rows, "view")), keep, &view, err) ||
            (writer && !add_advisory(world, writer, &view, err)))
            return PASS(err);
        VEC_PUSH(keep, out, advisory_row_of(&view, keep));
    }
    return got == 0 ? true : PASS(err);
}

/* view NULL: everything. */
static bool write_segment(struct world *world, const struct advisory_view *view,
                          struct segment_name *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *keep = arena_new((size_t)2 << 30);
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct advisory_rows rows;

    return segment_writer_new(world->folder, &writer, err) &&
                   tx_begin(world->store, TX_READ, &tx, err) &&
                   read_all(world, view ? NULL : writer, tx, keep, &rows, err) &&
                   (view ? add_advisory(world, writer, view, err)
                         : add_snapshots(world, writer, tx, err) &&
                               add_sheets(world, writer, tx, err)) &&
                   add_common(world, writer, tx, &rows, err) && segment_writer_end(writer, out, err)
               ? true
               : PASS(err);
}

static bool write_snapshots(struct world *world, struct segment_name *out, struct err *err)
{
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return segment_writer_new(world->folder, &writer, err) &&
                   tx_begin(world->store, TX_READ, &tx, err) &&
                   add_snapshots(world, writer, tx, err) && segment_writer_end(writer, out, err)
               ? true
               : PASS(err);
}

bool world_publish_snapshot(struct world *world, const struct world_snapshot *snapshot,
                            struct err *err)
{
    struct segment_name name;

    if (!world_put_snapshot(world, snapshot, err))
        return PASS(err);
    if (!world->renderer.snapshots)
        return true;
    return write_snapshots(world, &name, err) && generation_add(world->folder, &name, err)
               ? true
               : PASS(err);
}

static bool put_sheet(struct world *world, const struct world_sheet *sheet, bool *changed,
                      struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(world->store, TX_WRITE, &tx, err) &&
                   sheet_put(tx, sheet, arena, changed, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool write_sheets(struct world *world, struct segment_name *out, struct err *err)
{
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return segment_writer_new(world->folder, &writer, err) &&
                   tx_begin(world->store, TX_READ, &tx, err) &&
                   add_sheets(world, writer, tx, err) && segment_writer_end(writer, out, err)
               ? true
               : PASS(err);
}

static bool mark_shown(struct world *world, const struct world_sheet *sheet, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(world->store, TX_WRITE, &tx, err) && sheet_is_shown(tx, sheet, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool world_publish_sheet(struct world *world, const struct world_sheet *sheet, bool *changed,
                         struct err *err)
{
    struct segment_name name;

    if (!put_sheet(world, sheet, changed, err))
        return PASS(err);
    if (*changed && world->renderer.sheets &&
        (!write_sheets(world, &name, err) || !generation_add(world->folder, &name, err)))
        return PASS(err);
    return mark_shown(world, sheet, err) ? true : PASS(err);
}

bool world_rebuild(struct world *world, struct err *err)
{
    struct segment_name name;

    return write_segment(world, NULL, &name, err) &&
                   generation_replace(world->folder, world->renderer_version, &name, 1, err)
               ? true
               : PASS(err);
}

/* What the rows say now: a repetition that comes late must not show an older revision. */
static bool view_now(struct world *world, struct str number, struct arena *arena,
                     struct advisory_view *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!tx_begin(world->store, TX_READ, &tx, err) ||
        !store_select(tx, &sql_world_advisory, BINDS(bind_text("number", number)), arena, &rows,
                      err))
        return PASS(err);
    if (!rows_one(rows, number, err))
        return PASS(err);
    return advisory_from_record(row_text(rows, "view"), arena, out, err) ? true : PASS(err);
}

bool world_publish(struct world *world, int64_t publication_id, const struct advisory_view *view,
                   struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    struct advisory_view present;
    struct segment_name name;

    return world_put(world, publication_id, view, now, err) &&
                   view_now(world, view->number, arena, &present, err) &&
                   write_segment(world, &present, &name, err) &&
                   generation_add(world->folder, &name, err)
               ? true
               : PASS(err);
}

/* ---- opening ---- */

static bool rebuild_if_other(struct world *world, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct manifest manifest;
    struct err damaged = { 0 };
    bool found;

    if (manifest_load(world->folder, arena, &manifest, &found, &damaged) && found &&
        str_eq(manifest.renderer, world->renderer_version))
        return true;
    return world_rebuild(world, err) ? true : PASS(err);
}

static bool hash_page(void *context, struct str path, const char *type, struct str body,
                      struct utc modified, struct err *err)
{
    (void)path;
    (void)type;
    (void)modified;
    (void)err;
    hash_add(context, body);
    return true;
}

/* What pages are made of beside the advisories: the renderer, the site, and the look, as an empty list and front page show it. */
static bool fingerprint(struct world *world, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(PAGE_MEMORY);
    static const struct advisory_rows none = { 0 };
    static const struct world_snapshots no_snapshots = { 0 };
    static const struct world_sheets no_sheets = { 0 };
    struct hash_stream stream;
    struct hash hash;

    hash_begin(&stream);
    hash_add(&stream, str_from_z(world->renderer.version));
    hash_add(&stream, STR(NOROSHI_VERSION));
    hash_add(&stream, site_fingerprint(&world->site, arena));
    for (size_t i = 0; i < COUNT(langs); i++) {
        struct str list, home;

        if (!world->renderer.list(world->renderer.context, &none, langs[i], arena, &list, err) ||
            !world->renderer.home(world->renderer.context, &none, langs[i], arena, &home, err))
            return PASS(err);
        hash_add(&stream, list);
        hash_add(&stream, home);
    }
    if (world->renderer.snapshots &&
        !world->renderer.snapshots(world->renderer.context, &no_snapshots,
                                   &(struct world_sink){ &stream, hash_page }, arena, err))
        return PASS(err);
    if (world->renderer.sheets &&
        !world->renderer.sheets(world->renderer.context, &no_sheets,
                                &(struct world_sink){ &stream, hash_page }, arena, err))
        return PASS(err);
    hash = hash_end(&stream);
    world->renderer_version = str_take(hash_hex(hash, world->arena), 32);
    return true;
}

/* The world lives in its own arena: world_close frees both. */
static struct world *world_new(const struct world_options *options)
{
    struct arena *arena = arena_new(1 << 20);
    struct world *world = ARENA_NEW(arena, struct world);
    const struct advisory_site *s = options->site;

    world->arena = arena;
    world->folder = arena_z(arena, arena_printf(arena, "%.*s/public", STR_ARG(options->state_dir)));
    world->renderer = *options->renderer;
    world->site = (struct advisory_site){
        .portal_url = arena_str(arena, s->portal_url),
        .desk_url = arena_str(arena, s->desk_url),
        .publisher_ja = arena_str(arena, s->publisher_ja),
        .publisher_en = arena_str(arena, s->publisher_en),
        .publisher_namespace = arena_str(arena, s->publisher_namespace),
        .receiving_ja = arena_str(arena, s->receiving_ja),
        .receiving_en = arena_str(arena, s->receiving_en),
        .coordinating_ja = arena_str(arena, s->coordinating_ja),
        .coordinating_en = arena_str(arena, s->coordinating_en),
    };
    return world;
}

bool world_open(const struct world_options *options, struct world **out, struct err *err)
{
    CLEANUP(world_close_var) struct world *world = world_new(options);
    struct store_options db = {
        .kind = &store_advisories, .create = true, .migrate = true, .connections = 2
    };

    if (!fs_make_folder(world->folder, 0755, err))
        return PASS(err);
    db.path = arena_z(world->arena, arena_printf(world->arena, "%s/advisories.db", world->folder));
    if (!store_open(&db, &world->store, err) || !fingerprint(world, err) ||
        !rebuild_if_other(world, err))
        return PASS(err);
    *out = TAKE(world);
    return true;
}
