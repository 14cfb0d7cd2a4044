#include "domain/triage/condition.h"

#include "base/err.h"

static const struct {
    struct str sign;
    enum condition_relation relation;
} relations[] = { /* the longer first */
                  { STR_INIT(">="), CONDITION_AT_LEAST },
                  { STR_INIT(">"), CONDITION_MORE },
                  { STR_INIT("="), CONDITION_IS }
};

static bool refuse(struct str whole, const char *at, struct arena *arena, struct err *err)
{
    size_t before = (size_t)(at - whole.ptr);

    return FAIL(err, GATE,
                arena_printf(arena, "%.*s<?>%.*s", STR_ARG(str_take(whole, before)),
                             STR_ARG(str_drop(whole, before))));
}

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '-'; }

/* what is wrong begins at *fault when it fails */
static bool read_term(struct str text, struct condition_term *out, const char **fault)
{
    struct condition_term term = { .relation = CONDITION_IS, .value = 1 };
    struct str rest = text;
    size_t len = 0;

    while (len < text.len && is_name(text.ptr[len]))
        len++;
    term.measure = measure_by_name(str_take(text, len));
    *fault = text.ptr;
    if (!term.measure)
        return false;
    rest = str_drop(text, len);
    *fault = text.ptr + len;
    if (term.measure->kind == MEASURE_FLAG) {
        *out = term;
        return rest.len == 0;
    }
    for (size_t i = 0; i < COUNT(relations); i++) {
        if (!str_skip(&rest, relations[i].sign))
            continue;
        term.relation = relations[i].relation;
        *fault += relations[i].sign.len;
        *out = term;
        return measure_value(term.measure, rest, &out->value);
    }
    return false;
}

static bool read_condition(struct str text, struct arena *arena, struct condition *out,
                           const char **fault)
{
    struct str rest = text, part;

    out->text = text;
    *fault = text.ptr;
    if (text.len == 0 || text.ptr[text.len - 1] == '+')
        return false;
    while (str_split(&rest, '+', &part)) {
        struct condition_term term;

        if (!read_term(part, &term, fault))
            return false;
        if (str_eq_z(STR("possible"), term.measure->name))
            out->takes_uncertain = true;
        VEC_PUSH(arena, &out->terms, term);
    }
    return true;
}

bool conditions_parse(struct str text, struct arena *arena, struct conditions *out, struct err *err)
{
    struct str rest = text, part;
    struct conditions read = { 0 };
    size_t terms = 0;

    if (text.len > CONDITION_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("--fail-on"));
    if (text.len == 0 || text.ptr[text.len - 1] == ',')
        return refuse(text, text.ptr + text.len, arena, err);
    while (str_split(&rest, ',', &part)) {
        struct condition condition = { 0 };
        const char *fault;

        if (!read_condition(part, arena, &condition, &fault))
            return refuse(text, fault, arena, err);
        terms += condition.terms.len;
        if (terms > CONDITION_TERMS_MAX)
            return FAIL(err, TOO_LARGE, STR("--fail-on"));
        VEC_PUSH(arena, &read, condition);
    }
    *out = read;
    return true;
}

static bool holds(const struct condition_term *term, int64_t value)
{
    switch (term->relation) {
    case CONDITION_AT_LEAST:
        return value >= term->value;
    case CONDITION_MORE:
        return value > term->value;
    case CONDITION_IS:
        break;
    }
    return value == term->value;
}

bool condition_is_met(const struct condition *condition, const struct finding *finding,
                      const struct priority *priority)
{
    if (priority->is_suppressed || (!priority->is_certain && !condition->takes_uncertain))
        return false;
    for (size_t i = 0; i < condition->terms.len; i++) {
        const struct condition_term *term = &condition->terms.at[i];
        int64_t value = term->measure->of(finding, priority);

        if (value < 0 || !holds(term, value))
            return false;
    }
    return true;
}
