/* domain/advisory/to_csaf.c: an advisory as a CSAF 2.0 document, profile "security advisory" (section 4.4). */
#include "base/ascii.h"
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/csaf/csaf.h"
#include "formats/cwe/cwe.h"

struct csaf {
    const struct advisory_view *view;
    const struct advisory_site *site;
    struct arena *arena;
    struct csaf_document doc;
};

/* ---- versions ---- */

static bool is_version(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.ptr[i];

        if (!(ascii_is_alnum(ch) || ch == '.' || ch == '-' || ch == '_'))
            return false;
    }
    return s.len > 0 && s.len < 60 &&
           ((s.ptr[0] >= '0' && s.ptr[0] <= '9') || ((s.ptr[0] | 32) == 'v' && s.len > 1));
}

/* "A MIDDLE B END" into its two versions. */
static bool is_range(struct str text, const char *middle, const char *end, struct str *from,
                     struct str *to)
{
    struct str m = str_from_z(middle), e = str_from_z(end);
    size_t at = str_index_str(text, m);

    if (at == text.len || !str_ends(text, e))
        return false;
    *from = str_trim(str_take(text, at));
    *to = str_drop(text, at + m.len);
    if (to->len < e.len)
        return false;
    *to = str_trim(str_take(*to, to->len - e.len));
    return is_version(*from) && is_version(*to);
}

static bool is_bound(struct str text, const char *end, struct str *bound)
{
    struct str e = str_from_z(end);

    if (!str_ends(text, e))
        return false;
    *bound = str_trim(str_take(text, text.len - e.len));
    return is_version(*bound);
}

/* The phrases advisories use (jvn-formats 3.2) as a vers-like specifier (CSAF 2.0, 3.1.2.3.2); STR_NONE when it is prose. */
static struct str version_range(struct str text, struct arena *arena)
{
    static const struct {
        const char *middle, *end, *low, *high;
    } ranges[] = {
        { "から", "まで", ">=", "<=" }, { "以上", "以下", ">=", "<=" },
        { "以上", "未満", ">=", "<" },  { "～", "", ">=", "<=" },
        { "以降", "未満", ">=", "<" },  { "から", "より前", ">=", "<" },
    };
    static const struct {
        const char *end, *sign;
    } bounds[] = {
        { "およびそれ以前のバージョン", "<=" },
        { "およびそれ以前", "<=" },
        { "以前", "<=" },
        { "以下", "<=" },
        { "未満", "<" },
        { "より前", "<" },
        { "以上", ">=" },
        { "以降", ">=" },
    };
    struct str from, to;

    text = str_trim(text);
    if (str_eq(text, STR("すべてのバージョン")) || str_eq(text, STR("全てのバージョン")))
        return STR("vers:all/*");
    for (size_t i = 0; i < COUNT(ranges); i++) {
        if (is_range(text, ranges[i].middle, ranges[i].end, &from, &to))
            return arena_printf(arena, "%s%.*s|%s%.*s", ranges[i].low, STR_ARG(from),
                                ranges[i].high, STR_ARG(to));
    }
    for (size_t i = 0; i < COUNT(bounds); i++) {
        if (is_bound(text, bounds[i].end, &to))
            return arena_printf(arena, "%s%.*s", bounds[i].sign, STR_ARG(to));
    }
    return STR_NONE;
}

/* ---- products: P1A is the affected part of row 1, P1F what mends it ---- */

static struct str product_id(struct csaf *c, size_t row, char part)
{
    return arena_printf(c->arena, "P%zu%c", row + 1, part);
}

static void add_product(struct csaf *c, size_t row, char part, struct str version, bool is_range,
                        struct str words)
{
    const struct advisory_product *p = &c->view->products.at[row];

    VEC_PUSH(c->arena, &c->doc.products,
             (struct csaf_product){ .vendor = p->vendor_ja,
                                    .name = p->product,
                                    .version = version,
                                    .is_range = is_range,
                                    .full_name = arena_printf(c->arena, "%.*s %.*s %.*s",
                                                              STR_ARG(p->vendor_ja),
                                                              STR_ARG(p->product), STR_ARG(words)),
                                    .product_id = product_id(c, row, part) });
}

static void add_products(struct csaf *c)
{
    for (size_t i = 0; i < c->view->products.len; i++) {
        const struct advisory_product *p = &c->view->products.at[i];
        struct str range = version_range(p->versions, c->arena);

        if (range.len > 0)
            add_product(c, i, 'A', range, true, p->versions);
        else
            add_product(c, i, 'A', p->versions, !is_version(p->versions), p->versions);
        if (p->fixed.len > 0)
            add_product(c, i, 'F', p->fixed, !is_version(p->fixed), p->fixed);
    }
}

