#include "faces/desk/testing.h"

#include "domain/access/invitation.h"

static bool leads_to(const struct browser *b, const char *path)
{
    print_message("leads to: %s\n", b->where);
    return strcmp(b->where, path) == 0;
}

/* C01, C08, C14: from the closed door to the first room and out again. */
static void login__leads_through_two_steps_to_where_one_wanted(void **state)
{
    struct browser b = { 0 }, old;
    char fields[100];
    (void)state;

    (void)trial_account(trial_organisation("RB", "受付機関", ""), "rb@example.jp", ROLE_RB);
    assert_int_equal(see(&b, "/me?x=1"), 303);
    assert_true(leads_to(&b, "/login?next=%2Fme%3Fx%3D1"));
    assert_int_equal(see(&b, "/login?next=%2Fme%3Fx%3D1"), 200);
    assert_true(has("ログイン") && has("autocomplete=\"current-password\"") && has("HttpOnly") &&
                has("Secure") && has("SameSite=Lax"));
    assert_int_equal(
        submit(&b, "/login", "email=rb%40example.jp&password=wrong&next=%2Fme%3Fx%3D1"), 422);
    assert_true(has("メールアドレス") && !has("wrong"));
    assert_int_equal(
        submit(&b, "/login",
               "email=rb%40example.jp&password=a+beacon+on+nine+hills+46&next=%2Fme%3Fx%3D1"),
        303);
    assert_true(leads_to(&b, "/login/code?next=%2Fme%3Fx%3D1"));
    assert_int_equal(see(&b, "/me"), 303); /* the password alone opens nothing */
    assert_int_equal(see(&b, "/login/code?next=%2Fme%3Fx%3D1"), 200);
    assert_true(has("<svg viewBox=\"0 0 ") && has("h1v1"));
    read_secret(&b);
    assert_int_equal(submit(&b, "/login/code", "code=12345x&next=%2Fme%3Fx%3D1"), 422);
    old = b;
    snprintf(fields, sizeof fields, "code=%s&next=%%2Fme%%3Fx%%3D1", code_now(&b));
    assert_int_equal(submit(&b, "/login/code", fields), 303);
    assert_true(leads_to(&b, "/me?x=1"));
    assert_true(strcmp(old.session, b.session) != 0);
    assert_int_equal(see(&old, "/me"), 303);
    assert_int_equal(see(&b, "/en/me"), 200);
    assert_true(has("Settings") && has("受付機関") && has("no-store") && has("Log out"));
    old = b;
    assert_int_equal(submit(&b, "/logout", ""), 303);
    assert_true(has("Clear-Site-Data"));
    assert_int_equal(see(&old, "/me"), 303);
}

/* C17: nobody is led away from here. */
static void login__leads_nowhere_else(void **state)
{
    struct browser b = { 0 };
    char fields[200];
    (void)state;

    (void)trial_account(trial_organisation("CB", "調整機関", ""), "cb@example.jp", ROLE_CB);
    enter(&b, "cb%40example.jp");
    assert_int_equal(submit(&b, "/logout", ""), 303);
    b.session[0] = 0;
    assert_int_equal(see(&b, "/login?next=https%3A%2F%2Fevil.example"), 200);
    assert_false(has("value=\"https://evil"));
    assert_int_equal(
        submit(&b, "/login",
               "email=cb%40example.jp&password=a+beacon+on+nine+hills+46&next=%2F%2Fevil.example"),
        303);
    assert_true(leads_to(&b, "/login/code"));
    assert_int_equal(see(&b, "/login/code"), 200);
    forget_codes();
    snprintf(fields, sizeof fields, "code=%s&next=%%2F%%2Fevil.example", code_now(&b));
    assert_int_equal(submit(&b, "/login/code", fields), 303);
    assert_true(leads_to(&b, "/today"));
}

