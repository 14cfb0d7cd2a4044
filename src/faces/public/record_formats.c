#include "faces/public/record_formats.h"

#include "base/err.h"
#include "base/settings.h"
#include "domain/catalog/to.h"
#include "faces/http/accept.h"
#include "faces/http/respond.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "faces/public/machine.h"
#include "formats/vuldef/vuldef.h"
#include "store/store.h"

/* What is told of an entry. */
struct facts {
    struct tx *tx;
    struct catalog_entry entry;
    struct catalog_tellings tellings;
    struct catalog_record whole;
    struct catalog_exploited kev;
    struct catalog_chances chances;
};

typedef bool format_write(struct request *req, const struct facts *facts, struct machine *to,
                          struct err *err);

static bool write_json(struct request *req, const struct facts *facts, struct machine *to,
                       struct err *err)
{
    (void)req;
    (void)err;
    catalog_to_json(&facts->entry, &facts->tellings, &facts->kev, &facts->chances, &to->w);
    return true;
}

static bool write_osv(struct request *req, const struct facts *facts, struct machine *to,
                      struct err *err)
{
    (void)req;
    (void)err;
    catalog_to_osv(&facts->whole, &to->w);
    return true;
}

static bool is_about_a_cve(const struct facts *facts, struct err *err)
{
    return catalog_cve_of(&facts->whole).len > 0 ? true : FAIL(err, NOT_FOUND, facts->entry.name);
}

static bool write_nvd(struct request *req, const struct facts *facts, struct machine *to,
                      struct err *err)
{
    (void)req;
    if (!is_about_a_cve(facts, err))
        return PASS(err);
    catalog_to_nvd(&facts->whole, &facts->kev, &to->w);
    return true;
}

static bool write_cve(struct request *req, const struct facts *facts, struct machine *to,
                      struct err *err)
{
    (void)req;
    if (!is_about_a_cve(facts, err))
        return PASS(err);
    catalog_to_cve(&facts->whole, &to->w);
    return true;
}

static bool write_csaf(struct request *req, const struct facts *facts, struct machine *to,
                       struct err *err)
{
    const struct settings *settings = public_of(req)->settings;
    const struct catalog_publisher publisher = { .name = settings->publisher_name_en,
                                                 .namespace_uri = settings->publisher_namespace,
                                                 .url = settings->portal_url };

    return catalog_to_csaf(&facts->whole, &publisher, &to->buf, err) ? true : PASS(err);
}

static bool write_vuldef(struct request *req, const struct facts *facts, struct machine *to,
                         struct err *err)
{
    struct vuldef document = { .lang = req->lang };
    struct vuldef_info info;

    (void)err;
    catalog_to_vuldef(&facts->whole, req->lang, to->arena, &info);
    VEC_PUSH(to->arena, &document.infos, info);
    vuldef_write(&document, &to->buf);
    return true;
}

/* own: the format's name where a source's own bytes can stand for it. The longest ending first. */
static const struct format {
    const char *ending, *accept, *type, *own;
    format_write *write;
} formats[] = {
    { ".osv.json", "application/vnd.osv+json", "application/json", "osv", write_osv },
    { ".nvd.json", "application/vnd.nvd+json", "application/json", "nvd", write_nvd },
    { ".cve.json", "application/vnd.cve+json", "application/json", "cve", write_cve },
    { ".csaf.json", "application/csaf+json", "application/json", "csaf", write_csaf },
    { ".vuldef.xml", "application/vuldef+xml", "application/xml", NULL, write_vuldef },
    { ".json", "application/json", "application/json", NULL, write_json },
};

/* ---- which one ---- */

static const struct format *by_ending(struct str *id)
{
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct str ending = str_from_z(formats[i].ending);

        if (id->len <= ending.len || !str_ends(*id, ending))
            continue;
        *id = str_take(*id, id->len - ending.len);
        return &formats[i];
    }
    return NULL;
}

/* What is wanted most; a page when nothing of ours is named, or HTML no less. */
static const struct format *by_accept(const struct request *req)
{
    struct str rest = request_header(req, "Accept"), part;
    const struct format *best = NULL;
    int most = 0, page = 0;

    while (rest.len > 0 && str_split(&rest, ',', &part)) {
        size_t at = str_index(part, ';');
        struct str type = str_trim(str_take(part, at));
        int weight = accept_weight(str_drop(part, at + 1));

        if (str_eq_nocase(type, STR("text/html")) && weight > page)
            page = weight;
        for (size_t i = 0; i < COUNT(formats); i++) {
            if (weight <= most || !str_eq_nocase(type, str_from_z(formats[i].accept)))
                continue;
            best = &formats[i];
            most = weight;
        }
    }
    return most > page ? best : NULL;
}

/* ---- answering ---- */

static bool load(struct facts *facts, struct str id, struct machine *to, struct err *err)
{
    struct arena *arena = to->arena;

    if (!catalog_entry_find(facts->tx, id, arena, &facts->entry, err) ||
        !catalog_entry_tellings(facts->tx, facts->entry.id, arena, &facts->tellings, err) ||
        !catalog_entry_kev(facts->tx, facts->entry.name, arena, &facts->kev, err) ||
        !catalog_entry_epss(facts->tx, facts->entry.name, arena, &facts->chances, err))
        return PASS(err);
    if (facts->tellings.len == 0)
        return FAIL(err, ABSENT, id);
    facts->whole = catalog_whole(&facts->entry, &facts->tellings, arena);
    return true;
}

/* A record that came in the format is what its source sent, unless a curator decided about its other names: that of the name that was asked for, else the first. */
static bool put_sent(const struct facts *facts, const struct format *format, struct str id,
                     struct machine *to, bool *is_put, struct err *err)
{
    const struct catalog_told *found = NULL;
    struct str name, bytes;

    *is_put = false;
    for (size_t i = 0; i < facts->tellings.len && format->own; i++) {
        const struct catalog_told *told = &facts->tellings.at[i];

        if (str_eq_z(told->format, format->own) && !told->record.is_overlay && !told->is_ruled &&
            (!found || str_eq(told->record.id, id)))
            found = told;
    }
    if (!found)
        return true;
    if (!catalog_source_text(facts->tx, found->id, to->arena, &name, &bytes, err))
        return PASS(err);
    *is_put = bytes.len > 0;
    buf_add(&to->buf, bytes);
    return true;
}

static bool answer(struct request *req, struct response *res, const struct format *format,
                   struct str id, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(machine_free_var) struct machine *machine = machine_new();
    struct facts facts = { 0 };
    bool is_put;

    if (!public_catalog_begin(req, &tx, err))
        return PASS(err);
    facts.tx = tx;
    if (!load(&facts, id, machine, err) || !put_sent(&facts, format, id, machine, &is_put, err) ||
        (!is_put && !format->write(req, &facts, machine, err)))
        return PASS(err);
    return machine_send(req, res, &machine, str_from_z(format->type), STR_NONE, err) ? true
                                                                                     : PASS(err);
}

bool public_record_format(struct request *req, struct response *res, struct str id,
                          bool *is_answered, struct err *err)
{
    const struct format *format = by_ending(&id);

    if (!format)
        format = by_accept(req);
    *is_answered = format != NULL;
    response_header(res, "Vary", STR("Accept"));
    return !format || answer(req, res, format, id, err) ? true : PASS(err);
}
