#include "formats/json/json.h"
#include "formats/purl/purl.h"
#include "formats/testing.h"
#include <dirent.h>

/* The cases of the official suite that cannot all be right, or that we differ from on purpose: docs/conformance.md. */
static const struct {
    const char *file, *input;
} apart[] = {
    { "rpm-test.json", "pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25" },
};

static bool is_apart(const char *file, struct str kind, struct str input)
{
    for (size_t i = 0; i < COUNT(apart); i++)
        if (strcmp(file, apart[i].file) == 0 && str_eq_z(kind, "validate") &&
            str_eq_z(input, apart[i].input))
            return true;
    return false;
}

static bool same_qualifiers(const struct purl *purl, struct json want)
{
    struct json_iter i = json_iter(want);
    struct json value;
    struct str key;

    if (purl->qualifiers.len != json_count(want))
        return false;
    while (json_next(&i, &key, &value)) {
        bool found = false;

        for (size_t k = 0; k < purl->qualifiers.len; k++)
            found |= str_eq(purl->qualifiers.at[k].key, key) &&
                     str_eq(purl->qualifiers.at[k].value, json_text(value));
        if (!found)
            return false;
    }
    return true;
}

static bool same(const struct purl *purl, struct json want)
{
    return str_eq(purl->type, json_text(json_get(want, "type"))) &&
           str_eq(purl->namespace, json_text(json_get(want, "namespace"))) &&
           str_eq(purl->name, json_text(json_get(want, "name"))) &&
           str_eq(purl->version, json_text(json_get(want, "version"))) &&
           str_eq(purl->subpath, json_text(json_get(want, "subpath"))) &&
           same_qualifiers(purl, json_get(want, "qualifiers"));
}

static struct purl built(struct json from, struct arena *arena)
{
    struct json_iter i = json_iter(json_get(from, "qualifiers"));
    struct purl purl = { .type = json_text(json_get(from, "type")),
                         .namespace = json_text(json_get(from, "namespace")),
                         .name = json_text(json_get(from, "name")),
                         .version = json_text(json_get(from, "version")),
                         .subpath = json_text(json_get(from, "subpath")) };
    struct json value;
    struct str key;

    while (json_next(&i, &key, &value))
        VEC_PUSH(arena, &purl.qualifiers, (struct purl_qualifier){ key, json_text(value) });
    return purl;
}

/* parse gives parts, build and validate give the canonical text; each may have to be refused. */
static bool passes(struct json test, struct arena *arena)
{
    struct str kind = json_text(json_get(test, "test_type")), text = STR_NONE;
    struct json input = json_get(test, "input"), want = json_get(test, "expected_output");
    struct purl purl = { 0 };
    struct err err = { 0 };
    bool ok = true;

    if (str_eq_z(kind, "build"))
        purl = built(input, arena);
    else
        ok = purl_parse(json_text(input), arena, &purl, &err);
    ok = ok && purl_text(&purl, arena, &text, &err);
    if (json_is_true(json_get(test, "expected_failure")))
        return !ok && err.code == ERR_PURL_SYNTAX;
    return ok && (str_eq_z(kind, "parse") ? same(&purl, want) : str_eq(text, json_text(want)));
}