/* C15, T71: no state changes without the token of this very browser and an origin of ours. */
static void forms__want_their_own_token_and_origin(void **state)
{
    static const char *const paths[] = { "/login",      "/password/forgotten", "/logout",
                                         "/me/profile", "/me/sessions/end",    "/developers" };
    struct browser b = { 0 }, other = { 0 }, wrong;
    (void)state;

    {
        int64_t organisation = trial_organisation("CB", "調整機関", "");

        (void)trial_account(organisation, "cb@example.jp", ROLE_CB);
        (void)trial_account(organisation, "two@example.jp", ROLE_CB);
    }
    enter(&b, "cb%40example.jp");
    enter(&other, "two%40example.jp");
    for (size_t i = 0; i < COUNT(paths); i++) {
        print_message("path: %s\n", paths[i]);
        wrong = b;
        wrong.token[0] = 0;
        assert_int_equal(submit(&wrong, paths[i], "name=Eve&lang=en"), 403);
        wrong = b;
        memcpy(wrong.token, other.token, sizeof wrong.token);
        assert_int_equal(submit(&wrong, paths[i], "name=Eve&lang=en"), 403);
        {
            char body[300], headers[500], cookies[300];

            cookies_of(&b, cookies, sizeof cookies);
            snprintf(
                headers, sizeof headers,
                "Content-Type: application/x-www-form-urlencoded\r\nOrigin: https://evil.example\r\n%s",
                cookies);
            snprintf(body, sizeof body, "form_token=%s&name=Eve&lang=en", b.token);
            assert_int_equal(post(paths[i], headers, body), 403);
        }
    }
    assert_int_equal(trial_count("SELECT COUNT(*) FROM account WHERE name = 'Eve'"), 0);
    assert_int_equal(see(&b, "/me"), 200);
    assert_int_equal(submit(&b, "/me/profile", "name=Eve&lang=en"), 303);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM account WHERE name = 'Eve' AND lang = 'en'"),
                     1);
}

/* C29: a room one may not enter looks like none. */
static void rooms__are_for_whom_they_are_for(void **state)
{
    /* clang-format off */
    static const struct {
        const char *path;
        int rb, cb, pm, admin;
    } rows[] = {
        { "/me", 200, 200, 200, 200 },           { "/developers", 200, 200, 404, 200 },     { "/developers/new", 404, 200, 404, 404 },
        { "/organisation", 404, 404, 200, 404 }, { "/organisation/edit", 404, 404, 200, 404 }, { "/people", 404, 404, 404, 200 },
        { "/people/events", 404, 404, 404, 200 },
    };
    /* clang-format on */
    struct browser rb = { 0 }, cb = { 0 }, pm = { 0 }, admin = { 0 }, nobody = { 0 };
    (void)state;

    {
        int64_t receiving = trial_organisation("RB", "受付機関", ""),
                coordinating = trial_organisation("CB", "調整機関", ""),
                maker = trial_organisation("PD", "甲社", "");

        (void)trial_account(receiving, "rb@example.jp", ROLE_RB);
        (void)trial_account(coordinating, "cb@example.jp", ROLE_CB);
        (void)trial_account(maker, "pm@example.jp", ROLE_PM);
        (void)trial_account(receiving, "admin@example.jp", ROLE_ADMIN);
    }
    enter(&rb, "rb%40example.jp");
    enter(&cb, "cb%40example.jp");
    enter(&pm, "pm%40example.jp");
    enter(&admin, "admin%40example.jp");
    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("path: %s\n", rows[i].path);
        assert_int_equal(see(&rb, rows[i].path), rows[i].rb);
        assert_int_equal(see(&cb, rows[i].path), rows[i].cb);
        assert_int_equal(see(&pm, rows[i].path), rows[i].pm);
        assert_int_equal(see(&admin, rows[i].path), rows[i].admin);
        assert_int_equal(see(&nobody, rows[i].path), 303);
    }
    assert_int_equal(see(&pm, "/me"), 200);
    assert_true(has("href=\"/organisation\"") && !has("href=\"/people\"") &&
                !has("href=\"/reports\""));
}

