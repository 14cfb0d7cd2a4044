/* In the jail: the stream is unpacked, cut into records, and each is understood and answered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/shape.h"
#include "domain/catalog/cpe_names.h"
#include "domain/catalog/from.h"
#include "domain/catalog/reference.h"
#include "domain/myjvn/told.h"
#include "faces/cli/import/import.h"
#include "faces/cli/jail.h"
#include "formats/archive/archive.h"
#include "formats/archive/pack.h"
#include "formats/csv/csv.h"
#include "formats/json/json_split.h"
#include "formats/kev/kev_csv.h"
#include "formats/xml/split.h"

enum {
    HEAD = 4096,
    CHUNK = 64 << 10,
    FEED = 256 << 10,
    RECORD_MEMORY = 512 << 20,
    RECORD_KEPT = 4 << 20
};

static const struct archive_limits limits = { .bytes = UINT64_C(64) << 30,
                                              .ratio = 400,
                                              .files = 4 << 20 },
                                   limits_within = { .bytes = UINT64_C(8) << 30,
                                                     .ratio = 100,
                                                     .files = 1 << 20 };

/* The input, or an archive that is a file of it. */
struct level {
    struct level *outer; /* NULL: none */
    struct archive *archive;
    size_t head_at, head_len; /* the present file's beginning, which was looked at */
    char head[HEAD];
    char name[2 * ARCHIVE_NAME_MAX + 2]; /* within an archive: of both, a '/' between */
};

struct reader {
    struct jail *jail;
    enum import_format format;
    struct level *level, *input;
    struct json_reader *json;
    struct packer *packer;
    struct arena *arena, *out_arena; /* of one record; of the answer's room, which stays */
    struct buf out;
    struct str member;
    bool is_bundle; /* the archive is ours: its members are files that were chosen */
    bool is_csaf;  /* the present file: documents that are not to be cut at their vulnerabilities */
    bool is_plain; /* for an index alone: nothing is packed, and what was sent is not kept */
    char shown[IMPORT_SHOWN_MAX]; /* a record's beginning before its reader changes it */
};

static ssize_t read_input(void *context, char *at, size_t size, struct err *err)
{
    return jail_read(context, at, size, err);
}

/* Of the present file, its head first. */
static ssize_t read_level(void *context, char *at, size_t size, struct err *err)
{
    struct level *level = context;
    size_t n = level->head_len - level->head_at;

    if (n == 0)
        return archive_read(level->archive, at, size, err);
    n = n < size ? n : size;
    memcpy(at, level->head + level->head_at, n);
    level->head_at += n;
    return (ssize_t)n;
}

static ssize_t read_file(void *context, char *at, size_t size, struct err *err)
{
    struct reader *reader = context;

    jail_beat(reader->jail, archive_used(reader->input->archive));
    return read_level(reader->level, at, size, err);
}

static bool look_at_head(struct level *level, struct err *err)
{
    ssize_t n = 1;

    level->head_at = level->head_len = 0;
    while (level->head_len < HEAD && n > 0) {
        n = archive_read(level->archive, level->head + level->head_len, HEAD - level->head_len,
                         err);
        if (n < 0)
            return PASS(err);
        level->head_len += (size_t)n;
    }
    return true;
}

static struct str head_of(const struct reader *reader)
{
    return (struct str){ reader->level->head, reader->level->head_len };
}

/* ---- answers ---- */

static struct buf *begin(struct reader *reader, char kind)
{
    reader->out.len = 0;
    buf_byte(&reader->out, kind);
    return &reader->out;
}

static bool end(struct reader *reader, struct err *err)
{
    return jail_answer(reader->jail, buf_str(&reader->out), err) ? true : PASS(err);
}

static bool answer_shape(struct reader *reader, char kind, const struct shape *shape,
                         const void *value, struct err *err)
{
    return shape_write(shape, value, &import_limits, begin(reader, kind), err) && end(reader, err)
               ? true
               : PASS(err);
}

/* The bytes of what is refused may be anything: what no text can hold is left out. */
static struct str shown(struct str bytes)
{
    bytes = str_take(bytes, IMPORT_SHOWN_MAX);
    while (bytes.len > 0 && !str_is_utf8(bytes))
        bytes = str_take(bytes, bytes.len > 4 && str_is_utf8(str_take(bytes, bytes.len - 3))
                                    ? bytes.len - 3
                                    : bytes.len / 2);
    return bytes;
}

/* A reason may quote what it is about. */
static struct str plain(struct str reason)
{
    return str_is_utf8(reason) && str_is_plain(reason, false)
               ? reason
               : STR("what stands there is no text that could be shown");
}

static void add_refusal(struct reader *reader, struct import_refusals *refusals, uint64_t line,
                        struct str reason, struct str bytes)
{
    VEC_PUSH(reader->arena, &refusals->list,
             (struct import_refusal){ .member = reader->member,
                                      .line = (int64_t)line,
                                      .reason = arena_str(reader->arena, plain(reason)),
                                      .bytes = shown(bytes) });
}

