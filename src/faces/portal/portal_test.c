#include "base/testing.h"

#include <dirent.h>
#include <unistd.h>

#include "domain/advisory/sample.h"
#include "faces/http/respond.h"
#include "faces/portal/advisory/fill.h"
#include "faces/portal/advisory/pages.h"
#include "faces/portal/advisory/render.h"
#include "faces/portal/pages/pages.h"
#include "faces/portal/routes.h"
#include "faces/public/context.h"
#include "store/generation.h"

struct scene {
    char folder[64], public[80];
    struct arena *arena;
    struct settings settings;
    struct advisory_site site;
    struct advisory_renderer renderer;
    struct world *world;
    struct public_face face;
    struct err err;
};

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);

    assert_true(seal_start(&s->err));
    snprintf(s->folder, sizeof s->folder, "/tmp/noroshi-portal-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    snprintf(s->public, sizeof s->public, "%s/public", s->folder);
    s->arena = arena_new(256 << 20);
    assert_true(settings_load(STR(""), NULL, s->arena, &s->settings, &s->err));
    s->site = advisory_site_from(&s->settings);
    s->renderer = portal_renderer(&s->site);
    assert_true(world_open(&(struct world_options){ str_from_z(s->folder), &s->site, &s->renderer },
                           &s->world, &s->err));
    s->face.settings = &s->settings;
    assert_true(watch_new(s->public, &s->face.watch, &s->err));
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    DIR *entries;
    const struct dirent *entry;

    watch_free(s->face.watch);
    world_close(s->world);
    entries = opendir(s->public);
    while (entries && (entry = readdir(entries)))
        unlinkat(dirfd(entries), entry->d_name, 0);
    closedir(entries);
    rmdir(s->public);
    rmdir(s->folder);
    arena_free(s->arena);
    free(s);
    return 0;
}

typedef bool handler(struct request *req, struct response *res, struct err *err);

/* What a stranger gets; nothing when the handler says no. */
static struct str ask(struct scene *s, handler *handle, const char *base, const char *path,
                      const char *query)
{
    struct request req = { .arena = s->arena,
                           .now = SAMPLE_PUBLISHED,
                           .method = METHOD_GET,
                           .path = str_from_z(path),
                           .base = str_from_z(base),
                           .lang = *base ? LANG_EN : LANG_JA,
                           .app = &s->face,
                           .query_text = str_from_z(query) };
    struct response res = { .arena = s->arena };
    struct str rest = req.query_text, pair, body;
    struct err err = { 0 };

    while (rest.len > 0 && str_split(&rest, '&', &pair)) {
        size_t at = str_index(pair, '=');

        VEC_PUSH(s->arena, &req.query,
                 (struct field){ str_take(pair, at), str_drop(pair, at + 1) });
    }
    if (!handle(&req, &res, &err)) {
        assert_int_equal(err.code, ERR_NOT_FOUND);
        return STR_NONE;
    }
    body = arena_str(s->arena, res.body);
    if (res.release) {
        assert_true(res.etag.len > 0);
        res.release(res.owner);
    }
    return body;
}

static void publish(struct scene *s, int64_t id, const struct advisory_view *view)
{
    if (!world_publish(s->world, id, view, view->published_at, &s->err))
        fail_msg("%s %s", s->err.subject, s->err.trail);
    usleep((WATCH_EVERY_MS + 50) * 1000);
}

static void routes__have_a_permission_each(void **state)
{
    struct scene *s = *state;
    struct route_list lists[PORTAL_ROUTE_LISTS_MAX];
    size_t count = portal_routes(lists);

    if (!routes_check(lists, count, s->arena, &s->err))
        fail_msg("%s", s->err.subject);
}