/* COO-01 to 04, COO-07: from an unknown name to a registered developer, by two people. */
static void developer__is_brought_in_step_by_step(void **state)
{
    struct browser cb = { 0 }, pm = { 0 };
    char base[120], path[200], fields[200];
    (void)state;

    (void)trial_account(trial_organisation("CB", "調整機関", ""), "cb@example.jp", ROLE_CB);
    enter(&cb, "cb%40example.jp");
    assert_int_equal(see(&cb, "/developers/new"), 200);
    assert_int_equal(submit(&cb, "/developers",
                            "name_ja=&developer_basis=developer&languages=ja&window_phone=call"),
                     422);
    assert_true(has("href=\"#name_ja\"") && has("href=\"#window_phone\"") && has("value=\"call\""));
    assert_int_equal(
        submit(
            &cb, "/developers",
            "name_ja=%E7%94%B2%E7%A4%BE&name_en=Kou&developer_basis=importer&languages=ja&window_email=psirt%40kou.example"
            "&window_phone=03-1234-5678&products=KouRouter%0D%0AKouCam"),
        303);
    snprintf(base, sizeof base, "%.*s", (int)strcspn(cb.where, "?"), cb.where);
    assert_int_equal(see(&cb, cb.where), 200);
    assert_true(has("KouRouter") && has("KouCam") && has("リストに追加済み") &&
                !has("本人確認を記録する</button>"));
    assert_int_equal(see(&cb, "/developers?q=%EF%BD%8B%EF%BD%8F%EF%BD%95cam"), 200);
    assert_true(has("甲社") && has("1件"));

    snprintf(path, sizeof path, "%s/people/new", base);
    assert_int_equal(see(&cb, path), 200);
    snprintf(path, sizeof path, "%s/people", base);
    assert_int_equal(submit(&cb, path, "name=Kou&email=pm%40kou.example&lang=ja&roles=cb"),
                     403); /* not hers to give */
    assert_int_equal(submit(&cb, path, "name=Kou&email=pm%40kou.example&lang=ja&roles=pm"), 303);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox WHERE notice = 'INVITE'"), 1);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM organisation WHERE state = 'INVITED'"), 1);

    /* The mail's own token lies sealed; the test opens a link of its own. */
    {
        struct deed deed = deed_begin();
        struct account *account = NULL;
        struct str token;

        ok(account_by_email(deed.tx, STR("pm@kou.example"), trial.arena, &account, WHY));
        ok(invitation_send(&deed, &trial.vault, account, INVITATION_INVITE, &token, WHY));
        deed_done();
        snprintf(path, sizeof path, "/invitation/%.*s", STR_ARG(token));
    }
    assert_int_equal(see(&pm, path), 200);
    assert_true(has("Referrer-Policy: strict-origin\r\n") && has("pm@kou.example"));
    assert_int_equal(submit(&pm, path, "name=Taro&password=short"), 422);
    assert_int_equal(submit(&pm, path, "name=Taro&password=a+beacon+on+nine+hills+46"), 303);
    assert_true(leads_to(&pm, "/login/code"));
    assert_int_equal(see(&pm, "/login/code"), 200);
    read_secret(&pm);
    snprintf(fields, sizeof fields, "code=%s", code_now(&pm));
    assert_int_equal(submit(&pm, "/login/code", fields), 303);
    {
        struct browser late = { 0 };

        assert_int_equal(see(&late, path), 404); /* the link works once */
    }

    snprintf(path, sizeof path, "%s/steps", base);
    assert_int_equal(see(&cb, base), 200);
    assert_int_equal(submit(&cb, path, "event=identify&note="), 409);
    assert_true(has("本人確認の方法"));
    assert_int_equal(see(&cb, base), 200);
    assert_int_equal(submit(&cb, path, "event=identify&note=%E9%9B%BB%E8%A9%B1"), 303);
    assert_int_equal(see(&pm, "/organisation"), 200);
    assert_true(has("登録規約に同意する"));
    assert_int_equal(submit(&pm, "/organisation/steps", "event=register"), 409);
    assert_int_equal(see(&pm, "/organisation"), 200);
    assert_int_equal(submit(&pm, "/organisation/steps", "event=agree&terms_version=forged"), 303);
    assert_int_equal(see(&pm, "/organisation"), 200);
    assert_int_equal(submit(&pm, "/organisation/preparation",
                            "guideline_read=1&handling_rules=1&protection=DESK"),
                     303);
    assert_int_equal(see(&cb, base), 200);
    assert_int_equal(submit(&cb, path, "event=register"), 303);
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM organisation WHERE state = 'REGISTERED' AND kind = 'PD' AND terms_version = '1'"),
        1);

    /* COO-04: the developer tells of a new window; the name is not its to change here. */
    assert_int_equal(see(&pm, "/organisation/edit"), 200);
    {
        char version[24] = "";

        keep(version, sizeof version, "name=\"version\" value=\"", "\"");
        snprintf(
            fields, sizeof fields,
            "version=%s&window_email=new%%40kou.example&window_phone=03-1234-5678&languages=ja&products=KouCam&name_ja=Evil",
            version);
        assert_int_equal(submit(&pm, "/organisation/edit", fields), 303);
        assert_int_equal(submit(&pm, "/organisation/edit", fields), 409);
        assert_true(has("new@kou.example"));
    }
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox WHERE notice = 'N15'"), 2);
    assert_int_equal(see(&cb, base), 200);
    assert_true(has("psirt@kou.example") && has("new@kou.example") && !has("Evil") && has("Taro"));
}

