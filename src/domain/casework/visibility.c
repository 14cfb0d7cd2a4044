#include "domain/casework/visibility.h"

#include "base/err.h"

const char *const audience_names[AUDIENCES] = {
    "FI", "RB", "CB", "PD_SUMMARY", "PD_DETAIL", "PD_OTHERS",  "PD_OUTSIDE",
    "FB", "AN", "CI", "PC",         "PUB",       "STATISTICS",
};

#define I SEES_I
#define V SEES_V
#define T SEES_T
#define X SEES_X
#define M SEES_M
#define S SEES_S
#define D SEES_D
#define R SEES_R
#define L SEES_L
#define C SEES_C
#define O SEES_OWN_S
#define N SEES_OWN_M

/* clang-format off */
/* Rows of requirements 5.1; columns A before acceptance, B accepted, C detail given, D countermeasure made, E published, F closed. */
static const struct cell cells[AUDIENCES][PHASES] = {
    [AUDIENCE_FI]         = { { I|V|T|X, 0 }, { I|V|T|X|R, 0 }, { I|V|T|X|R, S|D },   { I|V|T|X|R, S|D },     { I|V|T|X|M|S|D|R, 0 }, { I|V|T|X|R, 0 } },
    [AUDIENCE_RB]         = { { I|V|T|X, 0 }, { I|V|T|X|R, 0 }, { I|V|T|X|R|D, S },   { I|V|T|X|R|D|S|M, 0 }, { I|V|T|X|R|D|S|M, 0 }, { I|V|T|X|R|D|S|M, 0 } },
    [AUDIENCE_CB]         = { { 0, 0 },       { V|T|X, I },     { V|T|X|S|D, I },     { V|T|X|S|D|M, I },     { V|T|X|S|D|M, I },     { V|T|X|S, 0 } },
    [AUDIENCE_PD_SUMMARY] = { { 0, 0 },       { 0, V },         { D, V },             { D, V },               { V|M|S|D, I },         { 0, 0 } },
    [AUDIENCE_PD_DETAIL]  = { { 0, 0 },       { 0, 0 },         { V|T|X|O|D, 0 },     { V|T|X|O|N|D, 0 },     { V|T|X|M|S|D|O|N, I }, { O, 0 } },
    [AUDIENCE_PD_OTHERS]  = { { 0, 0 },       { 0, 0 },         { 0, 0 },             { 0, 0 },               { S|M, 0 },             { 0, 0 } },
    [AUDIENCE_PD_OUTSIDE] = { { 0, 0 },       { 0, 0 },         { 0, 0 },             { 0, 0 },               { V|M|S|D, 0 },         { 0, 0 } },
    [AUDIENCE_FB]         = { { 0, 0 },       { 0, 0 },         { 0, V|T|X },         { 0, V|M|D },           { V|M|S|D, 0 },         { 0, 0 } },
    [AUDIENCE_AN]         = { { 0, 0 },       { 0, V|T|X },     { 0, V|T|X },         { 0, V|T|X },           { V|M|S|D, 0 },         { 0, 0 } },
    [AUDIENCE_CI]         = { { 0, 0 },       { 0, 0 },         { 0, 0 },             { 0, V|M|D },           { V|M|S|D, 0 },         { 0, 0 } },
    [AUDIENCE_PC]         = { { 0, 0 },       { 0, 0 },         { 0, V|S },           { 0, V|S|M },           { V|M|S|D, 0 },         { R, 0 } },
    [AUDIENCE_PUB]        = { { 0, 0 },       { 0, 0 },         { 0, L },             { 0, L },               { V|M|S|D, I },         { 0, L } },
    [AUDIENCE_STATISTICS] = { { 0, 0 },       { C, 0 },         { C, 0 },             { C, 0 },               { C, 0 },               { C, 0 } },
};
/* clang-format on */

#undef I
#undef V
#undef T
#undef X
#undef M
#undef S
#undef D
#undef R
#undef L
#undef C
#undef O
#undef N

struct cell visibility_cell(enum audience audience, enum phase phase)
{
    return cells[audience][phase];
}

