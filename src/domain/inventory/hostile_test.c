#include "base/testing.h"

#include "base/buf.h"
#include "domain/inventory/read.h"
#include "formats/testing.h"
#include <ftw.h>

/* Every reader sees every hostile file: refused with a reason, or read to what encodes and decodes. No more memory than this. */
enum { MEMORY = 64 << 20 };

static unsigned files, tried, taken;

static bool is_json(int format)
{
    return format == INVENTORY_CYCLONEDX_JSON || format == INVENTORY_SPDX_JSON ||
           format == INVENTORY_SPDX3 || format == INVENTORY_RPM_MANIFEST ||
           format == INVENTORY_NPM_LOCK || format == INVENTORY_NPM_PACKAGE;
}

static bool is_xml(int format)
{
    return format == INVENTORY_CYCLONEDX_XML || format == INVENTORY_SPDX_RDF ||
           format == INVENTORY_NUGET;
}

static void try_format(const char *path, struct str text, int format)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY);
    struct inventory_options options = { .format = (enum inventory_format)format };
    struct buf buf = buf_new(arena, MEMORY / 4);
    struct inventory got, again;
    struct err err = { 0 };

    tried++;
    if (!inventory_read(text, str_from_z(path), &options, arena, &got, &err)) {
        if (err.code == ERR_NONE)
            fail_msg("%s as %s: no reason", path, inventory_format_word(options.format));
        return;
    }
    taken++;
    if (is_json(format) && str_contains(str_from_z(path), STR("/n_")))
        fail_msg("%s was read as %s", path, inventory_format_word(options.format));
    if (is_xml(format))
        fail_msg("%s was read as %s", path, inventory_format_word(options.format));
    assert_true(inventory_encode(&got, &buf, &err));
    assert_true(inventory_decode(buf_str(&buf), arena, &again, &err));
    for (size_t i = 0; i < again.components.len; i++)
        assert_true(str_is_plain(again.components.at[i].name, false));
}

static int try_file(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
    (void)stat;
    (void)place;
    if (kind == FTW_F) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY);
        struct str text = testing_read(arena, path);

        files++;
        for (int format = INVENTORY_ANY; format < INVENTORY_FORMATS; format++)
            try_format(path, text, format);
    }
    return 0;
}

static void inventory_read__holds_against_the_hostile_set(void **state)
{
    static const char *const folders[] = { "hostile/json", "hostile/xml", "hostile/csv",
                                           "hostile/text", "hostile/own", "hostile/traversal" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(folders); i++) {
        const char *folder = testing_data(arena, folders[i]);

        if (folder)
            assert_int_equal(nftw(folder, try_file, 16, FTW_PHYS), 0);
    }
    print_message(
        "conformance: inventory-hostile %u/%u (%u readings, %u of them found something)\n", files,
        files, tried, taken);
}

/* Recipe G27 of the hostile set: graphs that a careless walk would not survive. */
enum graph { STAR, CHAIN, CYCLE, SELF, TWINS, GRAPHS };

static struct str graph_text(struct arena *arena, enum graph graph, size_t count)
{
    struct buf buf = buf_new(arena, 32 << 20);

    buf_add_z(&buf, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[");
    for (size_t i = 0; i < count; i++)
        buf_printf(
            &buf,
            "%s{\"type\":\"library\",\"name\":\"n%zu\",\"version\":\"1\",\"bom-ref\":\"%zu\"}",
            i ? "," : "", i, graph == TWINS && i == count - 1 ? 0 : i);
    buf_add_z(&buf, "],\"dependencies\":[");
    for (size_t i = 0; i < count; i++)
        buf_printf(&buf, "%s{\"ref\":\"%zu\",\"dependsOn\":[\"%zu\"]}", i ? "," : "",
                   graph == STAR ? 0 : i,
                   graph == SELF    ? i
                   : graph == STAR  ? i
                   : graph == CYCLE ? (i + 1) % count
                                    : i + 1);
    buf_add_z(&buf, "]}");
    return buf_str(&buf);
}

static void inventory_read__reads_large_and_odd_graphs(void **state)
{
    enum { COMPONENTS = 100000 };
    (void)state;

    for (enum graph graph = STAR; graph < GRAPHS; graph++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
        struct inventory got;
        struct err err = { 0 };
        bool ok;

        print_message("graph %d\n", (int)graph);
        ok =
            inventory_read(graph_text(arena, graph, COMPONENTS), STR_NONE, NULL, arena, &got, &err);
        assert_int_equal(ok, graph != TWINS);
        if (!ok) {
            assert_int_equal(err.code, ERR_INVENTORY);
            continue;
        }
        assert_int_equal(got.components.len, COMPONENTS);
        assert_int_equal(got.dependencies.len, graph == CHAIN ? COMPONENTS - 1 : COMPONENTS);
    }
}

/* count: edges from one component to another; beyond the limit the list is refused, never cut. */
static bool reads_edges(size_t count)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(512 << 20);
    struct buf buf = buf_new(arena, 32 << 20);
    struct inventory got;
    struct err err = { 0 };
    bool ok;

    buf_add_z(&buf, "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                    "{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":\"a\"}],"
                    "\"dependencies\":[{\"ref\":\"a\",\"dependsOn\":[\"a\"");
    for (size_t i = 1; i < count; i++)
        buf_add_z(&buf, ",\"a\"");
    buf_add_z(&buf, "]}]}");
    ok = inventory_read(buf_str(&buf), STR_NONE, NULL, arena, &got, &err);
    if (!ok)
        assert_int_equal(err.code, ERR_TOO_LARGE);
    return ok;
}

static void inventory_read__is_bounded(void **state)
{
    (void)state;

    assert_true(reads_edges(INVENTORY_DEPENDENCIES_MAX));
    assert_false(reads_edges(INVENTORY_DEPENDENCIES_MAX + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inventory_read__holds_against_the_hostile_set),
        cmocka_unit_test(inventory_read__reads_large_and_odd_graphs),
        cmocka_unit_test(inventory_read__is_bounded),
    };

    return cmocka_run_group_tests_name("inventory_hostile", tests, NULL, NULL);
}