static bool refuse(struct reader *reader, uint64_t line, struct str reason, struct str bytes,
                   struct err *err)
{
    struct import_refusals refusals = { 0 };

    add_refusal(reader, &refusals, line, reason, bytes);
    return answer_shape(reader, ANSWER_REFUSED, &import_refusals_shape, &refusals, err) ? true
                                                                                        : PASS(err);
}

static struct str aside_words(enum jail_turn turn)
{
    return turn == JAIL_ASIDE_DIED ? STR("its reader ended before its time")
                                   : STR("it takes too long");
}

/* ---- records ---- */

static bool has(struct json json, const char *key) { return json_get(json, key).value != NULL; }

/* By the names each format always has; IMPORT_ANY: none that is known. */
static enum import_format format_of_record(const struct reader *reader, struct json json)
{
    enum reference_form form;

    switch (reader->format) {
    case IMPORT_NVD:
    case IMPORT_CVE:
    case IMPORT_OSV:
    case IMPORT_CPE:
    case IMPORT_CWE:
    case IMPORT_EOL:
        return reader->format;
    default:
        break;
    }
    if (has(json, "cveMetadata") || has(json, "containers"))
        return IMPORT_CVE;
    if (has(json, "matchString") || has(json_get(json, "cpe"), "cpeNameId"))
        return IMPORT_CPE;
    if (json_kind(json_get(json, "cve")) == JSON_OBJECT || has(json, "vulnStatus"))
        return IMPORT_NVD;
    if (has(json, "id") &&
        (has(json, "modified") || has(json, "affected") || has(json, "schema_version")))
        return IMPORT_OSV;
    if (reference_is_weakness(json, &form))
        return IMPORT_CWE;
    return endoflife_is_json(json) ? IMPORT_EOL : IMPORT_ANY;
}

/* What stands behind its length. */
static void add_part(struct buf *buf, struct str bytes)
{
    char len[4];

    for (size_t i = 0; i < sizeof len; i++)
        len[i] = (char)(bytes.len >> 8 * i & 0xff);
    buf_add(buf, (struct str){ len, sizeof len });
    buf_add(buf, bytes);
}

/* What records were read from. sent: packed */
static void add_sent(struct buf *buf, enum import_format format, struct str sent)
{
    buf_byte(buf, (char)format);
    add_part(buf, sent);
}

/* As it is kept: packed, where there is a catalogue. */
static bool as_kept(struct reader *reader, struct str bytes, struct str *out, struct err *why)
{
    *out = bytes;
    return reader->is_plain || packer_pack(reader->packer, bytes, reader->arena, out, why)
               ? true
               : PASS(why);
}

static bool encode(struct reader *reader, const struct catalog_record *record, struct str *bytes,
                   struct str *packed, struct err *why)
{
    struct buf buf = buf_new(reader->arena, CATALOG_RECORD_MAX);

    *bytes = STR_NONE;
    if (!catalog_record_encode(record, &buf, why) || !as_kept(reader, buf_str(&buf), packed, why))
        return PASS(why);
    *bytes = buf_str(&buf);
    return true;
}

static bool add_record(struct reader *reader, const struct catalog_record *record, struct err *why)
{
    struct str bytes, packed;

    if (!encode(reader, record, &bytes, &packed, why))
        return PASS(why);
    add_part(&reader->out, packed);
    return true;
}

/* The one that was read from it. */
static bool add_only_record(struct reader *reader, enum import_format format, struct str sent,
                            const struct catalog_record *record, struct err *why)
{
    struct str bytes, packed, beside;

    if (reader->is_plain) {
        begin(reader, ANSWER_PLAIN);
        return add_record(reader, record, why) ? true : PASS(why);
    }
    if (!encode(reader, record, &bytes, &packed, why) ||
        !packer_pack_beside(reader->packer, sent, bytes, reader->arena, &beside, why))
        return PASS(why);
    add_sent(&reader->out, format, beside);
    add_part(&reader->out, packed);
    return true;
}

/* A document of CSAF is one step, whatever it holds. */
static bool understand_document(struct reader *reader, struct json json, struct str sent,
                                struct err *why)
{
    struct catalog_records records;

    if (!catalog_from_csaf(json, reader->arena, &records, why))
        return PASS(why);
    if (reader->is_plain)
        begin(reader, ANSWER_PLAIN);
    else
        add_sent(begin(reader, ANSWER_RECORDS), IMPORT_CSAF, sent);
    for (size_t i = 0; i < records.len; i++)
        if (!add_record(reader, &records.at[i], why))
            return PASS(why);
    return true;
}