/* A developer that took the detail keeps that row; before, the summary's. */
static enum audience audience_of_developer(const struct developer *own)
{
    return own->detail_at.ms ? AUDIENCE_PD_DETAIL : AUDIENCE_PD_SUMMARY;
}

/* The phase as this developer is concerned: who has the detail is in C whatever the others do, who has not stays in B or C by the date. */
static enum phase phase_of(const struct product_case *c, const struct developers *developers)
{
    /* In a case that the committee has decided on, the advice to stop using it takes the countermeasure's place. */
    bool has_detail = false,
         has_countermeasure = c->state == CASE_COMMITTEE && c->publication_date.ms;

    for (size_t i = 0; i < developers->len; i++) {
        has_detail |= developers->at[i].detail_at.ms != 0;
        has_countermeasure |= developers->at[i].state == DEVELOPER_READY;
    }
    return product_phase(c->state, has_detail, has_countermeasure);
}

static bool audience_of(const struct subject *who, const struct product_case *c,
                        const struct developer *own, enum audience *out)
{
    if (who->kind == SUBJECT_FINDER && who->report_id == c->report_id && c->report_id)
        *out = AUDIENCE_FI;
    else if (who->kind != SUBJECT_ACCOUNT)
        return false;
    else if (who->roles & ROLE_RB)
        *out = AUDIENCE_RB;
    else if (who->roles & ROLE_CB)
        *out = AUDIENCE_CB;
    else if ((who->roles & (ROLE_PM | ROLE_PD)) && own && !own->is_removed && own->summary_at.ms)
        *out = audience_of_developer(own);
    else
        return false;
    return true;
}

/* The letters of what was given to it. */
static unsigned classes_of(struct str parts)
{
    static const struct {
        char letter;
        unsigned class;
    } letters[] = { { 'V', SEES_V }, { 'T', SEES_T }, { 'X', SEES_X },
                    { 'M', SEES_M }, { 'S', SEES_S }, { 'D', SEES_D } };
    unsigned classes = 0;

    for (size_t i = 0; i < COUNT(letters); i++) {
        if (str_index(parts, letters[i].letter) < parts.len)
            classes |= letters[i].class;
    }
    return classes;
}

bool visibility_grant_partner(enum audience audience, const struct product_case *c,
                              const struct developers *developers, struct str parts,
                              struct grant *out, struct err *err)
{
    enum phase phase = phase_of(c, developers);
    struct cell cell = cells[audience][phase];
    unsigned given = classes_of(parts);

    if (!cell.full && !cell.part)
        return FAIL(err, ABSENT, STR("a case"));
    /* A small letter is a condition: it opens what was given, and no more. To CI the methods go by explicit decision (PRI-01). */
    if (audience == AUDIENCE_CI && phase == PHASE_D)
        cell.part |= given & (SEES_T | SEES_X);
    *out = (struct grant){ .audience = audience,
                           .phase = phase,
                           .full = cell.full,
                           .part = cell.part & (given | SEES_D) };
    return true;
}

bool visibility_grant(const struct subject *who, const struct product_case *c,
                      const struct developers *developers, const struct developer *own,
                      struct grant *out, struct err *err)
{
    enum audience audience;
    struct grant grant;

    if (!audience_of(who, c, own, &audience))
        return FAIL(err, ABSENT, STR("a case"));
    grant = (struct grant){ .audience = audience,
                            .phase = phase_of(c, developers),
                            .participant_id = own ? own->id : 0 };
    /* CB takes part from forwarding on; what RB is still deciding, or has turned down itself, is not its. */
    if (audience == AUDIENCE_CB &&
        (c->state == CASE_ACCEPTED ||
         (grant.phase == PHASE_F && !c->handling_started_at.ms && c->report_id)))
        return FAIL(err, ABSENT, STR("a case"));
    grant.full = cells[audience][grant.phase].full;
    grant.part = cells[audience][grant.phase].part;
    /* What is published is the advisory: of the report itself a developer without the detail still has the summary alone. */
    if (audience == AUDIENCE_PD_SUMMARY && (grant.full & SEES_V)) {
        grant.full &= ~(unsigned)SEES_V;
        grant.part |= SEES_V;
    }
    if (!grant.full && !grant.part)
        return FAIL(err, ABSENT, STR("a case"));
    *out = grant;
    return true;
}
