/* The demonstration's catalogue: made-up vulnerabilities of made-up products, as several sources would tell them over some weeks. */
#include <string.h>

#include "base/ascii.h"
#include "base/err.h"
#include "domain/catalog/catalog.h"
#include "domain/myjvn/dictionary.h"
#include "faces/cli/demo/demo.h"
#include "faces/cli/demo/demo.sql.h"
#include "faces/cli/demo/text.h"
#include "formats/cvss/cvss.h"
#include "store/kinds.h"

enum {
    FLAWS = 64,
    RECENT = 26,
    KEV_EVERY = 9,
    EPSS_DAYS = 30,
    ITEM_MEMORY = 128 << 20,
    LISTED_FROM = 900001
};
enum stage { TOLD, RATED, CORRECTED, STAGES };

/* When each stage is taken in, in days before now. */
static const int stage_days[STAGES] = { 40, 12, 1 };

struct flaw {
    struct demo_topic topic;
    unsigned number;
    struct utc published;
    struct str cve, version, fixed; /* affected up to version; fixed from there */
    const char *category;
};

struct library {
    struct store *store;
    struct utc now;
    struct arena *arena; /* of one flaw */
};

/* ---- flaws ---- */

static struct flaw flaw_of(const struct library *l, unsigned i)
{
    struct flaw flaw = {
        .topic = { &demo_products[i * 7 % demo_product_count],
                   &demo_weaknesses[(i * 5 + i / demo_product_count) % demo_weakness_count], i },
        .number = i
    };
    int days = i < RECENT ? (int)(2 + i * 2) : (int)(60 + (i - RECENT) * 26);

    flaw.published = (struct utc){ utc_add_days(l->now, -days).ms / UTC_HOUR * UTC_HOUR };
    flaw.cve = arena_printf(l->arena, "CVE-%d-%u", utc_to_jst(flaw.published).year, 99001 + i * 13);
    flaw.version = arena_printf(l->arena, "%d.%u.%u", flaw.topic.product->major, i % 6, i % 4);
    flaw.fixed = arena_printf(l->arena, "%d.%u.%u", flaw.topic.product->major, i % 6, i % 4 + 1);
    flaw.category = flaw.topic.product->category;
    return flaw;
}

static bool is_device(const struct flaw *flaw)
{
    static const char *const kinds[] = { "router", "iot", "control" };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(flaw->category, kinds[i]) == 0)
            return true;
    return false;
}

static bool is_library(const struct flaw *flaw) { return strcmp(flaw->category, "library") == 0; }
static bool is_exploited(const struct flaw *flaw) { return flaw->number % KEV_EVERY == 2; }
static bool is_in_japanese(const struct flaw *flaw) { return flaw->number % 4 != 3; }
static bool is_rejected(const struct flaw *flaw) { return flaw->number % 29 == 17; }
static bool is_disputed(const struct flaw *flaw) { return flaw->number % 31 == 5; }

/* "Mihon Cart" as a package is called: "mihon-cart". */
static struct str package_of(const char *name, struct arena *arena)
{
    struct str text = str_from_z(name);
    char *key = arena_alloc(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        key[i] = text.ptr[i] == ' ' ? '-' : ascii_lower(text.ptr[i]);
    return (struct str){ key, text.len };
}

/* The same as a CPE name writes it: "mihon_cart", with a mark before what is no letter. */
static void add_key(struct buf *buf, const char *name)
{
    for (; *name; name++) {
        if (!ascii_is_alnum(*name) && !strchr(" .-_", *name))
            buf_byte(buf, '\\');
        buf_byte(buf, *name == ' ' ? '_' : ascii_lower(*name));
    }
}

static struct str cpe_of(const struct flaw *flaw, const char *part, const char *suffix,
                         const char *version, struct arena *arena)
{
    struct buf buf = buf_new(arena, 512);

    buf_printf(&buf, "cpe:2.3:%s:", part);
    add_key(&buf, topic_vendor(&flaw->topic)->en);
    buf_byte(&buf, ':');
    add_key(&buf, flaw->topic.product->name_en);
    buf_printf(&buf, "%s:%s:*:*:*:*:*:*:*", suffix, version);
    return buf_str(&buf);
}

static struct str own_cpe(const struct flaw *flaw, struct arena *arena)
{
    return is_device(flaw) ? cpe_of(flaw, "o", "_firmware", "*", arena)
                           : cpe_of(flaw, "a", "", "*", arena);
}

/* ---- what sources say ---- */

static void add_text(struct arena *arena, struct catalog_record *record,
                     enum catalog_text_kind kind, const char *lang, struct str text)
{
    VEC_PUSH(arena, &record->texts,
             (struct catalog_text){ .kind = kind, .lang = str_from_z(lang), .text = text });
}

static struct str description_en(const struct flaw *flaw, struct arena *arena)
{
    const struct demo_weakness *w = flaw->topic.weakness;

