/* The products of a list: picked from the dictionary, pasted, taken out again. Rule: API-02 */
#include <string.h>

#include "base/err.h"
#include "domain/catalog/product.h"
#include "domain/watch/upload.h"
#include "faces/desk/form.h"
#include "faces/desk/permission.h"
#include "faces/desk/watch/pages.h"
#include "faces/desk/watch/watch.html.h"
#include "outside/worker.h"

enum { FOUND_SHOWN = 30, WORDS_MAX = 100 };

static struct str name_of(const struct request *req, const struct catalog_product *product)
{
    struct str first = req->lang == LANG_JA ? product->name_ja : product->name_en;

    return first.len > 0 ? first : req->lang == LANG_JA ? product->name_en : product->name_ja;
}

static struct product_line line_of(struct request *req, const struct catalog_product *product)
{
    return (struct product_line){ .key = arena_printf(req->arena, "%.*s:%.*s",
                                                      STR_ARG(product->vendor_key),
                                                      STR_ARG(product->key)),
                                  .name = name_of(req, product),
                                  .is_known = true,
                                  .entries = product->entries };
}

/* ---- the dictionary ---- */

static bool find(struct request *req, struct tx *catalog, struct watch_products_view *v,
                 struct err *err)
{
    struct str words = str_take_code_points(str_trim(request_query(req, "q")), WORDS_MAX);
    struct catalog_products found;
    int64_t count;

    VEC_PUSH(req->arena, &v->find.fields,
             (struct field_view){ .id = STR("find-product"),
                                  .name = STR("q"),
                                  .label = say(req, N_("Words of the product's name")),
                                  .kind = FIELD_TEXT,
                                  .value = words,
                                  .is_bare = true });
    v->find.href = v->href;
    if (words.len == 0)
        return true;
    if (!catalog_products_list(catalog, 0, words, 0, FOUND_SHOWN, req->arena, &found, &count, err))
        return PASS(err);
    for (size_t i = 0; i < found.len; i++)
        VEC_PUSH(req->arena, &v->found, line_of(req, &found.at[i]));
    v->find.clear_href = v->href;
    v->find.found =
        tr_fill(req->arena, req->lang,
                count > FOUND_SHOWN ? N_("{count} products, the first of which are shown")
                                    : N_("{count} products"),
                TR_ARGS({ "count", tr_number(req->arena, count) }));
    return true;
}

static struct str page_link(struct request *req, const struct watch_products_view *v, size_t page)
{
    return arena_printf(req->arena, "%.*s?page=%zu", STR_ARG(v->href), page);
}

/* What is registered, with what the dictionary says of it: a key that nobody knows finds nothing. */
static bool tell_products(struct request *req, struct tx *catalog, const struct watch *watch,
                          struct watch_products_view *v, struct err *err)
{
    size_t rows = (size_t)desk_of(req)->settings->list_page, first;
    struct str number = request_query(req, "page");
    int64_t page = 1;

    if (number.len > 0 && !str_to_int(number, 1, WATCH_PRODUCTS_MAX, &page, err))
        return PASS(err);
    first = (size_t)(page - 1) * rows;
    if (page > 1)
        v->pager.previous = page_link(req, v, (size_t)page - 1);
    if (first + rows < watch->products.len)
        v->pager.next = page_link(req, v, (size_t)page + 1);
    for (size_t i = first; i < watch->products.len && i < first + rows; i++) {
        struct catalog_product product = { 0 };
        struct str key = watch->products.at[i];
        bool is_there;

        if (!catalog_product_by_key(catalog, key, req->arena, &product, &is_there, err))
            return PASS(err);
        VEC_PUSH(req->arena, &v->products,
                 is_there ? line_of(req, &product) : (struct product_line){ .key = key });
    }
    return true;
}

static void ask_lines(struct request *req, struct watch_products_view *v, const char *fault)
{
    struct form_group *group = form_group(req, &v->paste, NULL, NULL);
    struct field_view *field = form_field(
        req, group, FIELD_TEXTAREA, "products", N_("Products"),
        N_("One a line: vendor:product as in the dictionary, a CPE name or a package URL. Versions do not count here. What stands behind # is a remark."));

    field->rows = 6;
    field->is_bare = true;
    v->paste.href = v->href;
    v->paste.verb = say(req, N_("Add the products"));
    if (!fault)
        return;
    field->error = say(req, fault);
    VEC_PUSH(req->arena, &v->faults, (struct fault){ field->name, field->error });
}

static void ask_file(struct request *req, struct watch_products_view *v, const char *fault)
{
    struct form_group *group = form_group(req, &v->upload, NULL, NULL);
    struct field_view *field = form_field(
        req, group, FIELD_FILE, "sbom", N_("File"),
        N_("CycloneDX, SPDX, a list of installed packages, a lock file or a table, of at most 8 MB. It is read apart from everything else and not kept."));

    field->is_bare = true;
    v->upload.href = v->upload_href;
    v->upload.verb = say(req, N_("Take the products from the file"));
    v->upload.is_multipart = true;
    if (!fault)
        return;
    field->error = say(req, fault);
    VEC_PUSH(req->arena, &v->faults, (struct fault){ field->name, field->error });
}