/* A line of JVN's dictionary. */
static bool understand_listed(struct reader *reader, struct json json, struct err *why)
{
    struct myjvn_listing listing = { 0 };
    struct myjvn_listed listed;

    myjvn_listed_of_json(json, &listed);
    VEC_PUSH(reader->arena, &listing.list, listed);
    return shape_write(&import_listing_shape, &listing, &import_limits,
                       begin(reader, ANSWER_LISTED), why)
               ? true
               : PASS(why);
}

static bool understand_cpe(struct reader *reader, struct json json, struct str sent,
                           struct err *why)
{
    struct buf buf = buf_new(reader->arena, CATALOG_RECORD_MAX);
    struct cpe_entry entry;

    if (!cpe_entry_from(json, reader->arena, &entry, why) ||
        !shape_write(&import_cpe_shape, &entry, &import_limits, &buf, why))
        return PASS(why);
    begin(reader, ANSWER_CPE);
    add_part(&reader->out, buf_str(&buf));
    add_part(&reader->out, sent);
    return true;
}

/* value: of reference_shape(form) */
static bool answer_reference(struct reader *reader, enum reference_form form, const void *value,
                             struct str sent, struct err *why)
{
    struct buf told = buf_new(reader->arena, CATALOG_RECORD_MAX);

    if (!shape_write(reference_shape(form), value, &reference_limits, &told, why))
        return PASS(why);
    buf_byte(begin(reader, ANSWER_REFERENCE), (char)form);
    add_part(&reader->out, reader->member);
    add_part(&reader->out, buf_str(&told));
    add_part(&reader->out, sent);
    return true;
}

static bool understand_weakness(struct reader *reader, struct json json, struct str sent,
                                struct err *why)
{
    struct catalog_weakness weakness;
    enum reference_form form;

    if (!reference_is_weakness(json, &form))
        return FAIL(why, CATALOG_RECORD, STR("its format is not known"));
    return reference_weakness_from(json, form, reader->arena, &weakness, why) &&
                   answer_reference(reader, form, &weakness, sent, why)
               ? true
               : PASS(why);
}

static bool understand_releases(struct reader *reader, struct json json, struct str sent,
                                struct err *why)
{
    struct endoflife told;

    return endoflife_read_json(json, reader->arena, &told, why) &&
                   answer_reference(reader, REFERENCE_EOL_RELEASES, &told, sent, why)
               ? true
               : PASS(why);
}

/* One record, and nothing else. text: as it was sent */
static bool understand_record(struct reader *reader, enum import_format format, struct json json,
                              struct str text, struct err *why)
{
    static catalog_from *const readers[IMPORT_FORMATS] = { [IMPORT_NVD] = catalog_from_nvd,
                                                           [IMPORT_CVE] = catalog_from_cve,
                                                           [IMPORT_OSV] = catalog_from_osv };
    struct catalog_record record;

    if (!readers[format])
        return FAIL(why, CATALOG_RECORD, STR("its format is not known"));
    begin(reader, ANSWER_RECORD);
    return readers[format](json, reader->arena, &record, why) &&
                   add_only_record(reader, format, text, &record, why)
               ? true
               : PASS(why);
}

/* The reader of JSON works in the text itself: what was sent is copied before. */
static bool understand(struct reader *reader, char *text, size_t len, struct err *why)
{
    struct str whole = reader->is_plain ? STR_NONE
                                        : arena_str(reader->arena, (struct str){ text, len }),
               sent;
    enum import_format format;
    struct json json;

    if (!json_reader_read(reader->json, text, len, &json, why))
        return PASS(why);
    if (!reader->is_csaf && (reader->format == IMPORT_JVN_PRODUCTS ||
                             (reader->format == IMPORT_ANY && myjvn_listed_is_json(json))))
        return understand_listed(reader, json, why) ? true : PASS(why);
    format = reader->is_csaf ? IMPORT_CSAF : format_of_record(reader, json);
    if (format != IMPORT_CSAF && format != IMPORT_CPE && format != IMPORT_CWE &&
        format != IMPORT_EOL)
        return understand_record(reader, format, json, whole, why) ? true : PASS(why);
    if (!as_kept(reader, whole, &sent, why))
        return PASS(why);
    switch (format) {
    case IMPORT_CSAF:
        return understand_document(reader, json, sent, why) ? true : PASS(why);
    case IMPORT_CPE:
        return understand_cpe(reader, json, sent, why) ? true : PASS(why);
    case IMPORT_CWE:
        return understand_weakness(reader, json, sent, why) ? true : PASS(why);
    default:
        return understand_releases(reader, json, sent, why) ? true : PASS(why);
    }
}