/* All ids of one part; only_fixed: of the rows that have a mended version. */
static struct csaf_texts ids(struct csaf *c, char part, bool only_fixed)
{
    struct csaf_texts texts = { 0 };

    for (size_t i = 0; i < c->view->products.len; i++) {
        if (!only_fixed || c->view->products.at[i].fixed.len > 0)
            VEC_PUSH(c->arena, &texts, product_id(c, i, part));
    }
    return texts;
}

/* ---- the document ---- */

static void add_note(struct csaf *c, const char *category, const char *title, struct str text)
{
    if (str_trim(text).len > 0)
        VEC_PUSH(c->arena, &c->doc.notes,
                 (struct csaf_note){
                     .category = str_from_z(category), .title = str_from_z(title), .text = text });
}

static struct str vendor_lines(struct csaf *c, enum lang lang)
{
    struct buf buf = buf_new(c->arena, FORMAT_MAX);

    for (size_t i = 0; i < c->view->vendors.len; i++) {
        const struct advisory_vendor *v = &c->view->vendors.at[i];
        struct str name = lang == LANG_EN && v->name_en.len ? v->name_en : v->name_ja;

        buf_printf(&buf, "%s%.*s: %.*s", i ? "\n" : "", STR_ARG(name),
                   STR_ARG(tr(lang, vendor_status_msgid(v->status))));
    }
    return buf_str(&buf);
}

/* The document is Japanese; its English half stands in notes, so that one document serves both. */
static void add_notes(struct csaf *c)
{
    const struct advisory_text *ja = &c->view->ja, *en = &c->view->en;

    add_note(c, "summary", "概要", ja->overview);
    add_note(c, "general", "いま行うこと", ja->action);
    add_note(c, "description", "詳細情報", ja->details);
    add_note(c, "general", "想定される影響", ja->impact);
    add_note(c, "general", "製品開発者の対応状況", vendor_lines(c, LANG_JA));
    add_note(c, "other", "補足情報", ja->addendum);
    add_note(c, "other", "公表の理由（公表判定委員会）", ja->judgement);
    add_note(c, "other", "謝辞", ja->credit);
    add_note(c, "general", "Title (English)", en->title);
    add_note(c, "summary", "Overview (English)", en->overview);
    add_note(c, "general", "What to do now (English)", en->action);
    add_note(c, "description", "Description (English)", en->details);
    add_note(c, "general", "Impact (English)", en->impact);
    add_note(c, "general", "Solution (English)", en->solution);
    add_note(c, "general", "Workaround (English)", en->workaround);
    add_note(c, "general", "Vendor status (English)", vendor_lines(c, LANG_EN));
    add_note(c, "other", "Addendum (English)", en->addendum);
    add_note(c, "other", "Why it is published (English)", en->judgement);
    add_note(c, "other", "Credit (English)", en->credit);
}

static void add_reference(struct csaf *c, const char *category, struct str summary, struct str url)
{
    VEC_PUSH(c->arena, &c->doc.references,
             (struct csaf_reference){ str_from_z(category), summary, url });
}

static struct str here(struct csaf *c, struct str path)
{
    return arena_printf(c->arena, "%.*s%.*s", STR_ARG(c->site->portal_url), STR_ARG(path));
}

static void add_references(struct csaf *c)
{
    struct str file = csaf_file_of(c->view->number, c->view->published_at, c->arena);
    struct str slug = advisory_slug(c->view->number, c->arena);

    add_reference(c, "self", STR("CSAF"),
                  here(c, arena_printf(c->arena, PATH_CSAF_WHITE "%.*s", STR_ARG(file))));
    add_reference(c, "self", c->view->ja.title, here(c, path_of_page(slug, LANG_JA, c->arena)));
    add_reference(c, "self", c->view->en.title, here(c, path_of_page(slug, LANG_EN, c->arena)));
    for (size_t i = 0; i < c->view->references.len; i++)
        add_reference(c, "external", c->view->references.at[i].title,
                      c->view->references.at[i].url);
    for (size_t i = 0; i < c->view->vendors.len; i++) {
        if (c->view->vendors.at[i].url.len > 0)
            add_reference(c, "external", c->view->vendors.at[i].name_ja,
                          c->view->vendors.at[i].url);
    }
}

