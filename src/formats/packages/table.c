#include "base/err.h"
#include "base/fold.h"
#include "base/tr.h"
#include "formats/csv/csv.h"
#include "formats/packages/packages_internal.h"
#include <stddef.h>

/* What a column may hold. */
enum column {
    COLUMN_NAME,
    COLUMN_VERSION,
    COLUMN_SUPPLIER,
    COLUMN_GROUP,
    COLUMN_TYPE,
    COLUMN_PURL,
    COLUMN_CPE,
    COLUMN_ARCH,
    COLUMN_SOURCE,
    COLUMN_SOURCE_VERSION,
    COLUMN_LICENSE,
    COLUMN_PATH,
    COLUMNS
};
enum { NO_CELL = -1 };

/* The word for --columns, its place in struct package, and what people call it; the first word found in a heading wins. */
static const struct {
    const char *word;
    size_t offset;
    const char *headings[10];
} columns[COLUMNS] = {
    /* clang-format off */
    [COLUMN_NAME] = { "name", offsetof(struct package, name), { "name", "package", "package name", "component", "component name", "product", "software", "displayname", "製品名", "ソフトウェア名" } },
    [COLUMN_VERSION] = { "version", offsetof(struct package, version), { "version", "displayversion", "release", "installed version", "package version", "バージョン", "版", "版数" } },
    [COLUMN_SUPPLIER] = { "supplier", offsetof(struct package, supplier), { "supplier", "vendor", "publisher", "manufacturer", "maker", "ベンダ", "ベンダー", "メーカー", "開発元", "提供元" } },
    [COLUMN_GROUP] = { "group", offsetof(struct package, group), { "group", "namespace", "groupid", "group id" } },
    [COLUMN_TYPE] = { "type", offsetof(struct package, type), { "ecosystem", "purl type", "package type", "package manager" } },
    [COLUMN_PURL] = { "purl", offsetof(struct package, purl), { "purl", "package url", "package-url" } },
    [COLUMN_CPE] = { "cpe", offsetof(struct package, cpe), { "cpe", "cpe23", "cpe 2.3", "cpe2.3", "cpe name" } },
    [COLUMN_ARCH] = { "arch", offsetof(struct package, arch), { "arch", "architecture" } },
    [COLUMN_SOURCE] = { "source", offsetof(struct package, source_name), { "source", "source package" } },
    [COLUMN_SOURCE_VERSION] = { "source-version", offsetof(struct package, source_version), { "source-version", "source version" } },
    [COLUMN_LICENSE] = { "license", offsetof(struct package, license), { "license", "licence", "licenses", "ライセンス" } },
    [COLUMN_PATH] = { "path", offsetof(struct package, path), { "path", "location", "file", "場所" } },
    /* clang-format on */
};

struct map {
    int cell[COLUMNS];
};

static struct str *field_of(struct package *package, enum column column)
{
    return (struct str *)((char *)package + columns[column].offset);
}

static bool is_called(enum column column, struct str folded, struct arena *arena)
{
    for (size_t i = 0; i < COUNT(columns[column].headings) && columns[column].headings[i]; i++)
        if (str_eq(folded, fold(arena, str_from_z(columns[column].headings[i]))))
            return true;
    return false;
}

static struct map map_by_headings(const struct csv_cells *heading, struct arena *arena)
{
    struct map map;

    for (enum column column = 0; column < COLUMNS; column++) {
        map.cell[column] = NO_CELL;
        for (size_t i = heading->len; i-- > 0;)
            if (is_called(column, fold(arena, str_trim(heading->at[i])), arena))
                map.cell[column] = (int)i;
    }
    return map;
}

static bool column_of(struct str word, enum column *out)
{
    for (enum column column = 0; column < COLUMNS; column++) {
        if (str_eq_z(word, columns[column].word)) {
            *out = column;
            return true;
        }
    }
    return false;
}