static bool read_record(struct reader *reader, const struct json_piece *piece, struct err *err)
{
    struct str text = { piece->text,
                        piece->len < sizeof reader->shown ? piece->len : sizeof reader->shown };
    enum jail_turn turn = jail_turn(reader->jail);
    struct err why = { 0 };

    if (turn == JAIL_PASS)
        return true;
    arena_reset(reader->arena);
    if (turn != JAIL_DO)
        return refuse(reader, piece->line, aside_words(turn), text, err) ? true : PASS(err);
    if (piece->fault)
        return refuse(reader, piece->line, str_from_z(piece->fault), text, err) ? true : PASS(err);
    memcpy(reader->shown, text.ptr, text.len);
    if (understand(reader, piece->text, piece->len, &why))
        return end(reader, err) ? true : PASS(err);
    text.ptr = reader->shown;
    return refuse(reader, piece->line, str_from_z(why.subject), text, err) ? true : PASS(err);
}

/* The name that holds the records of a whole document. */
static struct str list_of(const struct reader *reader)
{
    struct str head = head_of(reader);

    if (reader->is_csaf)
        return STR_NONE;
    if (str_contains(head, STR("\"NVD_CPEMatchString\"")))
        return STR("matchStrings");
    if (str_contains(head, STR("\"NVD_CPE\"")))
        return STR("products");
    return reader->format == IMPORT_OSV ? STR("vulns") : STR("vulnerabilities");
}

static bool read_records(struct reader *reader, struct err *err)
{
    struct str list = list_of(reader);
    CLEANUP(json_split_free_var)
    struct json_split *split = json_split_new(read_file, reader, list,
                                              reader->is_csaf ? JSON_TEXT_MAX : CATALOG_RECORD_MAX);
    struct json_piece piece;
    int there;

    if (!split)
        return FAIL(err, TOO_LARGE, STR("memory"));
    while ((there = json_split_next(split, &piece, err)) == 1)
        if (!read_record(reader, &piece, err))
            return PASS(err);
    return there == 0 ? true : PASS(err);
}

/* ---- KEV: one document ---- */

static bool read_all(struct reader *reader, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, JSON_TEXT_MAX + 1);
    char room[CHUNK];
    ssize_t n;

    while ((n = read_file(reader, room, sizeof room, err)) > 0)
        buf_add(&buf, (struct str){ room, (size_t)n });
    return n == 0 && buf_done(&buf, out, err) ? true : PASS(err);
}

static bool items_of_csv(struct reader *reader, struct str text, struct import_kev *out,
                         struct err *why)
{
    struct kev_rows rows;

    if (!kev_csv_read(text, reader->arena, &rows, why))
        return PASS(why);
    out->released = rows.released;
    for (size_t i = 0; i < rows.items.len; i++)
        VEC_PUSH(reader->arena, &out->items, rows.items.at[i]);
    for (size_t i = 0; i < rows.wrong.len; i++)
        add_refusal(reader, &out->refused, rows.wrong.at[i], STR("a row that cannot be used"),
                    STR_NONE);
    return true;
}

static bool items_of_json(struct reader *reader, struct str text, struct import_kev *out,
                          struct err *why)
{
    struct kev_catalog catalog;
    struct json json;

    if (!kev_read(text, reader->arena, &catalog, why))
        return PASS(why);
    out->released = catalog.released;
    for (struct json_iter i = json_iter(catalog.items); json_next(&i, NULL, &json);) {
        struct kev_item item;
        struct err wrong = { 0 };

        if (kev_item_read(json, reader->arena, &item, &wrong))
            VEC_PUSH(reader->arena, &out->items, item);
        else
            add_refusal(reader, &out->refused, 0, str_from_z(wrong.subject), STR_NONE);
    }
    return true;
}

static bool read_kev(struct reader *reader, struct err *err)
{
    struct import_kev kev = { 0 };
    struct err why = { 0 };
    enum jail_turn turn;
    struct str text;

    arena_reset(reader->arena);
    if (!read_all(reader, reader->arena, &text, err))
        return PASS(err);
    turn = jail_turn(reader->jail);
    if (turn == JAIL_PASS)
        return true;
    if (turn != JAIL_DO)
        return refuse(reader, 0, aside_words(turn), text, err) ? true : PASS(err);
    if (kev_csv_is_one(text) ? !items_of_csv(reader, text, &kev, &why)
                             : !items_of_json(reader, text, &kev, &why))
        return refuse(reader, why.line, str_from_z(why.subject), text, err) ? true : PASS(err);
    return answer_shape(reader, ANSWER_KEV, &import_kev_shape, &kev, err) ? true : PASS(err);
}

/* ---- a page of endoflife.date: one document ---- */

static bool understand_page(struct reader *reader, struct str text, struct err *why)
{
    struct endoflife told;
    struct str sent;

    return endoflife_read_page(text, reader->arena, &told, why) &&
                   as_kept(reader, text, &sent, why) &&
                   answer_reference(reader, REFERENCE_EOL, &told, sent, why)
               ? true
               : PASS(why);
}