/* One line a revision; a text that never was published has none yet and stands as revision 1. */
static void add_tracking(struct csaf *c)
{
    const struct advisory_view *v = c->view;
    struct csaf_tracking *t = &c->doc.tracking;

    t->id = v->number;
    t->status = STR("final");
    t->initial_release_date = v->published_at;
    t->current_release_date = v->updated_at;
    t->generator_name = STR("Noroshi");
    t->generator_version = STR(NOROSHI_VERSION);
    for (size_t i = 0; i < v->history.len; i++)
        VEC_PUSH(c->arena, &t->revision_history,
                 (struct csaf_revision){ v->history.at[i].at, arena_printf(c->arena, "%zu", i + 1),
                                         v->history.at[i].words_ja.len ? v->history.at[i].words_ja
                                                                       : STR("更新しました") });
    if (v->history.len == 0)
        VEC_PUSH(c->arena, &t->revision_history,
                 (struct csaf_revision){ v->published_at, STR("1"), STR("公開しました") });
    t->version = t->revision_history.at[t->revision_history.len - 1].number;
}

/* ---- vulnerabilities ---- */

static void add_remediation(struct csaf *c, struct csaf_vulnerability *v, const char *category,
                            struct str details, bool only_fixed)
{
    VEC_PUSH(c->arena, &v->remediations,
             (struct csaf_remediation){ .category = str_from_z(category),
                                        .details = details,
                                        .product_ids = ids(c, 'A', only_fixed) });
}

static void add_remediations(struct csaf *c, struct csaf_vulnerability *v)
{
    const struct advisory_text *t = &c->view->ja;
    bool has_fix = v->status.fixed.len > 0;

    if (c->view->is_stop_use)
        add_remediation(c, v, "no_fix_planned",
                        t->solution.len ? t->solution : STR("この製品の使用を停止してください。"),
                        false);
    else if (t->solution.len > 0)
        add_remediation(c, v, has_fix ? "vendor_fix" : "mitigation", t->solution, has_fix);
    if (t->workaround.len > 0)
        add_remediation(c, v, "workaround", t->workaround, false);
    if (v->remediations.len == 0)
        add_remediation(c, v, "none_available", STR("現時点で対策はありません。"), false);
}

static void add_vulnerability(struct csaf *c, const struct advisory_weakness *w)
{
    struct advisory_score score = weakness_score(w, c->arena);
    struct csaf_vulnerability v = { .cve = w->cve };
    unsigned number;

    /* The standard wants the name as MITRE gives it, whatever an officer writes on the page (6.1.11). */
    if (cwe_parse(w->cwe, &number) && cwe_find(number)) {
        v.cwe_id = w->cwe;
        v.cwe_name = cwe_name(number, LANG_EN);
    }
    VEC_PUSH(c->arena, &v.ids, (struct csaf_id){ c->site->publisher_ja, c->view->number });
    VEC_PUSH(c->arena, &v.notes,
             (struct csaf_note){ .category = STR("description"),
                                 .title = STR("詳細情報"),
                                 .text = c->view->ja.details.len ? c->view->ja.details
                                                                 : c->view->ja.overview });
    if (str_starts(score.vector, STR("CVSS:4"))) /* CSAF 2.0 has no other place for it */
        VEC_PUSH(
            c->arena, &v.notes,
            (struct csaf_note){ .category = STR("other"),
                                .title = STR("CVSS v4.0"),
                                .text = arena_printf(c->arena, "%d.%d %.*s %.*s", score.tenths / 10,
                                                     score.tenths % 10, STR_ARG(score.word),
                                                     STR_ARG(score.vector)) });
    v.status.known_affected = ids(c, 'A', false);
    v.status.fixed = ids(c, 'F', true);
    add_remediations(c, &v);
    if (str_starts(score.vector, STR("CVSS:3")))
        VEC_PUSH(c->arena, &v.scores, (struct csaf_score){ score.vector, ids(c, 'A', false) });
    VEC_PUSH(c->arena, &c->doc.vulnerabilities, v);
}

bool advisory_to_csaf(const struct advisory_view *view, const struct advisory_site *site,
                      struct arena *arena, struct str *out, struct err *err)
{
    static const struct advisory_weakness unnamed = { 0 };
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct csaf c = { view,
                      site,
                      arena,
                      { .category = STR("csaf_security_advisory"),
                        .title = view->ja.title,
                        .lang = STR("ja"),
                        .tlp = STR("WHITE"),
                        .publisher = { .category = STR("coordinator"),
                                       .name = site->publisher_ja,
                                       .namespace_uri = site->publisher_namespace } } };

    add_tracking(&c);
    add_notes(&c);
    add_references(&c);
    add_products(&c);
    for (size_t i = 0; i < view->weaknesses.len; i++)
        add_vulnerability(&c, &view->weaknesses.at[i]);
    if (view->weaknesses.len == 0)
        add_vulnerability(&c, &unnamed);
    return csaf_write(&c.doc, &buf, err) && buf_done(&buf, out, err) ? true : PASS(err);
}
