/* domain/triage/from_csaf.c: the meaning of what a CSAF document says about products. */
#include "base/err.h"
#include "domain/triage/vex_internal.h"
#include "formats/csaf/csaf_vex.h"

static const enum finding_verdict verdicts[] = {
    [CSAF_AFFECTED] = VERDICT_AFFECTED,
    [CSAF_NOT_AFFECTED] = VERDICT_NOT_AFFECTED,
    [CSAF_FIXED] = VERDICT_FIXED,
    [CSAF_UNDER_INVESTIGATION] = VERDICT_UNDER_INVESTIGATION,
};

static struct vex_name name_of(const struct csaf_name *name)
{
    return (struct vex_name){ name->id, name->purl, name->cpe };
}

/* A relationship is a part of a product unless it has names of its own. */
static struct vex_target target_of(const struct csaf_vex_product *product)
{
    bool is_part =
        product->part.id.len > 0 && product->name.purl.len == 0 && product->name.cpe.len == 0;

    return is_part ? (struct vex_target){ .product = name_of(&product->whole),
                                          .part = name_of(&product->part) }
                   : (struct vex_target){ .product = name_of(&product->name) };
}

bool vex_from_csaf(struct json json, struct arena *arena, struct vex *out, struct err *err)
{
    struct csaf_vex document;

    if (!csaf_vex_read(json, arena, &document, err))
        return PASS(err);
    *out = (struct vex){ .format = STR("CSAF"), .id = document.id, .author = document.publisher };
    for (size_t i = 0; i < document.sayings.len; i++) {
        const struct csaf_saying *saying = &document.sayings.at[i];
        const struct csaf_vulnerability_names *names =
            &document.vulnerabilities.at[saying->vulnerability];
        struct vex_statement statement = { .ids = { names->at, names->len, names->cap },
                                           .verdict = verdicts[saying->standing],
                                           .justification = saying->justification,
                                           .reason = saying->reason,
                                           .at = document.released };

        VEC_PUSH(arena, &statement.targets, target_of(&document.products.at[saying->product]));
        VEC_PUSH(arena, &out->statements, statement);
    }
    return true;
}
