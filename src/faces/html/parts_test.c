#include "faces/html/parts.h"

#include "base/testing.h"
#include "faces/html/assets.h"
#include "faces/html/layout.html.h"

static struct page *page_of(struct arena *arena, enum lang lang)
{
    return page_new(arena, 1 << 16, lang, STR("the-token"));
}

static struct str text_of(struct page *page)
{
    struct html html = { 0 };
    struct err err = { 0 };

    assert_true(html_done(page, &html, &err));
    return html.text;
}

static void assert_has(struct str text, const char *part)
{
    if (str_contains(text, str_from_z(part)))
        return;
    print_error("\"%s\" is not in:\n%.*s\n", part, STR_ARG(text));
    fail();
}

static void assert_lacks(struct str text, const char *part)
{
    if (!str_contains(text, str_from_z(part)))
        return;
    print_error("\"%s\" is in:\n%.*s\n", part, STR_ARG(text));
    fail();
}

/* A field says in words whether it is needed and what is wrong, and a screen reader hears both with the control. */
static void field__ties_help_and_error_to_its_control(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct page *page = page_of(arena, LANG_JA);
    struct field_view view = { .name = STR("version"),
                               .label = STR("バージョン"),
                               .help = STR("すべて"),
                               .error = STR("入力してください"),
                               .value = STR("1\"><script>"),
                               .required = true };
    struct str text;
    (void)state;

    field(page, &view);
    text = text_of(page);
    assert_has(text, "<label for=\"version\">");
    assert_has(text, "<span class=\"req\">必須</span>");
    assert_has(text, "aria-describedby=\"version-error version-help\"");
    assert_has(text, "aria-invalid=\"true\"");
    assert_has(text, "id=\"version-error\">入力してください<");
    assert_lacks(text, "<script>");
}

static void field__of_every_kind_has_one_label_and_one_name(void **state)
{
    static const enum field_kind kinds[] = { FIELD_TEXT,     FIELD_TEXTAREA, FIELD_EMAIL,
                                             FIELD_PASSWORD, FIELD_URL,      FIELD_TEL,
                                             FIELD_NUMBER,   FIELD_DATE,     FIELD_DATETIME,
                                             FIELD_CODE,     FIELD_DIGITS,   FIELD_FILE,
                                             FIELD_SELECT,   FIELD_CHECK };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 22);
    (void)state;

    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct page *page = page_of(arena, LANG_EN);
        struct field_view view = { .name = STR("it"), .label = STR("It"), .kind = kinds[i] };
        struct str text;

        print_message("case: kind %d\n", (int)kinds[i]);
        field(page, &view);
        text = text_of(page);
        assert_has(text, "<label ");
        assert_has(text, "name=\"it\"");
        assert_has(text, "id=\"it\"");
        assert_has(text, ">optional<");
    }
}

/* What was typed comes back, save what must not: a password, a file. */
static void field__gives_back_what_was_typed_but_no_password(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct page *page = page_of(arena, LANG_JA);
    (void)state;

    field(page,
          &(struct field_view){ .name = STR("a"), .kind = FIELD_TEXTAREA, .value = STR("\nline") });
    field(page, &(struct field_view){
                    .name = STR("b"), .kind = FIELD_PASSWORD, .value = STR("hunter2") });
    assert_has(text_of(page), ">\n\nline</textarea>"); /* browsers drop the first line end */
    assert_lacks(text_of(page), "hunter2");
}

/* The first of the boxes carries the field's id, so that the error's link leads to it. */
static void faults__link_to_their_fields(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct page *page = page_of(arena, LANG_JA);
    struct fault_list list = { 0 };
    struct field_view view = { .name = STR("told"), .label = STR("相手"), .kind = FIELD_CHECKS };
    (void)state;

    VEC_PUSH(arena, &list, (struct fault){ STR("told"), STR("選んでください") });
    VEC_PUSH(arena, &view.choices, (struct choice){ .value = STR("0"), .label = STR("なし") });
    VEC_PUSH(arena, &view.choices,
             (struct choice){ .value = STR("1"), .label = STR("ある"), .is_chosen = true });
    view.error = faults_about(&list, STR("told"));
    assert_str(view.error, "選んでください");
    assert_str(faults_about(&list, STR("other")), "");
    faults(page, &list);
    field(page, &view);
    assert_has(text_of(page), "<a href=\"#told\">選んでください</a>");
    assert_has(text_of(page), "id=\"told\" name=\"told\" value=\"0\"");
    assert_has(text_of(page), "id=\"told-1\" name=\"told\" value=\"1\" checked");
}

