#include "domain/curation/rulings.h"

static bool texts_whole(const void *facts)
{
    const struct curation *curation = facts;

    return curation->title.len > 0 && curation->overview.len > 0;
}

/* clang-format off */
static const char *const states[] = { "NONE", "DRAFT", "TRANSLATED", "PUBLISHED" };
static const char *const events[] = { "save", "finish", "return", "publish" };
#define OFFICERS (ROLE_RB | ROLE_CB)
static const struct move moves[] = {
    { CURATION_NONE,       OFFICERS, CURATION_SAVE,    CURATION_DRAFT,      ALWAYS,          "VDB-14", "" },
    { CURATION_DRAFT,      OFFICERS, CURATION_SAVE,    CURATION_DRAFT,      ALWAYS,          "VDB-14", "" },
    { CURATION_DRAFT,      OFFICERS, CURATION_FINISH,  CURATION_TRANSLATED, IF(texts_whole), "VDB-14", "" },
    { CURATION_TRANSLATED, OFFICERS, CURATION_RETURN,  CURATION_DRAFT,      ALWAYS,          "VDB-14", "" },
    { CURATION_TRANSLATED, OFFICERS, CURATION_PUBLISH, CURATION_PUBLISHED,  IF(texts_whole), "VDB-14", "" },
    { CURATION_PUBLISHED,  OFFICERS, CURATION_SAVE,    CURATION_DRAFT,      ALWAYS,          "VDB-14", "" },
};
/* clang-format on */

const struct life curation_life = { .name = "curation",
                                    .states = states,
                                    .events = events,
                                    .state_count = COUNT(states),
                                    .event_count = COUNT(events),
                                    .moves = moves,
                                    .move_count = COUNT(moves) };

/* ---- which records are about the same ---- */

static bool reason_given(const void *facts)
{
    const struct ruling *ruling = facts;

    return (ruling->state == RULING_HOLDS ? ruling->undone_reason : ruling->reason).len > 0;
}

/* clang-format off */
static const char *const ruling_states[] = { "NONE", "HOLDS", "UNDONE" };
static const char *const ruling_events[] = { "decide", "undo" };
static const struct move ruling_moves[] = {
    { RULING_NONE,  OFFICERS, RULING_DECIDE, RULING_HOLDS,  IF(reason_given), "VDB-14", "" },
    { RULING_HOLDS, OFFICERS, RULING_UNDO,   RULING_UNDONE, IF(reason_given), "VDB-14", "" },
};
/* clang-format on */

const struct life ruling_life = { .name = "ruling",
                                  .states = ruling_states,
                                  .events = ruling_events,
                                  .state_count = COUNT(ruling_states),
                                  .event_count = COUNT(ruling_events),
                                  .moves = ruling_moves,
                                  .move_count = COUNT(ruling_moves),
                                  .final_states = 1u << RULING_UNDONE };