/* COO-05: a developer that nobody looked for yet asks to be on the list; it becomes an entry by CB's hand alone. */
static void developer__asks_to_be_on_the_list(void **state)
{
    struct browser maker = { 0 }, cb = { 0 }, rb = { 0 };
    char id[60] = "", path[200];
    (void)state;

    (void)trial_account(trial_organisation("CB", "調整機関", ""), "cb@example.jp", ROLE_CB);
    (void)trial_account(trial_organisation("RB", "受付機関", ""), "rb@example.jp", ROLE_RB);
    assert_int_equal(see(&maker, "/join"), 200);
    assert_int_equal(submit(&maker, "/join", "name_ja=%E4%B9%99%E7%A4%BE&window_email=x"), 422);
    assert_true(has("href=\"#window_email\"") && has("href=\"#window_phone\"") &&
                has("href=\"#person\"") && has("value=\"x\""));
    for (int i = 0; i < 5; i++)
        assert_int_equal(
            submit(
                &maker, "/join",
                "name_ja=%E4%B9%99%E7%A4%BE&window_email=psirt%40otsu.example&window_phone=03-1234-5678&person=Otsu&products=OtsuBox"),
            200);
    assert_int_equal(
        submit(
            &maker, "/join",
            "name_ja=%E4%B9%99%E7%A4%BE&window_email=psirt%40otsu.example&window_phone=03-1234-5678&person=Otsu&products=OtsuBox"),
        429);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM organisation WHERE kind = 'PD'"), 0);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox WHERE notice = 'N15'"), 5);
    enter(&rb, "rb%40example.jp");
    assert_int_equal(see(&rb, "/developers/applications"), 404);
    enter(&cb, "cb%40example.jp");
    assert_int_equal(see(&cb, "/developers"), 200);
    assert_true(has("/developers/applications"));
    assert_int_equal(see(&cb, "/developers/applications"), 200);
    assert_true(has("OtsuBox") && has("psirt@otsu.example"));
    keep(id, sizeof id, "/developers/applications/", "/take");
    snprintf(path, sizeof path, "/developers/applications/%s/take", id);
    assert_int_equal(submit(&cb, path, ""), 303);
    assert_int_equal(see(&cb, cb.where), 200);
    assert_true(has("OtsuBox") && has("リストに追加済み"));
    assert_int_equal(submit(&cb, path, ""), 404); /* once */
    assert_int_equal(see(&cb, "/developers/applications"), 200);
    keep(id, sizeof id, "/developers/applications/", "/take");
    snprintf(path, sizeof path, "/developers/applications/%s/decline", id);
    assert_int_equal(submit(&cb, path, ""), 303);
    assert_int_equal(
        trial_count("SELECT COUNT(*) FROM organisation WHERE kind = 'PD' AND state = 'LISTED'"), 1);
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM application WHERE state = 'DECLINED' AND decided_by IS NOT NULL"),
        1);
}

