#include "domain/casework/rediscovery.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/casework/rediscovery.sql.h"
#include "formats/cwe/cwe.h"
#include "store/store.h"
#include <string.h>

enum { PRINTS_MAX = 200, VALUE_MIN = 3, PLACE_MIN = 5, FACTS_MAX = 256, CWE_MAX = 99999 };

bool coincidence_is_hint(unsigned kinds)
{
    return (kinds & (SAME_PRODUCT | SAME_ADDRESS | SAME_NUMBER)) != 0;
}

bool coincidence_is_alarm(unsigned kinds)
{
    return (kinds & SAME_NUMBER) ||
           ((kinds & (SAME_PRODUCT | SAME_ADDRESS)) && (kinds & (SAME_WEAKNESS | SAME_PLACE)));
}

struct str rediscovery_name(struct str name, struct arena *arena)
{
    struct str folded = fold(arena, name);
    struct buf buf = buf_new(arena, folded.len + 1);

    for (size_t i = 0; i < folded.len; i++) {
        if ((unsigned char)folded.ptr[i] >= 0x80 || ascii_is_alnum(folded.ptr[i]))
            buf_byte(&buf, folded.ptr[i]);
    }
    return buf_str(&buf);
}

/* ---- what identifies a report ---- */

struct print {
    enum coincidence kind;
    struct str value;
};
struct prints {
    VEC_OF(struct print);
};

static void add(struct arena *arena, struct prints *out, enum coincidence kind, struct str value)
{
    if (value.len >= VALUE_MIN && out->len < PRINTS_MAX)
        VEC_PUSH(arena, out, (struct print){ kind, value });
}

static bool is_in(char c, struct str others)
{
    return ascii_is_alnum(c) || str_index(others, c) < others.len;
}

/* Takes the next run of bytes that are letters, digits or one of `others` off folded text. */
static bool next_run(struct str *rest, struct str others, struct str *out)
{
    size_t len = 0;

    while (rest->len > 0 && !is_in(rest->ptr[0], others))
        *rest = str_drop(*rest, 1);
    while (len < rest->len && is_in(rest->ptr[len], others))
        len++;
    *out = str_take(*rest, len);
    *rest = str_drop(*rest, len);
    return len > 0;
}

/* "v2.1.3", "Ver.2.1.3" and "2.1.3以前" name one version; it says something together with its product alone. */
static void add_versions(struct arena *arena, struct prints *out, struct str product,
                         struct str versions)
{
    struct str rest = fold(arena, versions), run;

    while (next_run(&rest, STR(".-_"), &run)) {
        while (run.len > 0 && !ascii_is_digit(run.ptr[0]))
            run = str_drop(run, 1);
        if (run.len > 0)
            add(arena, out, SAME_VERSION,
                arena_printf(arena, "%.*s %.*s", STR_ARG(product), STR_ARG(run)));
    }
}

static void add_address(struct arena *arena, struct prints *out, struct str url)
{
    struct str address = fold(arena, url);

    address = str_take(address, str_index(address, '#'));
    if (!str_skip(&address, STR("https://")))
        (void)str_skip(&address, STR("http://"));
    (void)str_skip(&address, STR("www."));
    while (str_ends(address, STR("/")))
        address.len--;
    if (str_index(address, '/') <
        address.len) /* a front page is its maker's, of whatever product */
        add(arena, out, SAME_ADDRESS, address);
}

/* A name of a weakness as it stands: "XSS", "クロスサイトスクリプティングの脆弱性". */
static void add_phrase(struct arena *arena, struct prints *out, struct str phrase)
{
    static const char *const ends[] = { "vulnerability", "脆弱性", "の" };

    phrase = rediscovery_name(phrase, arena);
    for (size_t i = 0; i < COUNT(ends); i++) {
        struct str end = str_from_z(ends[i]);

        if (phrase.len > end.len && str_ends(phrase, end))
            phrase.len -= end.len;
    }
    add(arena, out, SAME_WEAKNESS, phrase);
}

/* Bytes of the mark between two names that the text begins with; 0: there is none. */
static size_t mark_at(struct str text)
{
    static const char *const marks[] = { "(", ")",  "[",  "]",  ",",  ";",  ":", "/",
                                         "'", "\"", "、", "。", "・", "「", "」" };

    for (size_t i = 0; i < COUNT(marks); i++) {
        if (str_starts(text, str_from_z(marks[i])))
            return strlen(marks[i]);
    }
    return 0;
}

/* "Cross-site scripting (XSS)" has two names. */
static void add_phrases(struct arena *arena, struct prints *out, struct str text)
{
    struct str rest = fold(arena, text);
    size_t at = 0;

    while (at < rest.len) {
        size_t mark = mark_at(str_drop(rest, at));

        if (mark == 0) {
            at++;
            continue;
        }
        add_phrase(arena, out, str_take(rest, at));
        rest = str_drop(rest, at + mark);
        at = 0;
    }
    add_phrase(arena, out, rest);
}

/* A number of the enumeration stands for its names in both languages. CVE numbers are the strongest sign there is. */
static void add_numbers(struct arena *arena, struct prints *out, struct str text)
{
    struct str rest = fold(arena, text), run;

    while (next_run(&rest, STR("-"), &run)) {
        struct err ignored = { 0 };
        const struct cwe *cwe;
        int64_t number;

        if (str_starts(run, STR("cve-")) && run.len >= sizeof "cve-2026-1234" - 1)
            add(arena, out, SAME_NUMBER, run);
        if (!str_skip(&run, STR("cwe-")) || !str_to_int(run, 1, CWE_MAX, &number, &ignored))
            continue;
        add_phrase(arena, out, arena_printf(arena, "cwe%lld", (long long)number));
        cwe = cwe_find((unsigned)number);
        if (cwe) {
            add_phrases(arena, out, cwe->en);
            add_phrases(arena, out, cwe->ja);
        }
    }
}