static void acts__that_post_carry_the_token(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct page *page = page_of(arena, LANG_EN);
    struct act_list list = { 0 };
    (void)state;

    VEC_PUSH(arena, &list,
             (struct act){ .label = STR("Publish"), .href = STR("/cases/7/moves"), .posts = true });
    VEC_PUSH(arena, &list,
             (struct act){ .label = STR("Look"), .href = STR("javascript:alert(1)") });
    acts(page, &list);
    assert_has(
        text_of(page),
        "method=\"post\" action=\"/en/cases/7/moves\"><input type=\"hidden\" name=\"form_token\" value=\"the-token\">");
    assert_lacks(text_of(page), "javascript");
}

static void link_here__keeps_the_page_in_its_language(void **state)
{
    static const struct {
        enum lang lang;
        const char *href, *want;
    } rows[] = {
        { LANG_JA, "/cases?page=2", "/cases?page=2" },
        { LANG_EN, "/cases?page=2", "/en/cases?page=2" },
        { LANG_EN, "/en/cases", "/en/cases" },
        { LANG_EN, "/en", "/en" },
        { LANG_EN, "/entries", "/en/entries" },
        { LANG_EN, "/assets/noroshi.css", "/assets/noroshi.css" },
        { LANG_EN, "/.well-known/security.txt", "/.well-known/security.txt" },
        { LANG_EN, "https://vendor.example/", "https://vendor.example/" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 22);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: %s\n", rows[i].href);
        assert_str(link_here(page_of(arena, rows[i].lang), str_from_z(rows[i].href)), rows[i].want);
    }
}

/* Both frames: the language is named, the content can be reached by keyboard at once, the switch keeps the page. */
static void layouts__name_the_language_and_the_way_to_the_content(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 22);
    struct layout_view view = { .title = STR("A & B"),
                                .other_language_href = STR("/cases?q=x"),
                                .is_secret = true,
                                .user_name = STR("山田"),
                                .logout_href = STR("/logout") };
    (void)state;

    VEC_PUSH(arena, &view.nav,
             (struct nav_item){
                 .label = STR("Cases"), .href = STR("/cases"), .is_current = true, .count = 3 });
    for (int i = 0; i < 2; i++) {
        struct page *page = page_of(arena, LANG_EN);
        struct str text;

        (i == 0 ? portal_layout : desk_layout)(page, &view);
        text = text_of(page);
        assert_true(str_starts(text, STR("<!doctype html>\n<html lang=\"en\">")));
        assert_has(text, "<title>A &amp; B | Noroshi</title>");
        assert_has(text, "<a class=\"skip\" href=\"#main\">");
        assert_has(text, "<main id=\"main\"");
        assert_has(text, "href=\"/cases?q=x\" lang=\"ja\" hreflang=\"ja\">日本語<");
        assert_has(text,
                   "href=\"/en/cases\" aria-current=\"page\">Cases<span class=\"count\">3</span>");
        assert_has(text, "noindex");
        assert_lacks(text, "<style");
        assert_lacks(text, " style=");
    }
}

/* A link that names the bytes, so that browsers may keep them for ever. */
static void asset_href__names_the_bytes(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    const struct embedded *css = assets_find(STR("noroshi.css"));
    (void)state;

    assert_non_null(css);
    assert_true(css->bytes.len < 40 * 1024);
    assert_true(assets_find(STR("noroshi.js"))->bytes.len < 15 * 1024);
    assert_true(str_starts(asset_href(arena, "noroshi.css"), STR("/assets/noroshi.css?v=")));
    assert_int_equal(asset_href(arena, "noroshi.css").len,
                     sizeof "/assets/noroshi.css?v=" - 1 + css->etag.len - 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field__ties_help_and_error_to_its_control),
        cmocka_unit_test(field__of_every_kind_has_one_label_and_one_name),
        cmocka_unit_test(field__gives_back_what_was_typed_but_no_password),
        cmocka_unit_test(faults__link_to_their_fields),
        cmocka_unit_test(acts__that_post_carry_the_token),
        cmocka_unit_test(link_here__keeps_the_page_in_its_language),
        cmocka_unit_test(layouts__name_the_language_and_the_way_to_the_content),
        cmocka_unit_test(asset_href__names_the_bytes),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