/* STD-03, STD-14: every case of the official suite, but the one where it contradicts itself. */
static void purl__passes_the_official_suite(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *folder = testing_data(arena, "purl/purl-spec/types");
    size_t total[2] = { 0 }, passed[2] = { 0 }, exceptions = 0; /* recommended, required */
    struct dirent *entry;
    DIR *dir;
    (void)state;

    if (!folder)
        skip();
    dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir))) {
        struct err err = { 0 };
        struct json_iter i;
        struct json suite, test;

        if (!str_ends(str_from_z(entry->d_name), STR(".json")))
            continue;
        assert_true(json_read(
            testing_read(arena,
                         arena_z(arena, arena_printf(arena, "%s/%s", folder, entry->d_name))),
            arena, &suite, &err));
        for (i = json_iter(json_get(suite, "tests")); json_next(&i, NULL, &test);) {
            struct str kind = json_text(json_get(test, "test_type"));
            struct str input = json_text(json_get(test, "input"));
            bool is_required = str_eq_z(json_text(json_get(test, "test_group")), "required");
            bool ok = passes(test, arena);

            total[is_required]++;
            passed[is_required] += ok;
            if (ok)
                continue;
            print_message("not passed: %s: %.*s: %.*s\n", entry->d_name, STR_ARG(kind),
                          STR_ARG(input));
            assert_true(is_apart(entry->d_name, kind, input));
            exceptions++;
        }
    }
    closedir(dir);
    print_message("conformance: purl-required %zu/%zu\n", passed[1], total[1]);
    print_message("conformance: purl-recommended %zu/%zu\n", passed[0], total[0]);
    assert_true(total[1] > 300);
    assert_int_equal(passed[1], total[1]);
    assert_int_equal(exceptions, COUNT(apart));
}

static struct str canonical(struct arena *arena, const char *text)
{
    struct err err = { 0 };
    struct purl purl;
    struct str out;

    if (!purl_parse(str_from_z(text), arena, &purl, &err) || !purl_text(&purl, arena, &out, &err))
        fail_msg("%s", text);
    return out;
}

static void purl_text__is_the_canonical_form(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        /* A scope may forget to quote its '@'; a version behind it stays one. */
        { "pkg:npm/@babel/core#/googleapis/api/", "pkg:npm/%40babel/core#googleapis/api" },
        { "pkg:npm/@Angular/Animation@12.3.1", "pkg:npm/%40angular/animation@12.3.1" },
        { "pkg:opam/git@3/16.1", "pkg:opam/git@3%2F16.1" },
        { "PKG:///Deb//Debian/attr@1:2.4.47-2%2Bb1?arch=amd64&&distro=",
          "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64" },
        { "pkg:pypi/zope.interface__x@5.0RC1", "pkg:pypi/zope-interface-x@5.0rc1" },
        { "pkg:pub/My-package@1", "pkg:pub/my_package@1" },
        { "pkg:cpan/gdt/URI-PackageURL", "pkg:cpan/GDT/URI-PackageURL" },
        { "pkg:huggingface/EleutherAI/gpt@797174552AE47F449AB70B684CABCB6603E5E85E",
          "pkg:huggingface/EleutherAI/gpt@797174552ae47f449ab70b684cabcb6603e5e85e" },
        { "pkg:huggingface/LumiOpen/Poro-34B@100B", "pkg:huggingface/LumiOpen/Poro-34B@100B" },
        { "pkg:generic/a?u=http://x/?y=1#./a/../b//",
          "pkg:generic/a?u=http:%2F%2Fx%2F%3Fy%3D1#a/b" },
        { "pkg:generic/%E6%97%A5%E6%9C%AC@", "pkg:generic/%E6%97%A5%E6%9C%AC" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].text);
        assert_true(str_eq_z(canonical(arena, cases[i].text), cases[i].want));
        assert_true(str_eq_z(canonical(arena, cases[i].want), cases[i].want));
    }
}