    return arena_printf(arena, "%s before %.*s is vulnerable to %s. %s %s",
                        flaw->topic.product->name_en, STR_ARG(flaw->fixed), w->en, w->what_en,
                        w->impact_en);
}

static void add_score(const struct flaw *flaw, const char *by, struct arena *arena,
                      struct catalog_record *record)
{
    struct str vector = str_from_z(flaw->topic.weakness->cvss);
    struct err ignored = { 0 };
    struct cvss cvss;

    if (cvss_parse(vector, &cvss, &ignored))
        VEC_PUSH(arena, &record->scores,
                 (struct catalog_score){ .by = str_from_z(by),
                                         .vector = vector,
                                         .version = STR("3.1"),
                                         .tenths = cvss_base_tenths(&cvss),
                                         .is_primary = true });
}

static void add_reference(struct arena *arena, struct catalog_record *record, struct str url,
                          const char *kind)
{
    VEC_PUSH(arena, &record->references, (struct catalog_reference){ url, str_from_z(kind) });
}

/* A device is its firmware on its hardware: both together. */
static void add_configuration(const struct flaw *flaw, struct arena *arena,
                              struct catalog_record *record)
{
    struct configuration whole = { .is_and = is_device(flaw) }, node = { 0 }, hardware = { 0 };

    VEC_PUSH(
        arena, &node.criteria,
        (struct criterion){ .cpe = own_cpe(flaw, arena),
                            .is_vulnerable = true,
                            .from = flaw->number % 3 == 0
                                        ? arena_printf(arena, "%d.0.0", flaw->topic.product->major)
                                        : STR_NONE,
                            .to = flaw->fixed });
    VEC_PUSH(arena, &whole.nodes, node);
    if (is_device(flaw)) {
        VEC_PUSH(arena, &hardware.criteria,
                 (struct criterion){ .cpe = cpe_of(flaw, "h", "", "-", arena) });
        VEC_PUSH(arena, &whole.nodes, hardware);
    }
    VEC_PUSH(arena, &record->configurations, whole);
}

static void tell_nvd(const struct flaw *flaw, enum stage stage, struct arena *arena,
                     struct catalog_record *out)
{
    *out = (struct catalog_record){
        .source = SOURCE_NVD,
        .id = flaw->cve,
        .origin = STR("cve@example.org"),
        .status = stage == TOLD ? STR("Received") : STR("Analyzed"),
        .is_disputed = is_disputed(flaw),
        .published = flaw->published,
        .modified = utc_add_days(flaw->published, stage == TOLD    ? 0
                                                  : stage == RATED ? 1
                                                                   : 9),
    };
    if (is_rejected(flaw)) {
        out->state = CATALOG_REJECTED;
        out->status = STR("Rejected");
        add_text(arena, out, TEXT_DESCRIPTION, "en",
                 STR("Rejected reason: This number was assigned twice; please use the other one."));
        return;
    }
    add_text(arena, out, TEXT_DESCRIPTION, "en", description_en(flaw, arena));
    add_reference(arena, out, topic_url(&flaw->topic, arena), "Vendor Advisory");
    if (stage == TOLD)
        return;
    add_score(flaw, "nvd@nist.gov", arena, out);
    VEC_PUSH(arena, &out->weaknesses, str_from_z(flaw->topic.weakness->cwe));
    add_configuration(flaw, arena, out);
    if (stage == CORRECTED)
        add_reference(arena, out,
                      arena_printf(arena, "https://research.example/notes/%u", flaw->number),
                      flaw->number % 2 ? "Exploit,Third Party Advisory" : "Patch");
}

static void tell_cve(const struct flaw *flaw, enum stage stage, struct arena *arena,
                     struct catalog_record *out)
{
    struct affected affected = { .vendor = str_from_z(topic_vendor(&flaw->topic)->en),
                                 .product = str_from_z(flaw->topic.product->name_en),
                                 .default_status = SPAN_UNAFFECTED };