/* PUB-01, PUB-03: before the publication there is nothing; after it the page says what to do first, and who did not report. */
static void portal__shows_an_advisory_from_its_publication_on(void **state)
{
    struct scene *s = *state;
    struct advisory_view v = sample_view(s->arena);
    struct str page;

    assert_null(ask(s, portal_document, "", "/advisories/NRS48213075", "").ptr);
    assert_true(str_contains(ask(s, portal_home, "", "/", ""), STR("<h1>")));
    publish(s, 1, &v);
    page = ask(s, portal_document, "", "/advisories/NRS48213075", "");
    assert_true(str_contains(page, STR("NRS#48213075")) && str_contains(page, v.ja.title) &&
                str_contains(page, STR("<html lang=\"ja\">")));
    assert_true(str_index_str(page, v.ja.action) < str_index_str(page, STR("id=\"overview\"")));
    assert_true(str_contains(page, STR("9.8")));
    assert_true(str_contains(page, tr(LANG_JA, vendor_status_msgid(STR("no_report")))));
    assert_true(str_contains(page, STR("&lt;匿名希望&gt;")));
    assert_false(str_contains(page, STR("<匿名")));
    assert_true(str_contains(page, STR("href=\"/en/advisories/NRS48213075\"")));
    page = ask(s, portal_document, "/en", "/advisories/NRS48213075", "");
    assert_true(str_contains(page, v.en.title) && str_contains(page, STR("<html lang=\"en\">")));
    assert_false(str_contains(page, v.ja.overview));
    assert_true(str_contains(ask(s, portal_document, "", "/advisories/NRS48213075.json", ""),
                             STR("\"number\"")));
    assert_true(str_contains(ask(s, portal_document, "", "/vuldef/NRS48213075.xml", ""),
                             STR("<VULDEF-Document")));
    assert_true(str_contains(ask(s, portal_home, "/en", "/", ""), v.en.title));
    assert_true(str_contains(ask(s, portal_list, "", "/advisories", ""), v.ja.title));
    assert_null(ask(s, portal_document, "", "index/advisories", "").ptr);
    assert_null(ask(s, portal_document, "/en", "/advisories/NRS48213075.json", "").ptr);
}

/* VDB-04, PUB-09: all countermeasures in one list, which is searched in memory; what makes no sense is not asked; an empty answer says what to do. */
static void portal_list__filters_and_pages(void **state)
{
    struct scene *s = *state;
    struct str page;

    for (int i = 0; i < INDEX_PAGE + 2; i++) {
        struct advisory_view v = sample_view(s->arena);

        v.number = arena_printf(s->arena, "NRS#%08d", i);
        v.published_at = v.updated_at = (struct utc){ SAMPLE_PUBLISHED.ms + i * UTC_DAY };
        if (i == 3)
            v.ja.title = v.en.title = STR("A very special gateway");
        publish(s, i + 1, &v);
    }
    page = ask(s, portal_list, "", "/advisories", "q=special");
    assert_true(str_contains(page, STR("A very special gateway")) &&
                !str_contains(page, STR("NRS#00000004")));
    assert_true(str_contains(page, STR("value=\"special\"")));
    page = ask(s, portal_list, "/en", "/advisories", "severity=LOW");
    assert_true(str_contains(page, STR("Nothing fits these conditions.")));
    page = ask(s, portal_list, "", "/advisories", "page=2&sort=updated");
    assert_true(str_contains(page, STR("NRS#00000000")) &&
                str_contains(page, STR("/advisories?sort=updated")));
    page = ask(s, portal_list, "", "/advisories", "page=x&year=-7&severity=%22onclick&sort=drop");
    assert_true(str_contains(page, STR("<h1>")) && !str_contains(page, STR("\"onclick")));
    page = ask(s, portal_list, "", "/advisories", "q=\"><script>alert(1)</script>");
    assert_false(str_contains(page, STR("<script>alert")));
}