/* A file "setup.cgi", a parameter "ntp_server", a function "set_clock(": not a version, not the end of a sentence. */
static bool is_place(struct str run, struct str after)
{
    size_t last = run.len;

    while (last > 0 && run.ptr[last - 1] != '.')
        last--;
    if (run.len < PLACE_MIN || ascii_is_digit(run.ptr[0]))
        return false;
    if (last > 0)
        return !ascii_is_digit(run.ptr[last]);
    return str_index(run, '_') < run.len || str_starts(after, STR("("));
}

static void add_places(struct arena *arena, struct prints *out, struct str text)
{
    struct str rest = fold(arena, text), run;

    while (next_run(&rest, STR("._"), &run)) {
        while (str_starts(run, STR(".")))
            run = str_drop(run, 1);
        while (str_ends(run, STR(".")))
            run.len--;
        if (is_place(run, rest))
            add(arena, out, SAME_PLACE, run);
    }
}

/* Neither methods nor the finder's identity go in. */
static void prints_of(struct arena *arena, struct str report, struct prints *out)
{
    struct str product = rediscovery_name(record_get(report, "product_name"), arena),
               kind = record_get(report, "vuln_kind"), info = record_get(report, "vuln_info");

    add(arena, out, SAME_PRODUCT, product);
    add_address(arena, out, record_get(report, "product_url"));
    add_numbers(arena, out, record_get(report, "told_details"));
    add_numbers(arena, out, kind);
    add_numbers(arena, out, info);
    add_phrases(arena, out, kind);
    add_versions(arena, out, product, record_get(report, "product_version"));
    add_places(arena, out, info);
}

/* ---- kept and compared ---- */

static bool keep(const struct casework *w, struct tx *tx, int64_t case_id, int64_t seq,
                 struct arena *arena, struct err *err)
{
    struct prints prints = { 0 };
    struct seal_key own;
    struct case_key key;
    struct str report;
    bool ok;

    if (!case_key_load(tx, w->vault, case_id, arena, &key, err))
        return PASS(err);
    ok = ledger_payload(tx, &key, seq, arena, &report, err);
    seal_key_wipe(&key.key);
    if (!ok)
        return PASS(err);
    prints_of(arena, report, &prints);
    own = seal_derive(&w->vault->lookups, STR("fingerprints of reports"));
    for (size_t i = 0; i < prints.len && ok; i++) {
        const struct print *one = &prints.at[i];
        struct hash hash =
            hash_keyed(&own, arena_printf(arena, "%d %.*s", (int)one->kind, STR_ARG(one->value)));

        ok = store_exec(tx, &sql_fingerprint_keep,
                        BINDS(bind_int("case_id", case_id), bind_int("kind", one->kind),
                              bind_blob("print", hash_str(&hash))),
                        NULL, err);
    }
    seal_key_wipe(&own);
    return ok ? true : PASS(err);
}

struct unprinted {
    int64_t case_id, seq;
};

static bool keep_missing(const struct casework *w, struct tx *tx, struct arena *arena,
                         struct err *err)
{
    struct {
        VEC_OF(struct unprinted);
    } missing = { 0 };

    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        int got;

        if (!store_select(tx, &sql_fingerprint_missing, NO_BINDS, arena, &rows, err))
            return PASS(err);
        while ((got = rows_next(rows, err)) > 0)
            VEC_PUSH(arena, &missing,
                     (struct unprinted){ row_int(rows, "id"), row_int(rows, "submitted_seq") });
        if (got < 0)
            return PASS(err);
    }
    for (size_t i = 0; i < missing.len; i++) {
        if (!keep(w, tx, missing.at[i].case_id, missing.at[i].seq, arena, err))
            return PASS(err);
    }
    return true;
}

bool rediscovery_meetings(struct tx *tx, int64_t case_id, struct arena *arena, struct meetings *out,
                          struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct meetings){ 0 };
    if (!store_select(tx, &sql_fingerprint_meetings, BINDS(bind_int("case_id", case_id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct meeting){ .case_id = row_int(rows, "case_id"),
                                   .kinds = (unsigned)row_int(rows, "kinds"),
                                   .is_open = row_int(rows, "is_open") != 0 });
    return got == 0 ? true : PASS(err);
}

bool rediscovery_look(const struct casework *w, struct tx *tx, const struct subject *finder,
                      struct product_case *c, struct utc now, struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, FACTS_MAX);
    struct details details = { 0 };
    struct meetings met;
    struct entry entry;
    unsigned kinds = 0;

    if (!keep_missing(w, tx, arena, err) || !rediscovery_meetings(tx, c->id, arena, &met, err))
        return PASS(err);
    for (size_t i = 0; i < met.len; i++) {
        const struct meeting *one = &met.at[i];

        if (!one->is_open || !coincidence_is_alarm(one->kinds))
            continue;
        kinds |= one->kinds;
        if (!details.ref)
            details.ref = one->case_id; /* the first that was reported */
    }
    if (!details.ref)
        return true;
    record_put_int(&facts, "kinds", kinds);
    return buf_done(&facts, &details.facts, err) &&
                   case_note(tx, finder, c, 0, "report.coincides", &details, now, arena, &entry,
                             err) &&
                   outbox_to_role(tx,
                                  &(struct news){ .notice = "REDISCOVERED",
                                                  .case_id = c->id,
                                                  .seq = entry.seq },
                                  ROLE_RB, now, err)
               ? true
               : PASS(err);
}