    *out = (struct catalog_record){ .source = SOURCE_CVE,
                                    .id = flaw->cve,
                                    .origin = STR("example-cna"),
                                    .status = STR("PUBLISHED"),
                                    .published = flaw->published,
                                    .modified = flaw->published };
    add_text(arena, out, TEXT_TITLE, "en", topic_title(&flaw->topic, LANG_EN, arena));
    add_text(arena, out, TEXT_DESCRIPTION, "en", description_en(flaw, arena));
    add_text(arena, out, TEXT_WORKAROUND, "en", str_from_z(flaw->topic.weakness->avoid_en));
    add_reference(arena, out, topic_url(&flaw->topic, arena), "vendor-advisory");
    VEC_PUSH(arena, &affected.spans,
             (struct span){ .to = stage == TOLD ? flaw->version : flaw->fixed,
                            .to_is_included = stage == TOLD,
                            .to_is_fix = stage != TOLD });
    VEC_PUSH(arena, &out->affected, affected);
    if (stage != TOLD)
        out->modified = utc_add_days(flaw->published, 1);
}

static void tell_jvn(const struct flaw *flaw, struct arena *arena, struct catalog_record *out)
{
    const struct demo_weakness *w = flaw->topic.weakness;
    struct affected affected = { .vendor = str_from_z(topic_vendor(&flaw->topic)->ja),
                                 .product = str_from_z(flaw->topic.product->name),
                                 .default_status = SPAN_UNAFFECTED };
    struct configuration node = { 0 };

    *out = (struct catalog_record){
        .source = SOURCE_JVN,
        .id = arena_printf(arena, "JVNDB-%d-%06u", utc_to_jst(flaw->published).year,
                           900001 + flaw->number),
        .origin = STR("JVN iPedia"),
        .published = utc_add_days(flaw->published, 1),
        .modified = utc_add_days(flaw->published, 1),
    };
    VEC_PUSH(arena, &out->aliases, flaw->cve);
    VEC_PUSH(arena, &out->weaknesses, str_from_z(w->cwe));
    add_text(arena, out, TEXT_TITLE, "ja", topic_title(&flaw->topic, LANG_JA, arena));
    add_text(arena, out, TEXT_DESCRIPTION, "ja",
             arena_printf(arena, "%s が提供する%s「%s」には、%sの脆弱性が存在します。%s",
                          topic_vendor(&flaw->topic)->ja, flaw->topic.product->kind_ja,
                          flaw->topic.product->name, w->ja, w->what_ja));
    add_text(arena, out, TEXT_IMPACT, "ja", str_from_z(w->impact_ja));
    add_text(arena, out, TEXT_COUNTERMEASURE, "ja",
             arena_printf(arena,
                          "【修正版を適用する】\n製品開発者が提供する情報をもとに、バージョン %.*s "
                          "以降に更新してください。",
                          STR_ARG(flaw->fixed)));
    add_text(arena, out, TEXT_WORKAROUND, "ja", str_from_z(w->avoid_ja));
    add_score(flaw, "JVN iPedia", arena, out);
    VEC_PUSH(arena, &affected.spans, (struct span){ .to = flaw->fixed });
    VEC_PUSH(arena, &out->affected, affected);
    VEC_PUSH(arena, &node.criteria,
             (struct criterion){
                 .cpe = own_cpe(flaw, arena), .is_vulnerable = true, .to = flaw->fixed });
    VEC_PUSH(arena, &out->configurations, node);
    add_reference(arena, out, topic_url(&flaw->topic, arena), "advisory");
}

static void tell_osv(const struct flaw *flaw, struct arena *arena, struct catalog_record *out)
{
    struct str name = package_of(flaw->topic.product->name_en, arena);
    struct affected affected = { .ecosystem = flaw->number % 2 ? STR("npm") : STR("PyPI"),
                                 .name = name,
                                 .default_status = SPAN_UNAFFECTED };

    *out = (struct catalog_record){
        .source = SOURCE_OSV,
        .id = arena_printf(arena, "GHSA-dem%u-x%03u-y%03u", 2 + flaw->number % 7, flaw->number,
                           flaw->number * 7 % 1000),
        .origin = STR("GHSA"),
        .published = flaw->published,
        .modified = utc_add_days(flaw->published, 3),
    };
    VEC_PUSH(arena, &out->aliases, flaw->cve);
    add_text(arena, out, TEXT_TITLE, "en", topic_title(&flaw->topic, LANG_EN, arena));
    add_text(arena, out, TEXT_DESCRIPTION, "en", description_en(flaw, arena));
    VEC_PUSH(arena, &affected.spans, (struct span){ .to = flaw->fixed, .to_is_fix = true });
    VEC_PUSH(arena, &out->affected, affected);
    add_reference(arena, out,
                  arena_printf(arena, "https://code.example/mihon/%.*s/commit/%08x", STR_ARG(name),
                               flaw->number * 2654435761U),
                  "FIX");
}

/* ---- taking them in ---- */

static bool put(struct catalog_batch *batch, const struct catalog_record *record,
                struct arena *arena, struct err *err)
{
    struct buf buf = buf_new(arena, CATALOG_RECORD_MAX);
    enum catalog_change change;

