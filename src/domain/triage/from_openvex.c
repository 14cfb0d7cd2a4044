/* domain/triage/from_openvex.c: the meaning of an OpenVEX document. */
#include "base/err.h"
#include "domain/triage/vex_internal.h"
#include "formats/openvex/openvex.h"

static const enum finding_verdict verdicts[OPENVEX_STATUSES] = {
    [OPENVEX_NOT_AFFECTED] = VERDICT_NOT_AFFECTED,
    [OPENVEX_AFFECTED] = VERDICT_AFFECTED,
    [OPENVEX_FIXED] = VERDICT_FIXED,
    [OPENVEX_UNDER_INVESTIGATION] = VERDICT_UNDER_INVESTIGATION,
};

struct str vex_joined(struct arena *arena, struct str a, struct str b)
{
    if (str_is_empty(a) || str_is_empty(b) || str_eq(a, b))
        return str_is_empty(a) ? b : a;
    return arena_printf(arena, "%.*s %.*s", STR_ARG(a), STR_ARG(b));
}

static struct vex_name name_of(const struct openvex_product *product)
{
    bool is_purl = str_starts(product->id, STR("pkg:")),
         is_cpe = str_starts(product->id, STR("cpe:"));

    return (struct vex_name){
        .id = product->id,
        .purl = product->purl.len > 0 || !is_purl ? product->purl : product->id,
        .cpe = product->cpe23.len > 0   ? product->cpe23
               : product->cpe22.len > 0 ? product->cpe22
               : is_cpe                 ? product->id
                                        : STR_NONE,
    };
}

static bool put_target(struct vex_statement *out, struct vex_target target, size_t *count,
                       struct arena *arena, struct err *err)
{
    if (++*count > VEX_TARGETS_MAX)
        return FAIL(err, TOO_LARGE, STR("products"));
    VEC_PUSH(arena, &out->targets, target);
    return true;
}

static bool put_targets(const struct openvex_statement *statement, struct vex_statement *out,
                        size_t *count, struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < statement->products.len; i++) {
        const struct openvex_product *product = &statement->products.at[i];
        struct vex_target target = { .product = name_of(product) };

        if (product->subcomponents.len == 0 && !put_target(out, target, count, arena, err))
            return PASS(err);
        for (size_t n = 0; n < product->subcomponents.len; n++) {
            target.part = name_of(&product->subcomponents.at[n]);
            if (!put_target(out, target, count, arena, err))
                return PASS(err);
        }
    }
    /* Without products it speaks about what it is attached to. */
    return statement->products.len > 0 ||
           put_target(out, (struct vex_target){ 0 }, count, arena, err);
}

bool vex_from_openvex(struct json json, struct arena *arena, struct vex *out, struct err *err)
{
    struct openvex_document document;
    size_t count = 0;

    if (!openvex_read(json, arena, &document, err))
        return PASS(err);
    *out = (struct vex){ .format = STR("OpenVEX"), .id = document.id, .author = document.author };
    for (size_t i = 0; i < document.statements.len; i++) {
        const struct openvex_statement *from = &document.statements.at[i];
        struct vex_statement statement = {
            .verdict = verdicts[from->status],
            .justification = from->justification,
            .reason = vex_joined(arena, vex_joined(arena, from->impact, from->action), from->notes),
            .at = from->updated.ms     ? from->updated
                  : from->timestamp.ms ? from->timestamp
                                       : document.timestamp,
        };

        VEC_PUSH(arena, &statement.ids, from->vulnerability);
        for (size_t n = 0; n < from->aliases.len; n++)
            VEC_PUSH(arena, &statement.ids, from->aliases.at[n]);
        if (!put_targets(from, &statement, &count, arena, err))
            return PASS(err);
        VEC_PUSH(arena, &out->statements, statement);
    }
    return true;
}
