#include "outside/inspect.h"

#include "base/testing.h"

/* clang-format off */
#define PNG_START "\x89PNG\r\n\x1a\n" "\0\0\0\0IHDR\0\0\0\0"
#define PNG_END   "\0\0\0\0IEND\0\0\0\0"

static const struct {
    const char *name;
    struct str bytes;
    enum file_kind kind;
    enum verdict verdict;
    unsigned reasons;
} cases[] = {
    { "notes.txt", STR_INIT("It crashes.\n"), FILE_TEXT, VERDICT_CLEAN_TEXT, 0 },
    { "手順.md", STR_INIT("# 手順\n"), FILE_TEXT, VERDICT_CLEAN_TEXT, 0 },
    { "empty.log", STR_INIT(""), FILE_EMPTY, VERDICT_CLEAN_TEXT, 0 },
    { "bare.png", STR_INIT(PNG_START PNG_END), FILE_PNG, VERDICT_CLEAN_MEDIA, 0 },
    { "author.png", STR_INIT(PNG_START "\0\0\0\x0bt" "EXtAuthor\0Hana" "\0\0\0\0" PNG_END), FILE_PNG, VERDICT_HELD, HELD_METADATA },
    { "tail.png", STR_INIT(PNG_START PNG_END "hidden"), FILE_PNG, VERDICT_HELD, HELD_METADATA },
    { "place.jpg", STR_INIT("\xff\xd8\xff\xe1\0\x08" "Exif\0\0\xff\xd9"), FILE_JPEG, VERDICT_HELD, HELD_METADATA },
    { "bare.jpg", STR_INIT("\xff\xd8\xff\xdb\0\x04" "ab\xff\xda\0\x04xxdata\xff\xd9"), FILE_JPEG, VERDICT_CLEAN_MEDIA, 0 },
    { "bare.gif", STR_INIT("GIF89a\1\0\1\0\0\0\0;"), FILE_GIF, VERDICT_CLEAN_MEDIA, 0 },
    { "said.gif", STR_INIT("GIF89a\1\0\1\0\0\0\0!\xfe\3abc\0;"), FILE_GIF, VERDICT_HELD, HELD_METADATA },
    { "a.pdf", STR_INIT("%PDF-1.7\n/Author (Hana)"), FILE_PDF, VERDICT_HELD, HELD_METADATA },
    { "js.pdf", STR_INIT("%PDF-1.7\n/JavaScript (app.alert)"), FILE_PDF, VERDICT_HELD, HELD_METADATA | HELD_EXECUTABLE },
    { "a.docx", STR_INIT("PK\3\4......[Content_Types].xml"), FILE_OFFICE, VERDICT_HELD, HELD_METADATA },
    { "a.zip", STR_INIT("PK\3\4......poc.py"), FILE_ZIP, VERDICT_HELD, HELD_ARCHIVE | HELD_METADATA },
    { "a.tgz", STR_INIT("\x1f\x8b\x08\0"), FILE_GZIP, VERDICT_HELD, HELD_ARCHIVE | HELD_METADATA },
    { "video.mp4", STR_INIT("\0\0\0\x18" "ftypisom"), FILE_MP4, VERDICT_HELD, HELD_METADATA },
    { "poc", STR_INIT("\x7f" "ELF\2\1"), FILE_ELF, VERDICT_HELD, HELD_EXECUTABLE },
    { "image.png", STR_INIT("MZ\x90\0"), FILE_PE, VERDICT_HELD, HELD_EXECUTABLE | HELD_MISMATCH },
    { "notes.txt", STR_INIT("#!/bin/sh\nid\n"), FILE_SCRIPT, VERDICT_HELD, HELD_EXECUTABLE },
    { "poc.py", STR_INIT("import os\n"), FILE_TEXT, VERDICT_HELD, HELD_EXECUTABLE },
    { "notes.txt", STR_INIT("<p><script>alert(1)</script>"), FILE_HTML, VERDICT_HELD, HELD_EXECUTABLE },
    { "drawing.svg", STR_INIT("<?xml version='1.0'?><svg/>"), FILE_SVG, VERDICT_HELD, HELD_EXECUTABLE },
    { "notes.txt", STR_INIT("\xff\xfe\0\0binary"), FILE_UNKNOWN, VERDICT_HELD, HELD_UNKNOWN | HELD_MISMATCH },
    { "photo\xe2\x80\xaegpj.exe", STR_INIT("MZ\x90\0"), FILE_PE, VERDICT_HELD, HELD_EXECUTABLE | HELD_NAME },
    { "report.pdf.exe", STR_INIT("MZ\x90\0"), FILE_PE, VERDICT_HELD, HELD_EXECUTABLE | HELD_NAME },
};
/* clang-format on */

/* INT-19, C42: only what can carry nothing hidden passes without an officer's look. */
static void inspect_file__tells_what_it_is_and_why_it_is_held(void **state)
{
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct inspection out;

        print_message("case: %s (%zu)\n", cases[i].name, i);
        inspect_file(cases[i].bytes, str_from_z(cases[i].name), arena, &out);
        assert_string_equal(file_kind_name(out.kind), file_kind_name(cases[i].kind));
        assert_int_equal(out.reasons, cases[i].reasons);
        assert_string_equal(verdict_name(out.verdict), verdict_name(cases[i].verdict));
    }
    arena_free(arena);
}

/* C26: the sender's name never reaches a file call or a header as it came. */
static void inspect_file__gives_a_name_that_does_not_deceive(void **state)
{
    static const struct {
        struct str sent;
        const char *safe;
    } names[] = {
        { STR_INIT("../../etc/passwd"), "passwd" },
        { STR_INIT("C:\\Users\\hana\\poc.txt"), "poc.txt" },
        { STR_INIT("photo\xe2\x80\xaegpj.exe"), "photogpj.exe" },
        { STR_INIT("a\r\nSet-Cookie: x"), "aSet-Cookie x" },
        { STR_INIT(".htaccess"), "htaccess" },
        { STR_INIT("\xff\xfe"), "file" },
        { STR_INIT(""), "file" },
        { STR_INIT("報告書.txt"), "報告書.txt" },
    };
    struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct inspection out;

        print_message("case: %s\n", names[i].safe);
        inspect_file(STR("text"), names[i].sent, arena, &out);
        assert_str(out.safe_name, names[i].safe);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inspect_file__tells_what_it_is_and_why_it_is_held),
        cmocka_unit_test(inspect_file__gives_a_name_that_does_not_deceive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