static bool read_page(struct reader *reader, struct err *err)
{
    enum jail_turn turn = jail_turn(reader->jail);
    struct err why = { 0 };
    struct str text;

    arena_reset(reader->arena);
    if (!read_all(reader, reader->arena, &text, err))
        return PASS(err);
    if (turn == JAIL_PASS)
        return true;
    if (turn != JAIL_DO)
        return refuse(reader, 0, aside_words(turn), text, err) ? true : PASS(err);
    if (understand_page(reader, text, &why))
        return end(reader, err) ? true : PASS(err);
    return refuse(reader, why.line, str_from_z(why.subject), text, err) ? true : PASS(err);
}

/* ---- EPSS: row by row ---- */

/* All rows that are whole in text. */
static bool take_rows(struct reader *reader, struct epss_reader *epss, struct str *text,
                      bool is_last, struct import_epss *out, struct err *why)
{
    for (;;) {
        struct epss_row row;
        struct err wrong = { 0 };
        bool has_row;

        if (!epss_next(epss, text, is_last, &row, &has_row, &wrong)) {
            if (wrong.code != ERR_CATALOG_RECORD) {
                *why = wrong;
                return false;
            }
            add_refusal(reader, &out->refused, wrong.line, str_from_z(wrong.subject), STR_NONE);
        } else if (!has_row) {
            out->date = epss->date;
            return true;
        } else {
            VEC_PUSH(reader->arena, &out->rows,
                     (struct import_score){ row.cve, row.score, row.percentile + 1 });
        }
    }
}

static bool read_epss(struct reader *reader, struct err *err)
{
    struct epss_reader epss = { 0 };
    char room[CHUNK];
    size_t len = 0;
    ssize_t n;

    do {
        struct import_epss rows = { 0 };
        struct err why = { 0 };
        struct str text;
        enum jail_turn turn;
        bool ok;

        n = read_file(reader, room + len, sizeof room - len, err);
        if (n < 0)
            return PASS(err);
        text = (struct str){ room, len + (size_t)n };
        arena_reset(reader->arena);
        turn = jail_turn(reader->jail);
        if (turn == JAIL_ASIDE_DIED ||
            turn == JAIL_ASIDE_OVERRAN) /* the rows behind need what stood here */
            return refuse(reader, epss.line + 1u, aside_words(turn), text, err) ? true : PASS(err);
        ok = take_rows(reader, &epss, &text, n == 0, &rows, &why);
        if (ok && n == 0 && !epss.has_header)
            ok = FAIL(&why, UNKNOWN_FORMAT, STR("its format is not known"));
        if (turn == JAIL_DO &&
            !(ok ? answer_shape(reader, ANSWER_EPSS, &import_epss_shape, &rows, err)
                 : refuse(reader, why.line, str_from_z(why.subject), text, err)))
            return PASS(err);
        if (!ok)
            return true;
        memmove(room, text.ptr, text.len);
        len = text.len;
    } while (n > 0);
    return true;
}

static bool is_table(const struct reader *reader, struct str head)
{
    return (reader->format == IMPORT_ANY || reader->format == IMPORT_JVN_PRODUCTS) &&
           str_starts(head, STR("vid\tvname\t"));
}

/* A whole file that is refused: one step. */
static bool refuse_file(struct reader *reader, struct str reason, struct err *err)
{
    enum jail_turn turn = jail_turn(reader->jail);

    arena_reset(reader->arena);
    return turn == JAIL_PASS || refuse(reader, 0, reason, head_of(reader), err) ? true : PASS(err);
}

/* ---- JVN's dictionary as a table: a step a row ---- */

static bool read_row(struct reader *reader, const struct csv_cells *cells, size_t line,
                     struct err *err)
{
    enum jail_turn turn = jail_turn(reader->jail);
    struct myjvn_listing listing = { 0 };
    struct myjvn_listed listed;

    if (turn == JAIL_PASS)
        return true;
    if (turn != JAIL_DO)
        return refuse(reader, line, aside_words(turn), STR_NONE, err) ? true : PASS(err);
    if (!myjvn_listed_of_row(cells, &listed))
        return refuse(reader, line, STR("not as many cells as columns"), STR_NONE, err) ? true
                                                                                        : PASS(err);
    VEC_PUSH(reader->arena, &listing.list, listed);
    return answer_shape(reader, ANSWER_LISTED, &import_listing_shape, &listing, err) ? true
                                                                                     : PASS(err);
}

static bool read_table(struct reader *reader, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(RECORD_MEMORY);
    struct csv_cells cells = { 0 };
    struct csv_reader csv;
    struct err why = { 0 };
    struct str text;

    if (!read_all(reader, arena, &text, err))
        return PASS(err);
    if (!str_is_utf8(text))
        return refuse_file(reader, STR("it is not UTF-8"), err) ? true : PASS(err);
    csv = csv_reader_new(text);
    while (csv_next(&csv, arena, &cells, &why)) {
        arena_reset(reader->arena);
        if (!myjvn_listed_is_row(&cells) && !read_row(reader, &cells, csv.line, err))
            return PASS(err);
    }
    return why.code == ERR_NONE || refuse_file(reader, STR("its rows cannot be read"), err)
               ? true
               : PASS(err);
}