static void pages__stand_in_both_languages(void **state)
{
    static handler *const handlers[] = { portal_about, portal_developers, portal_feeds };
    static const char *const paths[] = { "/about", "/for-developers", "/feeds" };
    struct scene *s = *state;

    for (size_t i = 0; i < COUNT(handlers); i++) {
        struct str ja = ask(s, handlers[i], "", paths[i], ""),
                   en = ask(s, handlers[i], "/en", paths[i], "");

        print_message("case: %s\n", paths[i]);
        assert_true(ja.len > 1000 && en.len > 1000);
        assert_true(str_contains(ja, STR("lang=\"ja\"")) && str_contains(en, STR("lang=\"en\"")));
        assert_true(str_contains(ja, arena_printf(s->arena, "href=\"/en%s\"", paths[i])));
    }
    assert_true(str_contains(ask(s, portal_security_txt, "", "/.well-known/security.txt", ""),
                             STR("Expires: 2027-")));
    assert_true(str_starts(ask(s, portal_robots, "", "/robots.txt", ""), STR("User-agent: *")));
    assert_null(ask(s, portal_metrics, "", "/metrics", "").ptr);
}

/* PUB-11: that a product is to be used no more stands first on the page, and in the list. */
static void portal__says_stop_using_it(void **state)
{
    struct scene *s = *state;
    struct advisory_view v = sample_view(s->arena);
    struct str page;

    publish(s, 1, &v);
    page = ask(s, portal_document, "/en", "/advisories/NRS48213075", "");
    assert_false(str_contains(page, STR("Please stop using this product.")));
    v.is_stop_use = true;
    v.revision++;
    publish(s, 2, &v);
    page = ask(s, portal_document, "/en", "/advisories/NRS48213075", "");
    assert_true(str_contains(page, STR("Please stop using this product.")));
    assert_true(str_index_str(page, STR("Please stop using")) <
                str_index_str(page, STR("id=\"overview\"")));
    assert_true(str_contains(ask(s, portal_list, "/en", "/advisories", ""), STR("Stop use")));
    assert_true(str_contains(ask(s, portal_document, "", "/advisories/NRS48213075.json", ""),
                             STR("\"isStopUse\": true")));
}

/* COO-35, COO-36, CFD-17: a developer is told what to prepare in its own house; LGL-08, LGL-09, LGL-10: and what the law was said to be. */
static void developers__are_told_what_to_prepare(void **state)
{
    struct scene *s = *state;
    struct str en = ask(s, portal_developers, "/en", "/for-developers", ""),
               ja = ask(s, portal_developers, "", "/for-developers", "");

    assert_true(str_contains(en, STR("which components each of your products consists of")));
    assert_true(str_contains(en, STR("coordinate inside your organisation")));
    assert_true(str_contains(en, STR("test accounts and test functions")));
    assert_true(str_contains(ja, STR("ソフトウエアの構成")) && str_contains(ja, STR("組織内")) &&
                str_contains(ja, STR("テスト用")));
    assert_true(str_contains(en, STR("may be void towards consumers")) &&
                str_contains(en, STR("Product Liability Act")) &&
                str_contains(en, STR("Consumer Affairs Agency")) &&
                str_contains(en, STR("March 2013")));
    assert_true(str_contains(ja, STR("製造物責任法")) && str_contains(ja, STR("2013年3月")));
}

/* Every pair of what a vector can say has its sentence. */
static void attack_words__explain_every_vector(void **state)
{
    static const char from[] = "NALP", login[] = "NLH", action[] = "NRAP";
    struct scene *s = *state;

    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 3; j++)
            for (size_t k = 0; k < 4; k++)
                assert_true(
                    attack_words(LANG_EN, arena_printf(s->arena, "CVSS:3.1/AV:%c/AC:L/PR:%c/UI:%c",
                                                       from[i], login[j], action[k]))
                        .len > 0);
    assert_int_equal(attack_words(LANG_EN, STR("CVSS:3.1/AV:N")).len, 0);
    assert_int_equal(attack_words(LANG_EN, STR("")).len, 0);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(routes__have_a_permission_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(portal__shows_an_advisory_from_its_publication_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(portal_list__filters_and_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages__stand_in_both_languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(portal__says_stop_using_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(developers__are_told_what_to_prepare, set_up, tear_down),
        cmocka_unit_test_setup_teardown(attack_words__explain_every_vector, set_up, tear_down),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
