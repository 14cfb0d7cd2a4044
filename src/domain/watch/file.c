/* The list as a file of JSON, for a person to read and to keep beside other files. */
#include "base/err.h"
#include "domain/watch/watch.h"
#include "formats/cvss/cvss.h"
#include "formats/json/json.h"

#define VERSION_KEY "noroshi_watch"
enum { VERSION = 1, CONDITIONS_MAX = 32 };

/* ---- writing ---- */

static void put_time(struct json_writer *w, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(w, key, utc_iso(w->buf->arena, t));
}

static void put_text(struct json_writer *w, const char *key, struct str text)
{
    if (text.len > 0)
        json_pair(w, key, text);
}

static void put_flag(struct json_writer *w, const char *key, bool flag)
{
    if (!flag)
        return;
    json_key(w, key);
    json_put_bool(w, true);
}

static void put_item(struct json_writer *w, const struct watch_item *item)
{
    json_object_begin(w);
    json_pair(w, "id", item->name);
    put_text(w, "title_ja", item->title_ja);
    put_text(w, "title_en", item->title_en);
    json_pair(w, "severity", catalog_severity_name(item->severity));
    if (item->tenths != CVSS_NO_SCORE) {
        json_key(w, "score");
        json_put_tenths(w, item->tenths);
    }
    put_flag(w, "kev", item->is_kev);
    put_time(w, "modified", item->modified);
    put_time(w, "found", item->found);
    json_pair(w, "state", watch_state_name(item->state));
    json_pair(w, "note", item->note);
    put_time(w, "decided", item->decided);
    put_text(w, "by", item->by);
    put_flag(w, "changed", item->is_changed);
    json_object_end(w);
}

void watch_write(const struct watch *watch, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    json_key(&w, VERSION_KEY);
    json_put_int(&w, VERSION);
    put_time(&w, "searched", watch->searched);
    json_key(&w, "products");
    json_array_begin(&w);
    for (size_t i = 0; i < watch->products.len; i++)
        json_put_text(&w, watch->products.at[i]);
    json_array_end(&w);
    json_key(&w, "conditions");
    json_object_begin(&w);
    for (size_t i = 0; i < watch->conditions.len; i++)
        json_pair(&w, arena_z(out->arena, watch->conditions.at[i].name),
                  watch->conditions.at[i].value);
    json_object_end(&w);
    json_key(&w, "items");
    json_array_begin(&w);
    for (size_t i = 0; i < watch->items.len; i++)
        put_item(&w, &watch->items.at[i]);
    json_array_end(&w);
    json_object_end(&w);
    buf_byte(out, '\n');
}

/* ---- reading ---- */

static bool read_time(struct json json, struct utc *out)
{
    struct err ignored = { 0 };

    return json_kind(json) == JSON_NONE || utc_parse(json_text(json), out, &ignored);
}

static bool is_line(struct str text, size_t max)
{
    return text.len <= max && str_is_plain(text, false);
}

static bool read_item(struct json json, struct watch_item *out)
{
    struct str state = json_text(json_get(json, "state")),
               severity = json_text(json_get(json, "severity"));
    double score = json_number(json_get(json, "score"), -1);

    *out = (struct watch_item){ .name = json_text(json_get(json, "id")),
                                .title_ja = json_text(json_get(json, "title_ja")),
                                .title_en = json_text(json_get(json, "title_en")),
                                .by = json_text(json_get(json, "by")),
                                .note = json_text(json_get(json, "note")),
                                .is_kev = json_is_true(json_get(json, "kev")),
                                .is_changed = json_is_true(json_get(json, "changed")),
                                .tenths = score >= 0 && score <= 10 ? (int)(score * 10 + 0.5)
                                                                    : CVSS_NO_SCORE };
    return out->name.len > 0 && is_line(out->name, WATCH_KEY_MAX) &&
           out->note.len <= WATCH_NOTE_MAX && str_is_plain(out->note, true) &&
           watch_state_from_name(state, &out->state) &&
           (severity.len == 0 || catalog_severity_from_name(severity, &out->severity)) &&
           read_time(json_get(json, "modified"), &out->modified) &&
           read_time(json_get(json, "found"), &out->found) &&
           read_time(json_get(json, "decided"), &out->decided);
}

static bool read_products(struct json list, struct arena *arena, struct watch *out, struct err *err)
{
    struct json one;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &one);) {
        struct str text = json_text(one), key;
        bool is_new;

        if (!watch_key_of(text, arena, &key))
            return FAIL(err, INPUT, text.len > 0 ? str_take(text, 80) : STR("products"));
        if (!watch_add(out, key, arena, &is_new, err))
            return PASS(err);
    }
    return true;
}

static bool read_conditions(struct json object, struct arena *arena, struct watch *out,
                            struct err *err)
{
    struct json value;
    struct str name;

    for (struct json_iter i = json_iter(object); json_next(&i, &name, &value);) {
        if (out->conditions.len == CONDITIONS_MAX || json_kind(value) != JSON_TEXT ||
            !is_line(json_text(value), WATCH_KEY_MAX))
            return FAIL(err, INPUT, str_take(name, 80));
        VEC_PUSH(arena, &out->conditions, (struct watch_condition){ name, json_text(value) });
    }
    return true;
}

static bool read_items(struct json list, struct arena *arena, struct watch *out, struct err *err)
{
    struct json one;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &one);) {
        struct watch_item item;

        if (out->items.len == WATCH_ITEMS_MAX)
            return FAIL(err, TOO_LARGE, STR("items"));
        if (!read_item(one, &item))
            return FAIL(err, INPUT, item.name.len > 0 ? str_take(item.name, 80) : STR("items"));
        VEC_PUSH(arena, &out->items, item);
    }
    return true;
}

bool watch_read(struct str text, struct arena *arena, struct watch *out, struct err *err)
{
    struct json json;

    *out = (struct watch){ 0 };
    if (!json_read(text, arena, &json, err))
        return PASS(err);
    if (json_int(json_get(json, VERSION_KEY), 0) != VERSION ||
        !read_time(json_get(json, "searched"), &out->searched))
        return FAIL(err, INPUT, STR(VERSION_KEY));
    return read_products(json_get(json, "products"), arena, out, err) &&
                   read_conditions(json_get(json, "conditions"), arena, out, err) &&
                   read_items(json_get(json, "items"), arena, out, err)
               ? true
               : PASS(err);
}