/* ---- XML: an element for each record ---- */

static bool is_known(const struct reader *reader, const struct xml_node *root)
{
    bool any = reader->format == IMPORT_ANY;

    return ((any || reader->format == IMPORT_JVNRSS) && jvnrss_is(root)) ||
           ((any || reader->format == IMPORT_VULDEF) && vuldef_is(root)) ||
           ((any || reader->format == IMPORT_JVN_PRODUCTS) && myjvn_listed_is_xml(root));
}

/* What JVN told goes along with what it means. */
static bool answer_told(struct reader *reader, const struct catalog_record *record,
                        const struct myjvn_told *told, struct str sent, struct err *why)
{
    struct buf bytes = buf_new(reader->arena, TOLD_MAX);

    if (!myjvn_told_write(told, &bytes, why))
        return PASS(why);
    if (!reader->is_plain)
        add_part(begin(reader, ANSWER_TOLD), buf_str(&bytes));
    return add_only_record(reader, told->kind == TOLD_BY_FEED ? IMPORT_JVNRSS : IMPORT_VULDEF, sent,
                           record, why)
               ? true
               : PASS(why);
}

static bool understand_element(struct reader *reader, const struct xml_node *root,
                               const struct xml_node *node, struct err *why)
{
    bool is_feed = jvnrss_is(root);
    struct myjvn_told told = { .kind = is_feed ? TOLD_BY_FEED : TOLD_IN_DETAIL,
                               .lang = is_feed ? jvnrss_lang(root) : vuldef_lang(root) };
    struct catalog_record record;

    return (is_feed
                ? jvnrss_read_item(node, reader->arena, &told.item) &&
                      catalog_from_jvnrss(&told.item, told.lang, reader->arena, &record, why)
                : vuldef_read_info(node, reader->arena, &told.info) &&
                      catalog_from_vuldef(&told.info, told.lang, reader->arena, &record, why)) &&
                   answer_told(reader, &record, &told, node->source, why)
               ? true
               : PASS(why);
}

static bool read_element(struct reader *reader, const struct xml_node *root,
                         const struct xml_part *part, struct err *err)
{
    enum jail_turn turn;
    struct err why = { 0 };

    if (part->node && !str_eq(part->node->name, jvnrss_is(root) ? STR("item") : STR("Vulinfo")))
        return true;
    turn = jail_turn(reader->jail);
    if (turn == JAIL_PASS)
        return true;
    arena_reset(reader->arena);
    if (turn != JAIL_DO)
        return refuse(reader, part->line, aside_words(turn), STR_NONE, err) ? true : PASS(err);
    if (part->fault)
        return refuse(reader, part->line, str_from_z(part->fault), STR_NONE, err) ? true
                                                                                  : PASS(err);
    if (understand_element(reader, root, part->node, &why))
        return end(reader, err) ? true : PASS(err);
    return refuse(reader, part->line, str_from_z(why.subject), STR_NONE, err) ? true : PASS(err);
}

/* What cannot be read on is one step more; what stood before it counts. */
static bool refuse_rest(struct reader *reader, unsigned line, struct str reason, struct err *err)
{
    enum jail_turn turn = jail_turn(reader->jail);

    arena_reset(reader->arena);
    return turn == JAIL_PASS || refuse(reader, line, reason, STR_NONE, err) ? true : PASS(err);
}

/* A vendor of the dictionary is a step, with its products. */
static bool read_vendor(struct reader *reader, const struct xml_node *vendor, enum lang lang,
                        unsigned line, struct err *err)
{
    enum jail_turn turn = jail_turn(reader->jail);
    struct myjvn_listing listing = { 0 };

    arena_reset(reader->arena);
    if (turn == JAIL_PASS)
        return true;
    if (turn != JAIL_DO)
        return refuse(reader, line, aside_words(turn), STR_NONE, err) ? true : PASS(err);
    myjvn_listed_of_xml(vendor, lang, reader->arena, &listing);
    return answer_shape(reader, ANSWER_LISTED, &import_listing_shape, &listing, err) ? true
                                                                                     : PASS(err);
}

/* The whole dictionary is one child of its root. */
static bool read_vendors(struct reader *reader, const struct xml_part *part, struct err *err)
{
    if (part->fault)
        return refuse_rest(reader, part->line, str_from_z(part->fault), err) ? true : PASS(err);
    for (const struct xml_node *vendor = myjvn_listed_first(part->node); vendor;
         vendor = xml_next(vendor))
        if (!read_vendor(reader, vendor, myjvn_listed_lang(part->node), part->line, err))
            return PASS(err);
    return true;
}

