#include "domain/casework/website_visibility.h"

#include "base/err.h"

const char *const website_audience_names[SITE_AUDIENCES] = {
    "FI", "RB", "WO", "SV", "AN", "MU", "PUB", "STATISTICS",
};

#define I SEES_I
#define V SEES_V
#define T SEES_T
#define X SEES_X
#define R SEES_R
#define C SEES_C
#define U SEES_URL
#define K SEES_ENCRYPTION
#define H SEES_HANDLING
#define W SEES_ANSWERS
#define F SEES_FIX
#define O SEES_ORDINANCE

/* clang-format off */
/* Rows of requirements 5.2; columns A before acceptance, B stage 1, C stage 2, D stage 3 to fix, E fixed, F closed otherwise. */
static const struct cell cells[SITE_AUDIENCES][SITE_PHASES] = {
    [SITE_FI]         = { { U|I|V|T|X, 0 }, { U|I|V|T|X|R, 0 }, { U|I|V|T|X|R, 0 },   { U|I|V|T|X|R, W },         { U|I|V|T|X|R|F, 0 },         { U|I|V|T|X|R, 0 } },
    [SITE_RB]         = { { U|I|V|T|X, 0 }, { U|I|V|T|X|R, 0 }, { U|I|V|T|X|R|K, 0 }, { U|I|V|T|X|R|K|H|W|O, 0 }, { U|I|V|T|X|R|K|H|W|O|F, 0 }, { U|I|V|T|X|R|K|H|W|O, 0 } },
    [SITE_WO]         = { { 0, 0 },         { U, 0 },           { U|K, 0 },           { U|V|T|X|H|W, I },         { U|H|W|F, 0 },               { U|H|W, 0 } },
    [SITE_SV]         = { { 0, 0 },         { 0, 0 },           { 0, 0 },             { 0, V|T|X },               { 0, V|T|X },                 { 0, 0 } },
    [SITE_AN]         = { { 0, 0 },         { 0, V|T|X },       { 0, V|T|X },         { 0, V|T|X },               { 0, 0 },                     { 0, 0 } },
    [SITE_MU]         = { { 0, 0 },         { U, 0 },           { U|K, 0 },           { U|V|T|X|H|W|O, I },       { U|H|W|O|F, 0 },             { U|H|W|O, 0 } },
    [SITE_PUB]        = { { 0, 0 },         { 0, 0 },           { 0, 0 },             { 0, 0 },                   { 0, 0 },                     { 0, 0 } },
    [SITE_STATISTICS] = { { 0, 0 },         { C, 0 },           { C, 0 },             { C, 0 },                   { C, 0 },                     { C, 0 } },
};
/* clang-format on */

#undef I
#undef V
#undef T
#undef X
#undef R
#undef C
#undef U
#undef K
#undef H
#undef W
#undef F
#undef O

struct cell website_cell(enum website_audience audience, enum website_phase phase)
{
    return cells[audience][phase];
}

static bool audience_of(const struct subject *who, const struct website *s,
                        enum website_audience *out)
{
    if (who->kind == SUBJECT_FINDER && who->report_id == s->c.report_id && s->c.report_id)
        *out = SITE_FI;
    else if (who->kind == SUBJECT_ACCOUNT && (who->roles & ROLE_RB))
        *out = SITE_RB;
    else if (who->kind == SUBJECT_OPERATOR && who->case_id == s->c.id && who->stage >= 1)
        *out = str_eq(s->operator_kind, STR("MUNICIPALITY")) ? SITE_MU : SITE_WO;
    else
        return false;
    return true;
}

/* Who holds the first mail alone stays in B, the second in C; what has ended before stage 3 told them nothing more. */
static enum website_phase phase_of(const struct subject *who, const struct website *s)
{
    enum website_phase phase = website_phase(s->state);

    if (who->kind != SUBJECT_OPERATOR)
        return phase;
    if (who->stage == 1)
        return SITE_B;
    return who->stage == 2 ? SITE_C : phase;
}

bool website_grant(const struct subject *who, const struct website *s, struct website_grant *out,
                   struct err *err)
{
    struct website_grant grant;

    if (!audience_of(who, s, &grant.audience))
        return FAIL(err, ABSENT, STR("a case"));
    grant.phase = phase_of(who, s);
    grant.report = (struct grant){ .audience = grant.audience == SITE_RB   ? AUDIENCE_RB
                                               : grant.audience == SITE_FI ? AUDIENCE_FI
                                                                           : AUDIENCE_PUB,
                                   .full = cells[grant.audience][grant.phase].full,
                                   .part = cells[grant.audience][grant.phase].part };
    if (!grant.report.full && !grant.report.part)
        return FAIL(err, ABSENT, STR("a case"));
    *out = grant;
    return true;
}