/* C05: a reset says the same to everybody. */
static void forgotten__says_the_same_to_everybody(void **state)
{
    struct browser b = { 0 };
    static char first[100000];
    (void)state;

    (void)trial_account(trial_organisation("RB", "受付機関", ""), "rb@example.jp", ROLE_RB);
    assert_int_equal(see(&b, "/password/forgotten"), 200);
    for (int i = 0; i < 7; i++) {
        const char *body;

        assert_int_equal(submit(&b, "/password/forgotten",
                                i % 2 ? "email=nobody%40example.jp" : "email=rb%40example.jp"),
                         200);
        body = strstr(body_of(), "<main");
        assert_non_null(body);
        if (i == 0)
            snprintf(first, sizeof first, "%s", body);
        assert_string_equal(first, body);
    }
    assert_int_equal(trial_count("SELECT COUNT(*) FROM outbox WHERE notice = 'RESET'"), 4);
}

/* C06, C46: what a stolen session must not do asks for the login again; a key is used only after its owner has compared it. */
static void account__changes_want_a_fresh_login(void **state)
{
    static const char *const paths[] = { "/me/password", "/me/factor", "/me/key" };
    struct browser b = { 0 };
    char fields[300];
    (void)state;

    (void)trial_account(trial_organisation("RB", "受付機関", ""), "rb@example.jp", ROLE_RB);
    enter(&b, "rb%40example.jp");
    for (size_t i = 0; i < COUNT(paths); i++)
        assert_int_equal(see(&b, paths[i]), 200);
    trial_run("UPDATE session SET strong_at = strong_at - 300000");
    for (size_t i = 0; i < COUNT(paths); i++) {
        char want[100];

        print_message("path: %s\n", paths[i]);
        snprintf(want, sizeof want, "/login/again?next=%s", paths[i]);
        assert_int_equal(see(&b, paths[i]), 303);
        assert_true(leads_to(&b, want));
        assert_int_equal(
            submit(&b, paths[i], "password=another+beacon+another+hill&code=000000&key=x"), 303);
        assert_true(leads_to(&b, want));
    }
    assert_int_equal(see(&b, "/login/again?next=/me/key"), 200);
    assert_int_equal(submit(&b, "/login/again", "password=wrong&code=000000&next=/me/key"), 422);
    forget_codes();
    snprintf(fields, sizeof fields, "password=a+beacon+on+nine+hills+46&code=%s&next=/me/key",
             code_now(&b));
    assert_int_equal(submit(&b, "/login/again", fields), 303);
    assert_true(leads_to(&b, "/me/key"));

    assert_int_equal(see(&b, "/me/key"), 200);
    assert_int_equal(submit(&b, "/me/key", "key=rubbish"), 422);
    assert_int_equal(submit(&b, "/me/key", "key=-----BEGIN+PGP+PUBLIC+KEY+BLOCK-----"), 303);
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM account WHERE pgp_key <> '' AND pgp_confirmed_at IS NULL"),
        1);
    assert_int_equal(see(&b, "/me/key"), 200);
    assert_int_equal(
        submit(&b, "/me/key/confirm", "fingerprint=0123456789ABCDEF0123456789ABCDEF01234568"), 422);
    assert_int_equal(submit(&b, "/me/key/confirm",
                            "fingerprint=0123+4567+89ab+cdef+0123+4567+89AB+CDEF+0123+4567"),
                     303);
    assert_int_equal(trial_count("SELECT COUNT(*) FROM account WHERE pgp_confirmed_at IS NOT NULL"),
                     1);

    assert_int_equal(see(&b, "/me/password"), 200);
    assert_int_equal(submit(&b, "/me/password", "password=password123456"), 422);
    assert_int_equal(
        submit(&b, "/me/password", "password=another+beacon+another+hill&end_others=1"), 303);
    assert_int_equal(see(&b, "/me"), 200); /* this session goes on */
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM outbox WHERE notice = 'CHANGED' AND account_id IS NOT NULL"),
        2);
    assert_int_equal(
        trial_count(
            "SELECT COUNT(*) FROM access_event WHERE kind IN ('password.changed', 'key.confirmed') AND about_account_id IS NOT NULL"),
        3);
}