    return catalog_record_encode(record, &buf, err) &&
                   catalog_put(batch, record, buf_str(&buf), NULL, arena, &change, err)
               ? true
               : PASS(err);
}

static bool put_flaw(const struct library *l, struct catalog_batch *batch, const struct flaw *flaw,
                     enum stage stage, struct err *err)
{
    struct catalog_record record;

    tell_nvd(flaw, stage, l->arena, &record);
    if (!put(batch, &record, l->arena, err))
        return PASS(err);
    if (is_rejected(flaw))
        return true;
    tell_cve(flaw, stage, l->arena, &record);
    if (!put(batch, &record, l->arena, err))
        return PASS(err);
    if (is_library(flaw)) {
        tell_osv(flaw, l->arena, &record);
        if (!put(batch, &record, l->arena, err))
            return PASS(err);
    }
    if (stage == TOLD || !is_in_japanese(flaw))
        return true;
    tell_jvn(flaw, l->arena, &record);
    return put(batch, &record, l->arena, err) ? true : PASS(err);
}

static bool put_stage(struct library *l, struct tx *tx, struct catalog_batch *batch,
                      enum stage stage, struct utc then, struct err *err)
{
    for (unsigned i = 0; i < FLAWS; i++) {
        struct flaw flaw;
        bool is_marked;

        arena_reset(l->arena);
        flaw = flaw_of(l, i);
        if (utc_add_days(flaw.published, 10).ms > then.ms && stage == CORRECTED)
            continue;
        if (flaw.published.ms > then.ms || (stage == CORRECTED && i % 3 != 0))
            continue;
        is_marked = stage == RATED && (is_device(&flaw) || i % 10 == 1);
        if ((is_marked &&
             !store_exec(tx, &sql_demo_mark,
                         BINDS(bind_text("name", flaw.cve), bind_int("embedded", is_device(&flaw)),
                               bind_int("standard", i % 10 == 1)),
                         NULL, err)) ||
            !put_flaw(l, batch, &flaw, stage, err))
            return PASS(err);
    }
    return true;
}

/* What the last stage does not reach is told for the first time today. */
static bool put_the_rest(struct library *l, struct catalog_batch *batch, struct err *err)
{
    for (unsigned i = 0; i < FLAWS; i++) {
        struct flaw flaw;

        arena_reset(l->arena);
        flaw = flaw_of(l, i);
        if (flaw.published.ms > utc_add_days(l->now, -stage_days[RATED]).ms &&
            !put_flaw(l, batch, &flaw, RATED, err))
            return PASS(err);
    }
    return true;
}

static bool put_kev(struct library *l, struct catalog_batch *batch, struct err *err)
{
    enum catalog_change change;
    bool is_old;

    if (!catalog_kev_begin(batch, l->now, &is_old, err))
        return PASS(err);
    for (unsigned i = 0; i < FLAWS; i++) {
        struct kev_item item;
        struct flaw flaw;

        arena_reset(l->arena);
        flaw = flaw_of(l, i);
        if (!is_exploited(&flaw))
            continue;
        item = (struct kev_item){
            .cve = flaw.cve,
            .vendor = str_from_z(topic_vendor(&flaw.topic)->en),
            .product = str_from_z(flaw.topic.product->name_en),
            .name = topic_title(&flaw.topic, LANG_EN, l->arena),
            .description = description_en(&flaw, l->arena),
            .action = STR("Apply mitigations per vendor instructions or discontinue use of the "
                          "product if mitigations are unavailable."),
            .added = utc_add_days(flaw.published, 4),
            .due = utc_add_days(flaw.published, 25),
            .is_ransomware = i % 2 == 0,
        };
        if (!catalog_put_kev(batch, &item, l->now, l->arena, &change, err))
            return PASS(err);
    }
    return catalog_kev_end(batch, l->now, err) ? true : PASS(err);
}

/* The chance rises with time, faster for what is exploited. */
static int chance_of(const struct flaw *flaw, int day)
{
    int base = 20 + (int)(flaw->number * 97 % 900), rise = day * day;

    return is_exploited(flaw) ? base + 12000 + rise * 60 : base + rise / 6;
}

static bool put_chances(struct library *l, struct catalog_batch *batch, int day, struct err *err)
{
    struct utc date = utc_add_days(l->now, day - EPSS_DAYS);

    date.ms = date.ms / UTC_DAY * UTC_DAY;
    for (unsigned i = 0; i < FLAWS; i++) {
        enum catalog_change change;
        struct epss_row row;
        struct flaw flaw;

        arena_reset(l->arena);
        flaw = flaw_of(l, i);
        if (flaw.published.ms > date.ms || is_rejected(&flaw))
            continue;
        row = (struct epss_row){ .cve = flaw.cve, .score = chance_of(&flaw, day) };
        row.percentile = 30000 + row.score * 2 / 3;
        if (row.percentile > 99900)
            row.percentile = 99900;
        if (!catalog_put_epss(batch, &row, date, l->arena, &change, err))
            return PASS(err);
    }
    return true;
}

/* ---- what they are called ---- */

/* "cpe:/o:sample_network_inc.:sample_router_rx-100_firmware" */
static struct str listed_cpe(const struct demo_product *product, const char *part,
                             const char *suffix, struct arena *arena)
{
    struct buf buf = buf_new(arena, 512);

    buf_printf(&buf, "cpe:/%s:", part);
    add_key(&buf, demo_vendors[product->vendor].en);
    if (*part) {
        buf_byte(&buf, ':');
        add_key(&buf, product->name_en);
        buf_add_z(&buf, suffix);
    }
    return buf_str(&buf);
}

/* A list of vendors and products in both languages, as JVN's dictionary is one. */
static bool put_names(struct library *l, struct tx *tx, enum lang lang, struct err *err)
{
    for (size_t i = 0; i < demo_product_count; i++) {
        const struct demo_product *product = &demo_products[i];
        const struct demo_vendor *vendor = &demo_vendors[product->vendor];
        const struct flaw flaw = { .category = product->category };
        enum catalog_change change;
        bool is_ja = lang == LANG_JA, is_firmware = is_device(&flaw);
        const char *name = is_ja ? product->name : product->name_en;
        struct myjvn_listed listed = { .vid = LISTED_FROM + product->vendor,
                                       .pid = LISTED_FROM + (int64_t)i,
                                       .vendor = str_from_z(is_ja ? vendor->ja : vendor->en),
                                       .lang = lang };

        arena_reset(l->arena);
        listed.vendor_cpe = listed_cpe(product, "", "", l->arena);
        listed.product =
            is_firmware ? arena_printf(l->arena, is_ja ? "%s ファームウェア" : "%s Firmware", name)
                        : str_from_z(name);
        listed.product_cpe = is_firmware ? listed_cpe(product, "o", "_firmware", l->arena)
                                         : listed_cpe(product, "a", "", l->arena);
        if (!myjvn_put_listed(tx, &listed, l->arena, &change, err))
            return PASS(err);
    }
    return true;
}

/* One stage, one moment: the catalogue before it and behind it. */
static bool play(struct library *l, enum stage stage, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;
    struct utc then = utc_add_days(l->now, -stage_days[stage]);

    if (!tx_begin(l->store, TX_WRITE, &tx, err))
        return PASS(err);
    if (stage == TOLD && (!put_names(l, tx, LANG_EN, err) || !put_names(l, tx, LANG_JA, err)))
        return PASS(err);
    batch = catalog_batch_new(tx, 0, then);
    if (!put_stage(l, tx, batch, stage, then, err))
        return PASS(err);
    if (stage == CORRECTED) {
        if (!put_the_rest(l, batch, err) || !put_kev(l, batch, err))
            return PASS(err);
        for (int day = 0; day < EPSS_DAYS; day++)
            if (!put_chances(l, batch, day, err))
                return PASS(err);
    }
    return catalog_batch_end(batch, err) && tx_commit(&tx, err) ? true : PASS(err);
}

bool demo_records(const struct app *app, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ITEM_MEMORY);
    CLEANUP(store_close_var) struct store *store = NULL;
    struct library l = { .now = app->now, .arena = arena };
    const struct store_options options = {
        .path = arena_z(app->arena, arena_printf(app->arena, "%.*s/public/catalog.db",
                                                 STR_ARG(app->settings->state_dir))),
        .kind = &store_catalog,
        .create = true,
        .migrate = true
    };

    if (!store_open(&options, &store, err))
        return PASS(err);
    l.store = store;
    for (int stage = TOLD; stage < STAGES; stage++)
        if (!play(&l, (enum stage)stage, err))
            return PASS(err);
    return true;
}
