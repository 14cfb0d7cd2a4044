#include "domain/triage/ignore.h"

#include "base/err.h"
#include "domain/triage/triage.h"

/* ---- reading ---- */

/* Takes the next word off *rest, and the blanks behind it. */
static struct str word(struct str *rest)
{
    size_t len = 0;
    struct str out;

    while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t')
        len++;
    out = str_take(*rest, len);
    *rest = str_trim(str_drop(*rest, len));
    return out;
}

/* "until 2026-12-31" or "always", and what is left is the reason. */
static bool read_end(struct str head, struct utc *until)
{
    struct err ignored = { 0 };
    struct str first = word(&head);

    *until = (struct utc){ 0 };
    if (str_eq_z(first, "always"))
        return head.len == 0;
    return str_eq_z(first, "until") && head.len == sizeof "2026-12-31" - 1 &&
           utc_parse(head, until, &ignored);
}

static bool read_rule(struct str line, struct ignore_rule *out)
{
    struct str rest = line;
    size_t colon;

    out->id = word(&rest);
    out->component = word(&rest);
    colon = str_index(rest, ':');
    out->reason = str_trim(str_drop(rest, colon + 1));
    return out->component.len > 0 && out->reason.len > 0 &&
           !(str_eq_z(out->id, "*") && str_eq_z(out->component, "*")) &&
           read_end(str_trim(str_take(rest, colon)), &out->until);
}

bool ignore_read(struct str text, struct arena *arena, struct ignore_rules *out, struct err *err)
{
    struct ignore_rules rules = { 0 };
    struct str rest = text, line;
    unsigned number = 0;

    if (text.len > IGNORE_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("--ignore"));
    if (!str_is_utf8(text))
        return FAIL(err, NOT_UTF8, STR("--ignore"));
    while (text.len > 0 && str_split(&rest, '\n', &line)) {
        struct ignore_rule rule = { .line = ++number };

        line = str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (!str_is_plain(line, true) || !read_rule(line, &rule)) {
            bool told = FAIL(err, IGNORE_RULE, line);

            err->line = number;
            return told;
        }
        if (rules.len == IGNORE_RULES_MAX)
            return FAIL(err, TOO_LARGE, STR("--ignore"));
        VEC_PUSH(arena, &rules, rule);
    }
    *out = rules;
    return true;
}

/* ---- what a rule covers ---- */

/* '*' is any characters, none too. Goes back to the last '*' alone, so it takes at most pattern times text. */
static bool fits(struct str pattern, struct str text)
{
    size_t p = 0, t = 0, star = pattern.len, from = 0;

    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.len && pattern.ptr[p] == text.ptr[t]) {
            p++;
            t++;
        } else if (star < pattern.len) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

/* The purl as given, without qualifiers, without version: a rule may name as much as it means. */
static bool fits_purl(struct str pattern, struct str purl)
{
    struct str plain = str_take(purl, str_index(purl, '?')), bare;

    plain = str_take(plain, str_index(plain, '#'));
    bare = plain;
    for (size_t i = plain.len; i > 0; i--) {
        if (plain.ptr[i - 1] == '/')
            break;
        if (plain.ptr[i - 1] == '@')
            bare = str_take(plain, i - 1);
    }
    return purl.len > 0 && (fits(pattern, purl) || fits(pattern, plain) || fits(pattern, bare));
}

static bool fits_component(struct str pattern, const struct component *component, struct str named)
{
    if (fits(pattern, component->name) || fits(pattern, named) ||
        fits_purl(pattern, component->purl))
        return true;
    for (size_t i = 0; i < component->cpes.len; i++)
        if (fits(pattern, component->cpes.at[i]))
            return true;
    return false;
}

static bool has_id(const struct finding *finding, struct str id)
{
    for (size_t i = 0; i < finding->ids.len; i++)
        if (str_eq_nocase(finding->ids.at[i], id))
            return true;
    return str_eq_z(id, "*") || str_eq_nocase(finding->id, id);
}

bool ignore_is_over(const struct ignore_rule *rule, struct utc now)
{
    return rule->until.ms != 0 && utc_days_between(rule->until, now) > 0;
}

static struct ignore_rule *rule_for(struct ignore_rules *rules, struct utc now,
                                    const struct finding *finding,
                                    const struct component *component, struct arena *arena)
{
    struct str named =
        arena_printf(arena, "%.*s@%.*s", STR_ARG(component->name), STR_ARG(component->version));

    for (size_t i = 0; i < rules->len; i++) {
        struct ignore_rule *rule = &rules->at[i];

        if (!ignore_is_over(rule, now) && has_id(finding, rule->id) &&
            fits_component(rule->component, component, named))
            return rule;
    }
    return NULL;
}

void ignore_apply(struct ignore_rules *rules, struct str file, struct utc now,
                  const struct inventory *inventory, struct findings *findings, struct arena *arena)
{
    for (size_t i = 0; i < findings->len; i++) {
        struct finding *finding = &findings->at[i];
        struct ignore_rule *rule;

        if (triage_is_suppressing(finding->statement.verdict))
            continue;
        rule = rule_for(rules, now, finding, &inventory->components.at[finding->component], arena);
        if (!rule)
            continue;
        rule->was_used = true;
        finding->statement =
            (struct finding_statement){ .verdict = VERDICT_IGNORED,
                                        .reason = rule->reason,
                                        .from = arena_printf(arena, "%.*s:%u", STR_ARG(file),
                                                             rule->line),
                                        .until = rule->until };
    }
}