static void purl_parse__refuses_what_the_grammar_does_not_allow(void **state)
{
    static const char *const wrong[] = {
        "",
        "pkg:",
        "pkg",
        "npm/a@1",
        "pkg:a@1",
        "pkg:npm",
        "pkg:npm/",
        "pkg:maven/@1.3.4",
        "pkg:3nginx/nginx@0.8.9",
        "pkg:n&g?inx/nginx@0.8.9",
        "pkg:nginx:a/nginx@0.8.9",
        "pkg%3Amaven/org.apache.commons/io",
        "pkg:npm/a@1.0.0?in%20production=true",
        "pkg:npm/a@1.0.0?1=true",
        "pkg:npm/a@1.0.0?=true",
        "pkg:npm/a?os=x&OS=y",
        "pkg:generic/a%",
        "pkg:generic/a%4",
        "pkg:generic/a%zz",
        "pkg:generic/a%00b",
        "pkg:generic/a%0Ab",
        "pkg:generic/a%ff",
        "pkg:generic/a%2Fb/c",
        "pkg:npm/../../x@1",
        "pkg:npm/%2E/x@1",
        "pkg:npm/a/..@1",
        "pkg:git/host/a/../b",
        "pkg:generic/a#x%2Fy",
        "pkg:cocoapods/.hidden",
        "pkg:cocoapods/a+b",
        "pkg:chrome-extension/dlpngalgnefjeiefhmpklpfiohadpglk@1..2",
        "pkg:swid/Fedora@29",
        "pkg:vscode-extension/java@1",
        "pkg:git/forgejo",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct purl out = { 0 };
        struct err err = { 0 };

        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(purl_parse(str_from_z(wrong[i]), arena, &out, &err));
        assert_int_equal(err.code, ERR_PURL_SYNTAX);
        assert_null(out.type.ptr);
    }
}

/* Refused, or canonical for good and of harmless parts. */
static void purl_parse__holds_against_the_hostile_set(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    const char *path = testing_data(arena, "hostile/own/vuln-identifiers.jsonl");
    struct str lines, line;
    size_t seen = 0;
    (void)state;

    if (!path)
        skip();
    for (lines = testing_read(arena, path); str_split(&lines, '\n', &line);) {
        struct err err = { 0 };
        struct str text;
        struct json json;
        struct purl purl;

        assert_true(json_read(line, arena, &json, &err));
        text = json_text(json_get(json, "in"));
        seen += str_eq_z(json_text(json_get(json, "why")), "odd purl");
        if (!purl_parse(text, arena, &purl, &err))
            continue;
        print_message("case: %.*s\n", STR_ARG(text));
        assert_false(str_contains(purl.namespace, STR("..")) ||
                     str_contains(purl.subpath, STR("..")));
        assert_true(purl_text(&purl, arena, &text, &err));
        assert_true(str_eq(canonical(arena, arena_z(arena, text)), text));
    }
    assert_true(seen > 5);
}

static void purl_parse__has_limits(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf buf = buf_new(arena, 2 * PURL_TEXT_MAX);
    struct purl out = { 0 };
    struct err err = { 0 };
    (void)state;

    buf_add_z(&buf, "pkg:generic/a?");
    for (int i = 0; i <= PURL_QUALIFIERS_MAX; i++)
        buf_printf(&buf, "k%d=v&", i);
    assert_false(purl_parse(buf_str(&buf), arena, &out, &err));
    assert_int_equal(err.code, ERR_PURL_SYNTAX);
    while (buf.len <= PURL_TEXT_MAX)
        buf_byte(&buf, 'a');
    assert_false(purl_parse(buf_str(&buf), arena, &out, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

/* The key decides, not the place; what is not there is nothing. */
static void purl_qualifier__finds_by_key(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct err err = { 0 };
    struct purl purl;
    (void)state;

    assert_true(
        purl_parse(STR("pkg:deb/debian/curl@7.88.1-10?upstream=curl&arch=amd64&distro=debian-12"),
                   arena, &purl, &err));
    assert_true(str_eq_z(purl.qualifiers.at[0].key, "arch"));
    assert_true(str_eq_z(purl_qualifier(&purl, "distro"), "debian-12"));
    assert_null(purl_qualifier(&purl, "epoch").ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(purl__passes_the_official_suite),
        cmocka_unit_test(purl_text__is_the_canonical_form),
        cmocka_unit_test(purl_parse__refuses_what_the_grammar_does_not_allow),
        cmocka_unit_test(purl_parse__holds_against_the_hostile_set),
        cmocka_unit_test(purl_parse__has_limits),
        cmocka_unit_test(purl_qualifier__finds_by_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
