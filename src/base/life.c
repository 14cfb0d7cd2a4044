#include "base/life.h"

#include <stdio.h>

#include "base/buf.h"

enum { DIAGRAM_MAX = 256 * 1024, STATES_MAX = 32 };

bool life_next(const struct life *life, int from, unsigned role, int event, const void *facts,
               int *to, struct err *err)
{
    bool is_somebodys = false;

    for (size_t i = 0; i < life->move_count; i++) {
        const struct move *move = &life->moves[i];

        if (move->from != from || move->event != event)
            continue;
        is_somebodys = true;
        if (!(move->who & role))
            continue; /* another row may give the same event to this role */
        if (move->guard && !move->guard(facts))
            return FAIL(err, NOT_READY, str_from_z(move->guard_name));
        *to = move->to;
        return true;
    }
    if (is_somebodys)
        return FAIL(err, NOT_YOUR_MOVE, str_from_z(life->events[event]));
    return FAIL(err, NO_SUCH_MOVE, str_from_z(life->states[from]));
}

bool life_can(const struct life *life, int from, unsigned role, int event, const void *facts)
{
    struct err ignored;
    int to;

    return life_next(life, from, role, event, facts, &to, &ignored);
}

static int index_of(const char *const *names, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_z(name, names[i]))
            return (int)i;
    return -1;
}

int life_state(const struct life *life, struct str name)
{
    return index_of(life->states, life->state_count, name);
}

int life_event(const struct life *life, struct str name)
{
    return index_of(life->events, life->event_count, name);
}

static const char *state_or_edge(const struct life *life, int state)
{
    return state == 0 ? "[*]" : life->states[state];
}

bool life_diagram(const struct life *life, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, DIAGRAM_MAX);

    buf_add(&buf, STR("stateDiagram-v2\n"));
    for (size_t i = 0; i < life->move_count; i++) {
        const struct move *move = &life->moves[i];

        buf_printf(&buf, "    %s --> %s: %s", state_or_edge(life, move->from),
                   state_or_edge(life, move->to), life->events[move->event]);
        if (move->guard)
            buf_printf(&buf, " [%s]", move->guard_name);
        buf_printf(&buf, " (%s)\n", move->rule);
    }
    for (size_t i = 1; i < life->state_count; i++)
        if (life->final_states >> i & 1)
            buf_printf(&buf, "    %s --> [*]\n", life->states[i]);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool wrong(const struct life *life, struct err *err, const char *what, const char *about)
{
    char sentence[160];
    int len = snprintf(sentence, sizeof sentence, "%s: %s: %s", life->name, about, what);

    return FAIL(err, BUG, str_take(str_from_z(sentence), len < 0 ? 0 : (size_t)len));
}

static bool is_in_table(const struct life *life, const struct move *move)
{
    return move->from >= 0 && (size_t)move->from < life->state_count && move->to >= 0 &&
           (size_t)move->to < life->state_count && move->event >= 0 &&
           (size_t)move->event < life->event_count;
}

/* Bit n: state n can be reached from state 0. */
static unsigned reachable(const struct life *life)
{
    unsigned seen = 1, before;

    do {
        before = seen;
        for (size_t i = 0; i < life->move_count; i++)
            if (seen >> life->moves[i].from & 1)
                seen |= 1U << life->moves[i].to;
    } while (seen != before);
    return seen;
}

static bool check_rows(const struct life *life, unsigned *with_way_out, struct err *err)
{
    for (size_t i = 0; i < life->move_count; i++) {
        const struct move *move = &life->moves[i];

        if (!is_in_table(life, move))
            return wrong(life, err, "a number is outside the tables",
                         move->rule ? move->rule : "a move");
        if (move->who == 0)
            return wrong(life, err, "nobody may do it", life->events[move->event]);
        if (!move->rule || !move->rule[0])
            return wrong(life, err, "no rule is named", life->events[move->event]);
        *with_way_out |= 1U << move->from;
        for (size_t j = 0; j < i; j++) {
            const struct move *other = &life->moves[j];

            if (other->from == move->from && other->event == move->event &&
                (other->who & move->who))
                return wrong(life, err, "the event stands twice for one role",
                             life->events[move->event]);
        }
    }
    return true;
}

bool life_check(const struct life *life, struct err *err)
{
    unsigned with_way_out = 0, seen;

    if (life->state_count > STATES_MAX)
        return wrong(life, err, "more than 32 states", "states");
    if (!check_rows(life, &with_way_out, err))
        return PASS(err);
    seen = reachable(life);
    for (size_t i = 0; i < life->state_count; i++) {
        bool is_final = life->final_states >> i & 1, has_way_out = with_way_out >> i & 1;

        if (!(seen >> i & 1))
            return wrong(life, err, "the state cannot be reached", life->states[i]);
        if (is_final == has_way_out)
            return wrong(life, err, is_final ? "a final state has a way out" : "no way leads out",
                         life->states[i]);
    }
    return true;
}
