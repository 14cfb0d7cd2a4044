#include "base/ascii.h"
#include "formats/csaf/csaf.h"
#include "formats/csaf/csaf_internal.h"
#include <stdlib.h>

static bool is_kept(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

struct str csaf_file_name(struct str tracking_id, struct arena *arena)
{
    struct buf buf = buf_new(arena, tracking_id.len + sizeof ".json");
    bool replaced = false;

    for (size_t i = 0; i < tracking_id.len; i++) {
        char c = ascii_lower(tracking_id.ptr[i]);

        if (is_kept(c))
            buf_byte(&buf, c);
        else if (!replaced)
            buf_byte(&buf, '_');
        replaced = !is_kept(c);
    }
    buf_add(&buf, STR(".json"));
    return buf_str(&buf);
}

void csaf_write_index(const struct csaf_entries *entries, struct buf *out)
{
    for (size_t i = 0; i < entries->len; i++) {
        buf_add(out, entries->at[i].path);
        buf_byte(out, '\n');
    }
}

static int latest_first(const void *a, const void *b)
{
    const struct csaf_entry *x = a, *y = b;

    if (x->updated.ms != y->updated.ms)
        return x->updated.ms > y->updated.ms ? -1 : 1;
    return str_cmp(x->path, y->path);
}

void csaf_write_changes(const struct csaf_entries *entries, struct arena *arena, struct buf *out)
{
    struct csaf_entry *sorted = ARENA_NEW_N(arena, entries->len, struct csaf_entry);

    for (size_t i = 0; i < entries->len; i++)
        sorted[i] = entries->at[i];
    if (entries->len > 1)
        qsort(sorted, entries->len, sizeof *sorted, latest_first);
    for (size_t i = 0; i < entries->len; i++)
        buf_printf(out, "\"%.*s\",\"%.*s\"\n", STR_ARG(sorted[i].path),
                   STR_ARG(utc_iso(arena, sorted[i].updated)));
}

static void put_link(struct json_writer *w, const char *rel, struct str href, const char *suffix)
{
    json_object_begin(w);
    json_pair(w, "rel", str_from_z(rel));
    json_pair(w, "href", arena_printf(w->buf->arena, "%.*s%s", STR_ARG(href), suffix));
    json_object_end(w);
}

static void put_entry(struct json_writer *w, const struct csaf_feed *feed,
                      const struct csaf_entry *entry)
{
    json_object_begin(w);
    json_pair(w, "id", entry->id);
    json_pair(w, "title", entry->title);
    json_key(w, "link");
    json_array_begin(w);
    put_link(w, "self", entry->url, "");
    if (feed->has_sha256)
        put_link(w, "hash", entry->url, ".sha256");
    if (feed->has_sha512)
        put_link(w, "hash", entry->url, ".sha512");
    if (feed->has_signature)
        put_link(w, "signature", entry->url, ".asc");
    json_array_end(w);
    csaf_put_instant(w, "published", entry->published);
    csaf_put_instant(w, "updated", entry->updated);
    if (!str_is_empty(entry->summary)) {
        json_key(w, "summary");
        json_object_begin(w);
        json_pair(w, "content", entry->summary);
        json_object_end(w);
    }
    json_key(w, "content");
    json_object_begin(w);
    json_pair(w, "type", STR("application/json"));
    json_pair(w, "src", entry->url);
    json_object_end(w);
    json_key(w, "format");
    json_object_begin(w);
    json_pair(w, "schema", STR("https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json"));
    json_pair(w, "version", STR("2.0"));
    json_object_end(w);
    json_object_end(w);
}

void csaf_write_feed(const struct csaf_feed *feed, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    json_key(&w, "feed");
    json_object_begin(&w);
    json_pair(&w, "id", feed->id);
    json_pair(&w, "title", feed->title);
    json_key(&w, "link");
    json_array_begin(&w);
    put_link(&w, "self", feed->url, "");
    json_array_end(&w);
    json_key(&w, "category");
    json_array_begin(&w);
    json_object_begin(&w);
    json_pair(&w, "scheme", STR("urn:ietf:params:rolie:category:information-type"));
    json_pair(&w, "term", STR("csaf"));
    json_object_end(&w);
    json_array_end(&w);
    csaf_put_instant(&w, "updated", feed->updated);
    json_key(&w, "entry");
    json_array_begin(&w);
    for (size_t i = 0; i < feed->entries.len; i++)
        put_entry(&w, feed, &feed->entries.at[i]);
    json_array_end(&w);
    json_object_end(&w);
    json_object_end(&w);
    buf_byte(out, '\n');
}

static void put_feeds(struct json_writer *w, const struct csaf_provider *provider)
{
    if (provider->feeds.len == 0)
        return;
    json_object_begin(w);
    json_key(w, "rolie");
    json_object_begin(w);
    json_key(w, "feeds");
    json_array_begin(w);
    for (size_t i = 0; i < provider->feeds.len; i++) {
        json_object_begin(w);
        json_pair(w, "summary", provider->feeds.at[i].summary);
        json_pair(w, "tlp_label", provider->feeds.at[i].tlp);
        json_pair(w, "url", provider->feeds.at[i].url);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}

static void put_distributions(struct json_writer *w, const struct csaf_provider *provider)
{
    if (provider->feeds.len + provider->directory_urls.len == 0)
        return;
    json_key(w, "distributions");
    json_array_begin(w);
    for (size_t i = 0; i < provider->directory_urls.len; i++) {
        json_object_begin(w);
        json_pair(w, "directory_url", provider->directory_urls.at[i]);
        json_object_end(w);
    }
    put_feeds(w, provider);
    json_array_end(w);
}

static void put_keys(struct json_writer *w, const struct csaf_provider *provider)
{
    if (provider->keys.len == 0)
        return;
    json_key(w, "public_openpgp_keys");
    json_array_begin(w);
    for (size_t i = 0; i < provider->keys.len; i++) {
        json_object_begin(w);
        json_pair(w, "fingerprint", provider->keys.at[i].fingerprint);
        json_pair(w, "url", provider->keys.at[i].url);
        json_object_end(w);
    }
    json_array_end(w);
}

void csaf_write_provider(const struct csaf_provider *provider, struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    json_pair(&w, "canonical_url", provider->canonical_url);
    put_distributions(&w, provider);
    csaf_put_instant(&w, "last_updated", provider->last_updated);
    json_key(&w, "list_on_CSAF_aggregators");
    json_put_bool(&w, provider->may_be_listed);
    json_pair(&w, "metadata_version", STR("2.0"));
    json_key(&w, "mirror_on_CSAF_aggregators");
    json_put_bool(&w, provider->may_be_mirrored);
    put_keys(&w, provider);
    csaf_put_publisher(&w, &provider->publisher);
    json_pair(&w, "role", provider->role);
    json_object_end(&w);
    buf_byte(out, '\n');
}
