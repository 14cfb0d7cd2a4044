#include "base/err.h"
#include "formats/spdx/spdx_internal.h"

/* What the tags that come now are about. */
enum about { ABOUT_DOCUMENT, ABOUT_PACKAGE, ABOUT_ELSE };

struct reader {
    struct arena *arena;
    struct spdx *document;
    struct str rest, version_word, created;
    struct spdx_package package;
    enum about about;
    size_t line;
    struct err *err;
};

static bool next_line(struct reader *reader, struct str *line)
{
    if (str_is_empty(reader->rest) || !str_split(&reader->rest, '\n', line))
        return false;
    reader->line++;
    return true;
}

/* "<text>" goes on to "</text>", over as many lines as it likes. */
static bool read_text(struct reader *reader, struct str *value)
{
    static const char open[] = "<text>", close[] = "</text>";
    size_t start = reader->line, end;
    struct str whole = *value, line;

    if (!str_skip(&whole, STR(open)))
        return true;
    end = str_index_str(whole, STR(close));
    if (end == whole.len) {
        whole =
            (struct str){ whole.ptr, (size_t)(reader->rest.ptr + reader->rest.len - whole.ptr) };
        end = str_index_str(whole, STR(close));
        if (end == whole.len)
            return spdx_fail(reader->err, start, "a text without its end", STR_NONE);
        while (reader->rest.ptr <= whole.ptr + end && next_line(reader, &line))
            ;
    }
    *value = str_take(whole, end);
    return true;
}

static bool end_package(struct reader *reader)
{
    bool is_package = reader->about == ABOUT_PACKAGE;

    reader->about = ABOUT_ELSE;
    return !is_package ||
           spdx_add_package(reader->document, reader->arena, &reader->package, reader->err);
}

static bool begin(struct reader *reader, enum about about, struct str name)
{
    if (!end_package(reader))
        return false;
    reader->about = about;
    if (about == ABOUT_PACKAGE)
        reader->package = (struct spdx_package){ .name = name, .line = reader->line };
    return true;
}

/* Takes the next word, parted by blanks. */
static struct str word_of(struct str *rest)
{
    struct str word;
    size_t n = 0;

    *rest = str_trim(*rest);
    while (n < rest->len && rest->ptr[n] != ' ' && rest->ptr[n] != '\t')
        n++;
    word = str_take(*rest, n);
    *rest = str_trim(str_drop(*rest, n));
    return word;
}

static void read_package_tag(struct reader *reader, struct str tag, struct str value)
{
    struct spdx_package *package = &reader->package;

    if (str_eq_z(tag, "PackageVersion")) {
        package->version = spdx_said(value);
    } else if (str_eq_z(tag, "PackageSupplier")) {
        package->supplier = spdx_actor(value);
    } else if (str_eq_z(tag, "PackageOriginator")) {
        package->originator = spdx_actor(value);
    } else if (str_eq_z(tag, "PrimaryPackagePurpose")) {
        package->purpose = value;
    } else if (str_eq_z(tag, "PackageLicenseConcluded") && !str_is_empty(spdx_said(value))) {
        package->license = value;
    } else if (str_eq_z(tag, "PackageLicenseDeclared") && str_is_empty(package->license)) {
        package->license = spdx_said(value);
    } else if (str_eq_z(tag, "ExternalRef")) {
        struct str type;

        word_of(&value); /* its category */
        type = word_of(&value);
        spdx_add_reference(package, reader->arena, type, value);
    }
}

static void read_document_tag(struct reader *reader, struct str tag, struct str value)
{
    if (str_eq_z(tag, "SPDXVersion")) {
        reader->version_word = value;
        spdx_version(value, &reader->document->version);
    } else if (str_eq_z(tag, "DocumentName")) {
        reader->document->name = value;
    } else if (str_eq_z(tag, "DocumentNamespace")) {
        reader->document->space = value;
    } else if (str_eq_z(tag, "Created")) {
        reader->created = value;
    }
}

static bool read_tag(struct reader *reader, struct str tag, struct str value)
{
    if (str_eq_z(tag, "PackageName"))
        return begin(reader, ABOUT_PACKAGE, value);
    if (str_eq_z(tag, "FileName") || str_eq_z(tag, "SnippetSPDXID") || str_eq_z(tag, "LicenseID"))
        return begin(reader, ABOUT_ELSE, STR_NONE);
    if (str_eq_z(tag, "SPDXID")) {
        if (reader->about == ABOUT_DOCUMENT)
            reader->document->id = value;
        else if (reader->about == ABOUT_PACKAGE)
            reader->package.id = value;
        return true;
    }
    if (str_eq_z(tag, "Relationship")) {
        struct str from = word_of(&value), type = word_of(&value);

        return spdx_add_relation(reader->document, reader->arena, type, from, word_of(&value),
                                 reader->err);
    }
    read_document_tag(reader, tag, value);
    if (reader->about == ABOUT_PACKAGE)
        read_package_tag(reader, tag, value);
    return true;
}

bool spdx_read_tag_value(struct str text, struct arena *arena, struct spdx *out, struct err *err)
{
    struct spdx document = { 0 };
    struct reader reader = { .arena = arena, .document = &document, .rest = text, .err = err };
    struct str line;

    str_skip(&reader.rest, STR("\xef\xbb\xbf"));
    while (next_line(&reader, &line)) {
        size_t colon = str_index(line, ':');
        struct str value = str_trim(str_drop(line, colon + 1));

        line = str_trim(line);
        if (str_is_empty(line) || line.ptr[0] == '#')
            continue;
        if (colon == line.len || str_index(str_take(line, colon), ' ') < colon)
            return spdx_fail(err, reader.line, "a line without a tag", line);
        if (!read_text(&reader, &value) || !read_tag(&reader, str_take(line, colon), value))
            return PASS(err);
    }
    if (!end_package(&reader) ||
        !spdx_check_head(&document, reader.version_word, reader.created, &document.made, err))
        return PASS(err);
    *out = document;
    return true;
}
