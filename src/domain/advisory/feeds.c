/* domain/advisory/feeds.c: how programs find our CSAF documents (CSAF 2.0, section 7.1), and how people reach us about our own site. */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/csaf/csaf.h"

static struct str here(const struct advisory_site *site, struct arena *arena, const char *path)
{
    return arena_printf(arena, "%.*s%s", STR_ARG(site->portal_url), path);
}

bool feed_provider_metadata(const struct advisory_site *site, struct utc updated,
                            struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct csaf_provider provider = {
        .canonical_url = here(site, arena, PATH_CSAF "provider-metadata.json"),
        .role = STR("csaf_provider"),
        .last_updated = updated,
        .may_be_listed = true,
        .may_be_mirrored = true,
        .publisher = { .category = STR("coordinator"),
                       .name = site->publisher_ja,
                       .namespace_uri = site->publisher_namespace },
    };

    VEC_PUSH(arena, &provider.feeds,
             (struct csaf_provider_feed){ STR("TLP:WHITE advisories"), STR("WHITE"),
                                          here(site, arena, PATH_CSAF "feed-tlp-white.json") });
    VEC_PUSH(arena, &provider.directory_urls, here(site, arena, PATH_CSAF_WHITE));
    csaf_write_provider(&provider, &buf);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static struct csaf_entries entries_of(const struct advisory_rows *rows,
                                      const struct advisory_site *site, struct arena *arena)
{
    struct csaf_entries entries = { 0 };

    for (size_t i = 0; i < rows->len; i++) {
        const struct advisory_row *row = &rows->at[i];
        struct str file = csaf_file_of(row->number, row->published_at, arena);

        VEC_PUSH(arena, &entries,
                 (struct csaf_entry){
                     .id = row->number,
                     .title = row->title_ja,
                     .summary = row->title_en,
                     .path = file,
                     .url = site ? arena_printf(arena, "%.*s" PATH_CSAF_WHITE "%.*s",
                                                STR_ARG(site->portal_url), STR_ARG(file))
                                 : STR_NONE,
                     .published = row->published_at,
                     .updated = row->updated_at });
    }
    return entries;
}

bool feed_rolie(const struct advisory_rows *rows, const struct advisory_site *site,
                struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, (size_t)INDEX_MAX);
    struct csaf_feed feed = {
        .id = STR("csaf-feed-tlp-white"),
        .title = STR("CSAF feed (TLP:WHITE)"),
        .url = here(site, arena, PATH_CSAF "feed-tlp-white.json"),
        .updated = rows->len ? rows->at[0].updated_at : (struct utc){ 0 },
        .has_sha256 = true,
        .has_sha512 = true,
        .entries = entries_of(rows, site, arena),
    };

    csaf_write_feed(&feed, &buf);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool feed_index_txt(const struct advisory_rows *rows, struct arena *arena, struct str *out,
                    struct err *err)
{
    struct csaf_entries entries = entries_of(rows, NULL, arena);
    struct buf buf = buf_new(arena, FORMAT_MAX);

    csaf_write_index(&entries, &buf);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool feed_changes_csv(const struct advisory_rows *rows, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct csaf_entries entries = entries_of(rows, NULL, arena);
    struct buf buf = buf_new(arena, FORMAT_MAX);

    csaf_write_changes(&entries, arena, &buf);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

struct str hash_file(struct str hex, struct str file, struct arena *arena)
{
    return arena_printf(arena, "%.*s  %.*s\n", STR_ARG(hex),
                        STR_ARG(str_drop(file, str_index(file, '/') + 1)));
}

struct str feed_security_txt(const struct advisory_site *site, struct utc now, struct arena *arena)
{
    struct civil c = utc_to_civil(now);

    return arena_printf(arena,
                        "Contact: %.*s/report\n"
                        "Expires: %04d-%02d-01T00:00:00Z\n"
                        "Preferred-Languages: ja, en\n"
                        "Canonical: %.*s/.well-known/security.txt\n"
                        "CSAF: %.*s" PATH_CSAF "provider-metadata.json\n",
                        STR_ARG(site->portal_url), c.year + 1, c.month, STR_ARG(site->portal_url),
                        STR_ARG(site->portal_url));
}
