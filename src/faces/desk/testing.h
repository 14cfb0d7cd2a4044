/* faces/desk/testing.h: a desk with its database and routes on a free port, and browsers that keep cookies and form tokens. */
#pragma once
#include "domain/access/testing.h"
#include "domain/access/totp.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/routes.h"
#include "faces/http/testing.h"

struct browser {
    char session[96], visit[96], token[96];
    char where[600];   /* the Location of the last answer; empty: none */
    struct str secret; /* of the second factor, read off the page */
};

static struct settings desk_settings;
static struct desk desk;
static struct server *desk_server;

HELPER bool key_looks_good(const struct desk *d, struct str armored, struct arena *arena,
                           struct account_key *out, struct err *err)
{
    (void)d;
    (void)arena;
    if (!str_starts(armored, STR("-----BEGIN PGP PUBLIC KEY BLOCK-----")))
        return FAIL(err, PGP, STR("not a key"));
    *out = (struct account_key){ armored, STR("0123456789ABCDEF0123456789ABCDEF01234567"), { 0 } };
    return true;
}

HELPER int desk_begin(void **state)
{
    static const struct str hosts[] = { STR_INIT("localhost") },
                            origins[] = { STR_INIT("http://localhost") };
    static struct route_list lists[DESK_ROUTE_LISTS_MAX];
    struct server_options options = { .name = "desk",
                                      .threads = 2,
                                      .hooks = desk_hooks,
                                      .app = &desk,
                                      .hosts = hosts,
                                      .host_count = 1,
                                      .origins = origins,
                                      .origin_count = 1,
                                      .is_private = true };

    trial_begin(state);
    trial.now = utc_now();
    ok(settings_load(STR_NONE, NULL, trial.arena, &desk_settings, WHY));
    desk = (struct desk){ .store = trial.gate.store,
                          .settings = &desk_settings,
                          .vault = &trial.vault,
                          .gate = trial.gate,
                          .casework = { .vault = &trial.vault,
                                        .target_days = 45,
                                        .case_prefix = STR("K"),
                                        .report_prefix = STR("R"),
                                        .handling_prefix = STR("WEB") },
                          .inspect = key_looks_good };
    options.lists = lists;
    options.list_count = desk_routes(lists);
    desk_server = start(options);
    return 0;
}

HELPER int desk_end(void **state)
{
    server_stop(desk_server, 1000);
    return trial_end(state);
}

HELPER void keep(char *to, size_t size, const char *before, const char *after)
{
    const char *at = strstr(answer, before), *end;

    if (!at)
        return;
    at += strlen(before);
    end = strstr(at, after);
    if (end && (size_t)(end - at) < size)
        snprintf(to, size, "%.*s", (int)(end - at), at);
}

HELPER void look(struct browser *b)
{
    keep(b->session, sizeof b->session, "__Host-noroshi=", ";");
    keep(b->visit, sizeof b->visit, "__Host-noroshi-visit=", ";");
    keep(b->token, sizeof b->token, "name=\"form_token\" value=\"", "\"");
    b->where[0] = 0;
    keep(b->where, sizeof b->where, "Location: ", "\r");
}

HELPER void cookies_of(const struct browser *b, char *out, size_t size)
{
    int n = snprintf(out, size, "Cookie: x=y");

    if (b->session[0])
        n += snprintf(out + n, size - (size_t)n, "; __Host-noroshi=%s", b->session);
    if (b->visit[0])
        n += snprintf(out + n, size - (size_t)n, "; __Host-noroshi-visit=%s", b->visit);
    snprintf(out + n, size - (size_t)n, "\r\n");
}

HELPER int see(struct browser *b, const char *path)
{
    char line[700], headers[400];
    int status;

    snprintf(line, sizeof line, "GET %s", path);
    cookies_of(b, headers, sizeof headers);
    status = ask(line, headers, "");
    look(b);
    return status;
}

/* fields: urlencoded; the token of the last form is added. */
HELPER int submit(struct browser *b, const char *path, const char *fields)
{
    static char body[20000], headers[800], cookies[400];
    int status;

    cookies_of(b, cookies, sizeof cookies);
    snprintf(
        headers, sizeof headers,
        "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n%s",
        cookies);
    snprintf(body, sizeof body, "form_token=%s&%s", b->token, fields);
    status = post(path, headers, body);
    look(b);
    return status;
}

/* The key the page shows for the authenticator app. */
HELPER void read_secret(struct browser *b)
{
    char key[80] = "";
    char *bytes = arena_alloc(trial.arena, TOTP_SECRET_BYTES);
    unsigned held = 0;
    int bits = 0;
    size_t len = 0;

    keep(key, sizeof key, "<code data-copy>", "<");
    for (const char *c = key; *c && len < TOTP_SECRET_BYTES; c++) {
        if (*c == ' ')
            continue;
        held = held << 5 | (unsigned)(*c >= 'A' ? *c - 'A' : *c - '2' + 26);
        bits += 5;
        if (bits >= 8) {
            bytes[len++] = (char)(held >> (bits - 8));
            bits -= 8;
        }
    }
    assert_int_equal(len, TOTP_SECRET_BYTES);
    b->secret = (struct str){ bytes, len };
}

HELPER const char *code_now(const struct browser *b)
{
    static char code[TOTP_DIGITS + 1];

    ok(totp_code(b->secret, utc_now().ms / (TOTP_STEP_SECONDS * UTC_SECOND), code, WHY));
    return code;
}

/* The step of the last code is forgotten: a test does not wait half a minute for the next. */
HELPER void forget_codes(void) { trial_run("UPDATE account SET totp_last_step = 0"); }

/* Logs in with TRIAL_PASSWORD; the first time the second factor is set up. */
HELPER void enter(struct browser *b, const char *email)
{
    char fields[300];

    assert_int_equal(see(b, "/login"), 200);
    snprintf(fields, sizeof fields, "email=%s&password=a+beacon+on+nine+hills+46", email);
    assert_int_equal(submit(b, "/login", fields), 303);
    assert_int_equal(see(b, "/login/code"), 200);
    if (b->secret.len == 0)
        read_secret(b);
    else
        forget_codes();
    snprintf(fields, sizeof fields, "code=%s", code_now(b));
    assert_int_equal(submit(b, "/login/code", fields), 303);
    assert_int_equal(see(b, "/me"), 200); /* brings the session's form token */
}