/* A number from 1, or a heading. */
static bool cell_of(struct str where, const struct csv_cells *heading, struct arena *arena,
                    int *cell, bool *by_heading)
{
    struct err unused = { 0 };
    int64_t number;

    if (str_to_int(where, 1, CSV_CELLS_MAX, &number, &unused)) {
        *cell = (int)number - 1;
        return true;
    }
    *by_heading = true;
    for (size_t i = 0; i < heading->len; i++) {
        if (str_eq(fold(arena, str_trim(heading->at[i])), fold(arena, where))) {
            *cell = (int)i;
            return true;
        }
    }
    return false;
}

static bool map_by_words(struct str words, const struct csv_cells *heading, struct arena *arena,
                         struct map *map, bool *has_heading, struct err *err)
{
    struct str word;

    for (enum column column = 0; column < COLUMNS; column++)
        map->cell[column] = NO_CELL;
    while (str_split(&words, ',', &word)) {
        size_t equal = str_index(word, '=');
        enum column column;

        if (!column_of(str_trim(str_take(word, equal)), &column) ||
            !cell_of(str_trim(str_drop(word, equal + 1)), heading, arena, &map->cell[column],
                     has_heading))
            return FAIL(err, COLUMNS, word);
    }
    return true;
}

static void read_row(const struct csv_cells *cells, const struct map *map, struct package *package)
{
    for (enum column column = 0; column < COLUMNS; column++)
        if (map->cell[column] != NO_CELL && (size_t)map->cell[column] < cells->len)
            *field_of(package, column) = str_trim(cells->at[map->cell[column]]);
}

static bool has_key(const struct map *map)
{
    return map->cell[COLUMN_NAME] != NO_CELL || map->cell[COLUMN_PURL] != NO_CELL ||
           map->cell[COLUMN_CPE] != NO_CELL;
}

static bool read_rows(struct csv_reader *reader, struct csv_cells *cells, const struct map *map,
                      struct arena *arena, struct packages *out, struct err *err)
{
    struct err failed = { 0 };

    for (bool is_row = true; is_row; is_row = csv_next(reader, arena, cells, &failed)) {
        struct package package = { .kind = PACKAGE_OTHER, .line = reader->line };

        read_row(cells, map, &package);
        if (str_is_empty(package.name) && str_is_empty(package.purl) && str_is_empty(package.cpe))
            packages_problem(out, arena, package.line, N_("The row names no package."), STR_NONE);
        else if (!packages_add(out, arena, &package, err))
            return PASS(err);
    }
    if (failed.code == ERR_NONE)
        return true;
    *err = failed;
    return PASS(err);
}

bool packages_read_table(struct str text, struct str words, struct arena *arena,
                         struct packages *out, struct err *err)
{
    struct csv_reader reader = csv_reader_new(text);
    struct csv_cells cells = { 0 };
    struct err failed = { 0 };
    bool has_heading = true;
    struct map map;

    if (!csv_next(&reader, arena, &cells, &failed)) {
        if (failed.code == ERR_NONE)
            return packages_fail(err, 1, "the table is empty");
        *err = failed;
        return PASS(err);
    }
    if (str_is_empty(words)) {
        map = map_by_headings(&cells, arena);
    } else {
        has_heading = false;
        if (!map_by_words(words, &cells, arena, &map, &has_heading, err))
            return PASS(err);
        /* Columns told by number: the first line is a heading when it reads like one. */
        if (!has_heading) {
            struct map named = map_by_headings(&cells, arena);

            has_heading = map.cell[COLUMN_VERSION] != NO_CELL &&
                          named.cell[COLUMN_VERSION] == map.cell[COLUMN_VERSION];
        }
    }
    if (!has_key(&map))
        return packages_fail(err, 1, "no column for a name, a package URL or a CPE is known");
    if (has_heading && !csv_next(&reader, arena, &cells, &failed)) {
        if (failed.code == ERR_NONE)
            return true;
        *err = failed;
        return PASS(err);
    }
    return read_rows(&reader, &cells, &map, arena, out, err);
}
