#include "domain/matching/index_internal.h"
#include "domain/matching/match.h"

#define SESSION_MEMORY ((size_t)1 << 34)

/* The memory of one thread that asks. */

struct matching_session *matching_session_new(const struct matching_index *index)
{
    struct arena *arena = arena_new(SESSION_MEMORY);
    struct matching_session *session = ARENA_NEW(arena, struct matching_session);

    session->arena = arena;
    session->count = index->count;
    session->layers = ARENA_NEW_N(arena, index->count, struct layer_session);
    for (size_t i = 0; i < index->count; i++) {
        const struct index_layer *layer = &index->layers[i];

        session->layers[i] = (struct layer_session){ .all = session,
                                                     .layer = layer,
                                                     .criteria = layer->points + layer->ranges };
    }
    return session;
}

void matching_session_free(struct matching_session *session)
{
    if (session)
        arena_free(session->arena); /* itself too */
}

static void *grown(struct matching_session *session, const void *at, size_t used, size_t *cap,
                   size_t needed, size_t size)
{
    enum { FIRST = 256 };
    void *to;

    while (*cap < needed)
        *cap = *cap ? *cap * 2 : FIRST;
    to = arena_alloc_n(session->arena, *cap, size);
    if (used > 0)
        memcpy(to, at, used * size);
    return to;
}

void session_hit(struct matching_session *session, struct match_hit hit)
{
    VEC_PUSH(session->arena, &session->hits, hit);
}

struct match_hit *session_room(struct matching_session *session, size_t count)
{
    if (session->hits.cap - session->hits.len < count)
        session->hits.at = grown(session, session->hits.at, session->hits.len, &session->hits.cap,
                                 session->hits.len + count, sizeof *session->hits.at);
    return session->hits.at + session->hits.len;
}

void session_match(struct layer_session *session, struct match match)
{
    VEC_PUSH(session->all->arena, &session->matches, match);
}

uint8_t *session_truths(struct matching_session *session, size_t count)
{
    if (session->truth_cap < count)
        session->truths = grown(session, NULL, 0, &session->truth_cap, count, 1);
    return session->truths;
}

void session_touch(struct layer_session *session, uint32_t configuration)
{
    struct arena *arena = session->all->arena;

    if (configuration >= session->layer->configurations)
        return;
    if (!session->touched_in) {
        session->touched_in = ARENA_NEW_N(arena, session->layer->configurations, uint32_t);
        session->met = ARENA_NEW_N(arena, session->criteria / 64 + 1, uint64_t);
        session->first = ARENA_NEW_N(arena, session->criteria + 1, uint32_t);
    }
    if (session->touched_in[configuration] == session->round)
        return;
    session->touched_in[configuration] = session->round;
    VEC_PUSH(arena, &session->touched, configuration);
}

static void begin_layer(struct layer_session *session)
{
    for (size_t i = 0; session->met && i < session->matches.len; i++)
        session->met[session->matches.at[i].criterion / 64] = 0;
    session->matches.len = session->touched.len = 0;
    if (++session->round == 0) { /* after four thousand million questions */
        if (session->touched_in)
            memset(session->touched_in, 0,
                   session->layer->configurations * sizeof *session->touched_in);
        session->round = 1;
    }
}

void session_begin(struct matching_session *session)
{
    session->hits.len = 0;
    session->parts = 0;
    session->os = NULL;
    for (size_t i = 0; i < session->count; i++)
        begin_layer(&session->layers[i]);
}

void session_ask_name(struct matching_session *session, const struct asked_name *name,
                      uint32_t asked)
{
    for (size_t i = 0; i < session->count; i++)
        layer_ask_name(&session->layers[i], name, asked);
}

/* ---- bulk questions ---- */

static struct match_hits answer_of(const struct matching_session *session)
{
    return (struct match_hits){ session->hits.at, session->hits.len };
}

struct match_hits matching_hits_of_names(struct matching_session *session,
                                         const struct asked_name *names, size_t count)
{
    session_begin(session);
    for (size_t i = 0; i < count; i++)
        session->parts |= QUESTION_PART(names[i].cpe.field[CPE_PART].ptr[0]);
    for (size_t i = 0; i < count; i++)
        session_ask_name(session, &names[i], (uint32_t)i);
    session_evaluate(session, names);
    return answer_of(session);
}

static void hit_by_entry(void *of, const struct said *said)
{
    struct matching_session *session = of;

    if (said->says == ENTRY_AFFECTED || said->says == ENTRY_NO_RANGE)
        session_hit(session,
                    (struct match_hit){ said->record, said->entry, STATEMENT_NONE, 0,
                                        said->says == ENTRY_NO_RANGE      ? FINDING_NO_RANGE
                                        : index_entry_is_away(said, NULL) ? FINDING_CONDITIONAL
                                                                          : FINDING_AFFECTED,
                                        (uint16_t)said->confidence });
}

struct match_hits matching_hits_of_package(struct matching_session *session, struct str ecosystem,
                                           struct str release, struct str name, struct str version)
{
    struct asked_entry asked = { ecosystem, release, name, version };

    session_begin(session);
    for (size_t i = 0; i < session->count; i++)
        index_ask_package(session->layers[i].layer, &asked, hit_by_entry, session);
    return answer_of(session);
}
