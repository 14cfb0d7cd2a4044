#include "domain/advisory/site.h"

#include "domain/advisory/view.h"
#include "formats/csaf/csaf.h"
#include "seal/seal.h"

struct advisory_site advisory_site_from(const struct settings *settings)
{
    return (struct advisory_site){
        .portal_url = settings->portal_url,
        .desk_url = settings->desk_url,
        .publisher_ja = settings->publisher_name_ja,
        .publisher_en = settings->publisher_name_en,
        .publisher_namespace = settings->publisher_namespace,
        .receiving_ja = settings->receiving_body_ja,
        .receiving_en = settings->receiving_body_en,
        .coordinating_ja = settings->coordinating_body_ja,
        .coordinating_en = settings->coordinating_body_en,
        .target_days = settings->target_days,
    };
}

struct number_prefixes prefixes_from(const struct settings *settings)
{
    return (struct number_prefixes){ .of = { [SERIES_PARTNERSHIP] = settings->advisory_prefix,
                                             [SERIES_COORDINATED] =
                                                 settings->advisory_prefix_coordinated,
                                             [SERIES_ALERT] = settings->advisory_prefix_alert } };
}

struct str site_publisher(const struct advisory_site *site, enum lang lang)
{
    return lang == LANG_JA ? site->publisher_ja : site->publisher_en;
}

struct str site_fingerprint(const struct advisory_site *site, struct arena *arena)
{
    const struct str parts[] = {
        site->portal_url,          site->desk_url,
        site->publisher_ja,        site->publisher_en,
        site->publisher_namespace, site->receiving_ja,
        site->receiving_en,        site->coordinating_ja,
        site->coordinating_en,     arena_printf(arena, "%lld", (long long)site->target_days)
    };
    struct hash_stream stream;
    struct hash hash;

    hash_begin(&stream);
    for (size_t i = 0; i < COUNT(parts); i++)
        hash_add(&stream, parts[i]);
    hash = hash_end(&stream);
    return str_take(hash_hex(hash, arena), 32);
}

static const char *prefix(enum lang lang) { return lang == LANG_EN ? "/en" : ""; }

struct str path_of_page(struct str slug, enum lang lang, struct arena *arena)
{
    return arena_printf(arena, "%s/advisories/%.*s", prefix(lang), STR_ARG(slug));
}

struct str url_of_page(const struct advisory_site *site, struct str number, enum lang lang,
                       struct arena *arena)
{
    struct str path = path_of_page(advisory_slug(number, arena), lang, arena);

    return arena_printf(arena, "%.*s%.*s", STR_ARG(site->portal_url), STR_ARG(path));
}

struct str path_of_json(struct str slug, struct arena *arena)
{
    return arena_printf(arena, "/advisories/%.*s.json", STR_ARG(slug));
}

struct str path_of_vuldef(struct str slug, enum lang lang, struct arena *arena)
{
    return arena_printf(arena, "%s/vuldef/%.*s.xml", prefix(lang), STR_ARG(slug));
}

struct str csaf_file_of(struct str number, struct utc published, struct arena *arena)
{
    return arena_printf(arena, "%04d/%.*s", utc_to_civil(published).year,
                        STR_ARG(csaf_file_name(number, arena)));
}