/* MyJVN answers a question it cannot answer with a document like any other, whose status says so. */
static bool is_fault(const struct xml_node *node)
{
    return node && str_eq(node->name, STR("Status")) &&
           str_eq(node->space, STR("http://jvndb.jvn.jp/myjvn/Status")) &&
           str_eq(xml_attribute_of(node, "retCd"), STR("1"));
}

static bool refuse_fault(struct reader *reader, const struct xml_part *part, struct err *err)
{
    struct str code = xml_attribute_of(part->node, "errCd"),
               words = xml_attribute_of(part->node, "errMsg");

    return refuse_rest(reader, part->line,
                       arena_printf(reader->out_arena, "%.*s %.*s", STR_ARG(str_take(code, 32)),
                                    STR_ARG(str_take(words, 512))),
                       err)
               ? true
               : PASS(err);
}

static bool read_elements(struct reader *reader, struct err *err)
{
    CLEANUP(xml_split_free_var)
    struct xml_split *split = xml_split_new(read_file, reader, CATALOG_RECORD_MAX);
    struct xml_part part;
    struct err why = { 0 };
    int there;

    if (!split)
        return FAIL(err, TOO_LARGE, STR("memory"));
    while ((there = xml_split_next(split, &part, &why)) == 1) {
        const struct xml_node *root = xml_split_root(split);

        if (!is_known(reader, root))
            break;
        if (is_fault(part.node)) {
            if (!refuse_fault(reader, &part, err))
                return PASS(err);
            continue;
        }
        if (!(myjvn_listed_is_xml(root) ? read_vendors(reader, &part, err)
                                        : read_element(reader, root, &part, err)))
            return PASS(err);
    }
    if (there < 0 && why.code != ERR_XML_SYNTAX) {
        *err = why;
        return PASS(err);
    }
    if (there < 0)
        return refuse_rest(reader, why.line, str_from_z(why.subject), err) ? true : PASS(err);
    return is_known(reader, xml_split_root(split)) ||
                   refuse_rest(reader, 1, STR("its format is not known"), err)
               ? true
               : PASS(err);
}

/* ---- files ---- */

static enum import_format format_of(const struct reader *reader)
{
    struct str head = head_of(reader);

    if (reader->format == IMPORT_KEV || reader->format == IMPORT_EPSS)
        return reader->format;
    if (str_starts(head, STR("#model_version")) || str_starts(head, STR("cve,epss")))
        return IMPORT_EPSS;
    if (reader->format == IMPORT_ANY &&
        (str_contains(head, STR("\"catalogVersion\"")) || kev_csv_is_one(head)))
        return IMPORT_KEV;
    return IMPORT_ANY;
}

static bool is_csaf(const struct reader *reader)
{
    return reader->format == IMPORT_CSAF ||
           (reader->format == IMPORT_ANY && str_contains(head_of(reader), STR("\"csaf_version\"")));
}

static bool is_xml(const struct reader *reader, struct str head)
{
    return reader->format == IMPORT_JVNRSS || reader->format == IMPORT_VULDEF ||
           ((reader->format == IMPORT_ANY || reader->format == IMPORT_JVN_PRODUCTS) &&
            str_starts(head, STR("<")));
}

/* The CVE list's own log, which lies among its records: what changed when. */
static bool is_log_of_changes(struct str head)
{
    return str_contains(head, STR("\"fetchTime\"")) &&
           str_contains(head, STR("\"numberOfChanges\""));
}

/* In an archive as in a folder: licences, signatures and pages that lie beside the feeds are none. An interface's answers have names without an ending. */
static bool is_beside_feeds(const struct reader *reader, struct str head)
{
    bool is_chosen = reader->member.len == 0 || reader->is_bundle,
         is_json = str_starts(head, STR("{")) || str_starts(head, STR("["));

    return reader->format == IMPORT_ANY &&
           (is_log_of_changes(head) || (!is_chosen && !is_json && !endoflife_is_page(head) &&
                                        !import_is_feed(reader->member)));
}

static bool read_members(struct reader *reader, struct err *err);

static bool refuse_damaged(struct reader *reader, struct err *err)
{
    const struct err why = *err;

    *err = (struct err){ 0 };
    reader->level->head_len = 0;
    return refuse_file(reader, str_from_z(why.subject), err) ? true : PASS(err);
}

/* An archive in an archive, as a repository's feeds are kept in one. Damaged, it is refused, and what lies behind it is read. */
static bool read_within(struct reader *reader, struct err *err)
{
    struct str member = reader->member;
    struct level within = { .outer = reader->level };
    CLEANUP(archive_free_var)
    struct archive *archive = archive_new(read_level, reader->level, &limits_within);
    bool ok;

    if (!archive)
        return FAIL(err, TOO_LARGE, STR("memory"));
    within.archive = archive;
    reader->level = &within;
    ok = read_members(reader, err);
    reader->level = within.outer;
    reader->member = member;
    return ok || (err->code == ERR_ARCHIVE && refuse_damaged(reader, err)) ? true : PASS(err);
}

