/* domain/triage/from_cyclonedx.c: the meaning of the vulnerabilities of a CycloneDX document. */
#include <stdlib.h>

#include "base/err.h"
#include "domain/triage/vex_internal.h"
#include "formats/cyclonedx/cyclonedx_vex.h"

static const enum finding_verdict verdicts[CYCLONEDX_STATES] = {
    [CYCLONEDX_UNSAID] = VERDICT_NONE,
    [CYCLONEDX_RESOLVED] = VERDICT_FIXED,
    [CYCLONEDX_RESOLVED_WITH_PEDIGREE] = VERDICT_FIXED,
    [CYCLONEDX_EXPLOITABLE] = VERDICT_AFFECTED,
    [CYCLONEDX_IN_TRIAGE] = VERDICT_UNDER_INVESTIGATION,
    [CYCLONEDX_FALSE_POSITIVE] = VERDICT_NOT_AFFECTED,
    [CYCLONEDX_NOT_AFFECTED] = VERDICT_NOT_AFFECTED,
};

static int by_ref(const void *a, const void *b)
{
    const struct cyclonedx_vex_component *x = a, *y = b;

    return str_cmp(x->ref, y->ref);
}

/* What the ref means in its own document; a link to another one has its id alone. */
static struct vex_name name_of(const struct cyclonedx_vex *document, struct str ref)
{
    const struct cyclonedx_vex_component key = { .ref = ref };
    const struct cyclonedx_vex_component *found = &document->subject;

    if (!str_eq(found->ref, ref))
        found = document->components.len == 0
                    ? NULL
                    : bsearch(&key, document->components.at, document->components.len, sizeof key,
                              by_ref);
    return found ? (struct vex_name){ ref, found->purl, found->cpe }
                 : (struct vex_name){ .id = ref };
}

bool vex_from_cyclonedx(struct json json, struct arena *arena, struct vex *out, struct err *err)
{
    struct cyclonedx_vex document;

    if (!cyclonedx_vex_read(json, arena, &document, err))
        return PASS(err);
    if (document.components.len > 0)
        qsort(document.components.at, document.components.len, sizeof *document.components.at,
              by_ref);
    *out = (struct vex){ .format = STR("CycloneDX"),
                         .id = document.serial,
                         .author = document.author };
    for (size_t i = 0; i < document.vulnerabilities.len; i++) {
        const struct cyclonedx_vulnerability *from = &document.vulnerabilities.at[i];
        struct vex_statement statement = {
            .verdict = verdicts[from->state],
            .justification = from->state == CYCLONEDX_FALSE_POSITIVE
                                 ? cyclonedx_state_word(from->state)
                                 : from->justification,
            .reason = from->analysis,
            .at = from->analysed.ms ? from->analysed : document.timestamp,
        };

        if (statement.verdict == VERDICT_NONE)
            continue;
        VEC_PUSH(arena, &statement.ids, from->id);
        for (size_t n = 0; n < from->aliases.len; n++)
            VEC_PUSH(arena, &statement.ids, from->aliases.at[n]);
        for (size_t n = 0; n < from->affects.len; n++)
            VEC_PUSH(arena, &statement.targets,
                     (struct vex_target){ .product = name_of(&document, from->affects.at[n].ref),
                                          .version = from->affects.at[n].version,
                                          .range = from->affects.at[n].range });
        VEC_PUSH(arena, &out->statements, statement);
    }
    return true;
}