/* C09: a person ends own sessions, an administrator anybody's; the next request sees it. */
static void sessions__end_at_once(void **state)
{
    struct browser one = { 0 }, two = { 0 }, admin = { 0 };
    char path[200], fields[100], id[60] = "";
    (void)state;

    {
        int64_t body = trial_organisation("RB", "受付機関", "");

        (void)trial_account(body, "rb@example.jp", ROLE_RB);
        (void)trial_account(body, "admin@example.jp", ROLE_ADMIN);
    }
    enter(&one, "rb%40example.jp");
    two.secret = one.secret;
    enter(&two, "rb%40example.jp");
    keep(id, sizeof id, "/me/sessions/", "/end");
    assert_int_equal(strlen(id), PUBLIC_ID_LENGTH);
    snprintf(path, sizeof path, "/me/sessions/%s/end", id);
    assert_int_equal(submit(&two, path, ""), 303);
    assert_int_equal(see(&one, "/me"), 303);
    assert_int_equal(see(&two, "/me"), 200);

    enter(&admin, "admin%40example.jp");
    assert_int_equal(see(&admin, "/people"), 200);
    {
        struct tx *tx = NULL;
        struct account *account = NULL;

        ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
        ok(account_by_email(tx, STR("rb@example.jp"), trial.arena, &account, WHY));
        tx_end(tx);
        snprintf(path, sizeof path, "/people/%.*s", STR_ARG(account->public_id));
        assert_int_equal(see(&admin, path), 200);
        snprintf(fields, sizeof fields, "version=%lld&roles=rb&roles=auditor",
                 (long long)account->version);
        snprintf(path, sizeof path, "/people/%.*s/roles", STR_ARG(account->public_id));
        assert_int_equal(submit(&admin, path, fields), 303);
        assert_int_equal(see(&two, "/me"), 303);
        two.session[0] = 0;
        enter(&two, "rb%40example.jp");
        snprintf(path, sizeof path, "/people/%.*s/disable", STR_ARG(account->public_id));
        assert_int_equal(see(&admin, "/me"), 200);
        assert_int_equal(submit(&admin, path, ""), 303);
        assert_int_equal(see(&two, "/me"), 303);
    }
    assert_int_equal(see(&admin, "/people/events"), 200);
    assert_true(has("役割の変更") && has("利用者の無効化"));
}

/* GEN-14: every page in English has no Japanese sentence of ours, and the other way round no English one. */
static void pages__speak_one_language(void **state)
{
    static const char *const paths[] = { "/en/me",          "/en/developers", "/en/developers/new",
                                         "/en/me/password", "/en/me/key",     "/en/nothing" };
    struct browser b = { 0 };
    (void)state;

    (void)trial_account(trial_organisation("CB", "CB", ""), "cb@example.jp", ROLE_CB);
    trial_run("UPDATE account SET name = 'Kim'");
    enter(&b, "cb%40example.jp");
    for (size_t i = 0; i < COUNT(paths); i++) {
        print_message("path: %s\n", paths[i]);
        (void)see(&b, paths[i]);
        assert_non_null(strstr(body_of(), "<html lang=\"en\">"));
        for (const char *c = body_of(); *c; c++) {
            /* hiragana; 日本語 stands in the language switch */
            if ((unsigned char)c[0] == 0xe3 && (unsigned char)c[1] == 0x81)
                fail_msg("%s: %.60s", paths[i], c);
        }
    }
}

int main(void)
{
#define DESK(test) cmocka_unit_test_setup_teardown(test, desk_begin, desk_end)
    const struct CMUnitTest tests[] = {
        DESK(login__leads_through_two_steps_to_where_one_wanted),
        DESK(login__leads_nowhere_else),
        DESK(forms__want_their_own_token_and_origin),
        DESK(rooms__are_for_whom_they_are_for),
        DESK(developer__is_brought_in_step_by_step),
        DESK(developer__asks_to_be_on_the_list),
        DESK(forgotten__says_the_same_to_everybody),
        DESK(account__changes_want_a_fresh_login),
        DESK(sessions__end_at_once),
        DESK(pages__speak_one_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