static bool read_one(struct reader *reader, struct err *err)
{
    struct str head;

    if (!look_at_head(reader->level, err))
        return PASS(err);
    head = head_of(reader);
    (void)str_skip(&head, STR("\xef\xbb\xbf"));
    head = str_trim(head);
    if (reader->member.len > 0 && !reader->level->outer && archive_is_one(head_of(reader)))
        return read_within(reader, err) ? true : PASS(err);
    if (is_beside_feeds(reader, head))
        return true;
    if (head.len == 0 && reader->level->head_len < HEAD)
        return refuse_file(reader, STR("it is empty"), err) ? true : PASS(err);
    switch (format_of(reader)) {
    case IMPORT_KEV:
        return read_kev(reader, err) ? true : PASS(err);
    case IMPORT_EPSS:
        return read_epss(reader, err) ? true : PASS(err);
    default:
        break;
    }
    if (is_xml(reader, head))
        return read_elements(reader, err) ? true : PASS(err);
    if (is_table(reader, head))
        return read_table(reader, err) ? true : PASS(err);
    if (reader->format == IMPORT_EOL ? str_starts(head, STR("---"))
                                     : reader->format == IMPORT_ANY && endoflife_is_page(head))
        return read_page(reader, err) ? true : PASS(err);
    reader->is_csaf = is_csaf(reader);
    if (head.len > 0 && head.ptr[0] != '{' && head.ptr[0] != '[' && reader->format == IMPORT_ANY)
        return refuse_file(reader, STR("its format is not known"), err) ? true : PASS(err);
    return read_records(reader, err) ? true : PASS(err);
}

static int next_member(struct reader *reader, struct err *err)
{
    struct level *level = reader->level;
    struct str outer = reader->member;
    int there = archive_next(level->archive, &reader->member, err);

    if (there == 1 && level->outer) {
        snprintf(level->name, sizeof level->name, "%.*s/%.*s", STR_ARG(outer),
                 STR_ARG(reader->member));
        reader->member = str_from_z(level->name);
    }
    return there;
}

/* A file whose own packing is damaged is refused; those behind it are read. */
static bool read_members(struct reader *reader, struct err *err)
{
    const struct archive *archive = reader->level->archive;
    struct str outer = reader->member;
    int there;

    do {
        reader->member = outer;
        there = next_member(reader, err);
        if (there == 1 && !read_one(reader, err))
            there = -1;
        if (there < 0 && err->code == ERR_ARCHIVE && archive_has_more(archive) &&
            refuse_damaged(reader, err))
            there = 1;
    } while (there == 1);
    return there == 0 ? true : PASS(err);
}

bool import_read(struct jail *jail, void *task, struct err *err)
{
    const struct import_taking *taking = task;
    CLEANUP(arena_free_var)
    struct arena *arena = arena_new(RECORD_MEMORY), *out = arena_new(2u * IMPORT_ANSWER_MAX);
    CLEANUP(json_reader_free_var) struct json_reader *json = json_reader_new();
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    CLEANUP(archive_free_var) struct archive *archive = NULL;
    struct reader *reader = ARENA_NEW(out, struct reader);

    arena_keep(arena, RECORD_KEPT);
    *reader = (struct reader){ .jail = jail,
                               .format = taking->format,
                               .is_bundle = taking->members != NULL,
                               .is_plain = taking->alone != NULL,
                               .json = json,
                               .packer = packer,
                               .arena = arena,
                               .out_arena = out,
                               .out = buf_new(out, IMPORT_ANSWER_MAX) };
    reader->input = reader->level = ARENA_NEW(out, struct level);
    *reader->level = (struct level){ .archive = archive = archive_new(read_input, jail, &limits) };
    if (!json || !packer || !archive)
        return FAIL(err, TOO_LARGE, STR("memory"));
    return read_members(reader, err) ? true : PASS(err);
}

/* ---- what is packed ---- */

bool import_feed(struct jail *jail, void *task, struct err *err)
{
    CLEANUP(archive_free_var) struct archive *archive = archive_new(read_input, jail, &limits);
    char *room = malloc(FEED);
    ssize_t n = -1;
    bool ok = true;
    (void)task;

    if (!archive || !room)
        ok = FAIL(err, TOO_LARGE, STR("memory"));
    else
        ok = archive_unpack(archive, err);
    while (ok && (n = archive_read(archive, room, FEED, err)) > 0) {
        jail_beat(jail, archive_used(archive));
        ok = jail_feed(jail, (struct str){ room, (size_t)n }, err);
    }
    free(room);
    return ok && n == 0 ? true : PASS(err);
}