/* field: that the fault is about; NULL: there is none. */
static bool show(struct request *req, struct response *res, const char *field, const char *fault,
                 struct err *err)
{
    static const struct done done_rows[] = {
        { "added", N_("The products are registered, and the list is searched again."), TONE_GOOD },
        { "known", N_("These products were registered already."), TONE_NEUTRAL },
        { "removed",
          N_("The products are removed. What was found for them and nobody has looked "
             "at goes as well."),
          TONE_GOOD },
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(tx_end_var) struct tx *catalog = NULL;
    struct watch_products_view v = { .empty = {
                                         .title = say(req, N_("No product is registered yet.")) } };
    struct frame frame = { .title = say(req, N_("Products")) };
    struct page *body = frame_page(req);
    struct watch_list list;
    struct watch watch;

    if (!desk_of(req)->catalog)
        return FAIL(err, UNAVAILABLE, STR("catalog"));
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !watch_of(req, tx, &list, err) ||
        !watch_list_terms(tx, list.id, req->arena, &watch, err) ||
        !tx_begin(desk_of(req)->catalog, TX_READ, &catalog, err))
        return PASS(err);
    v.title = list.name;
    v.is_own = list.is_own;
    v.href = watch_path(req, &list, "/products");
    v.choice_href = watch_path(req, &list, "/products/choice");
    v.upload_href = watch_path(req, &list, "/products/upload");
    v.remove_href = watch_path(req, &list, "/products/removal");
    if (!find(req, catalog, &v, err) || !tell_products(req, catalog, &watch, &v, err))
        return PASS(err);
    ask_lines(req, &v, field && strcmp(field, "products") == 0 ? fault : NULL);
    ask_file(req, &v, field && strcmp(field, "sbom") == 0 ? fault : NULL);
    watch_crumbs(req, &list, &frame);
    frame_crumb(req, &frame, N_("Products"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    watch_products_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

bool watch_products(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, NULL, err);
}

/* ---- in and out ---- */

/* Those that were picked. */
static bool picked(struct request *req, struct watch_keys *out, struct err *err)
{
    for (size_t i = 0; i < request_form_count(req, "product"); i++) {
        struct str key;

        if (!watch_key_of(request_form_nth(req, "product", i), req->arena, &key))
            return FAIL(err, BAD_REQUEST, STR("product"));
        VEC_PUSH(req->arena, out, key);
    }
    return true;
}

typedef bool products_change(const struct deed *deed, const struct watch_list *list,
                             const struct watch_keys *keys, size_t *changed, struct err *err);

static bool carry_out(struct request *req, products_change *change, const struct watch_keys *keys,
                      struct watch_list *list, size_t *changed, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_own(req, tx, list, err))
        return PASS(err);
    deed.tx = tx;
    if (!change(&deed, list, keys, changed, err) || !watch_of(req, tx, list, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    if (*changed > 0)
        watch_try_search(req, list);
    return true;
}

bool watch_products_add(struct request *req, struct response *res, struct err *err)
{
    struct watch_keys keys = { 0 };
    struct watch_list list;
    struct err why = { 0 };
    struct str wrong;
    size_t added;

    if (!picked(req, &keys, err))
        return PASS(err);
    if (!watch_keys_of_lines(request_form(req, "products"), req->arena, &keys, &wrong)) {
        res->status = 422;
        return show(req, res, "products", watch_wrong_line(req, wrong), err);
    }
    if (carry_out(req, watch_list_add_products, &keys, &list, &added, &why))
        return frame_go(
            req, res,
            watch_path(req, &list, added > 0 ? "/products?done=added" : "/products?done=known"));
    if (why.code == ERR_TOO_LARGE) {
        res->status = 422;
        return show(req, res, "products",
                    N_("A list can have at most 10,000 products. Please make several."), err);
    }
    *err = why;
    return PASS(err);
}

bool watch_products_drop(struct request *req, struct response *res, struct err *err)
{
    struct watch_keys keys = { 0 };
    struct watch_list list;
    size_t removed;

    return picked(req, &keys, err) &&
                   carry_out(req, watch_list_remove_products, &keys, &list, &removed, err)
               ? frame_go(req, res, watch_path(req, &list, "/products?done=removed"))
               : PASS(err);
}

/* ---- out of a file ---- */

static bool read_file(struct request *req, const struct upload *upload, struct watch_upload *out,
                      struct err *err)
{
    struct buf question = buf_new(req->arena, upload->bytes.len + 4096);
    struct str reply;

    watch_ask(upload->bytes, upload->name, &question);
    return worker_ask(desk_of(req)->supervisor, buf_str(&question), req->arena, &reply, err) &&
                   watch_from_answer(reply, req->arena, out, err)
               ? true
               : PASS(err);
}

bool watch_products_upload(struct request *req, struct response *res, struct err *err)
{
    const struct upload *upload = request_upload(req, "sbom", 0);
    struct watch_upload found;
    struct watch_list list;
    struct err why = { 0 };
    const char *fault = NULL;
    size_t added = 0;

    if (!upload || upload->bytes.len == 0)
        fault = N_("Please choose a file.");
    else if (!desk_of(req)->supervisor || !read_file(req, upload, &found, &why))
        fault = why.code == ERR_TOO_LARGE
                    ? N_("A list can have at most 10,000 products. Please make several.")
                    : N_("This could not be read as a list of components.");
    else if (found.keys.len == 0)
        fault = N_(
            "The file names no product that the catalogue can know: neither a CPE name nor a package URL.");
    else if (!carry_out(req, watch_list_add_products, &found.keys, &list, &added, &why))
        fault = N_("A list can have at most 10,000 products. Please make several.");
    if (why.code != ERR_NONE && why.code != ERR_WORKER && why.code != ERR_TOO_LARGE) {
        *err = why;
        return PASS(err);
    }
    if (fault) {
        res->status = 422;
        return show(req, res, "sbom", fault, err);
    }
    return frame_go(
        req, res,
        watch_path(req, &list, added > 0 ? "/products?done=added" : "/products?done=known"));
}
