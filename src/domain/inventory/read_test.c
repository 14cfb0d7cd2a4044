#include "base/testing.h"

#include "base/buf.h"
#include "domain/inventory/read.h"
#include "formats/tar_testing.h"

static struct inventory read_ok(struct arena *arena, const char *text, const char *name,
                                const struct inventory_options *options)
{
    struct inventory inventory = { 0 };
    struct err err = { 0 };

    if (!inventory_read(str_from_z(text), str_from_z(name), options, arena, &inventory, &err))
        fail_msg("%s %u %s", err_name(err.code), err.line, err.subject);
    return inventory;
}

/* STD-14: what matching needs is kept, whatever the list's format. */
static void inventory_read__keeps_what_matching_needs(void **state)
{
    /* clang-format off */
    static const struct {
        const char *name, *text, *format, *want;
    } cases[] = {
        { "bom.json",
          "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"timestamp\":\"2024-01-02T03:04:05Z\",\"component\":{\"type\":\"application\",\"name\":\"app\",\"version\":\"1\"}},\n"
          "\"components\":[{\"type\":\"operating-system\",\"name\":\"debian\",\"version\":\"12\"},\n{\"bom-ref\":\"a\",\"type\":\"library\",\"group\":\"@s\",\"name\":\"x\",\"version\":\"1.0\",\"purl\":\"pkg:npm/%40S/x@1.0\",\n"
          "\"components\":[{\"bom-ref\":\"b\",\"type\":\"library\",\"name\":\"libc6\",\"version\":\"2.36-9\",\"purl\":\"pkg:deb/debian/libc6@2.36-9?upstream=glibc\",\"scope\":\"excluded\",\"cpe\":\"cpe:2.3:a:gnu:glibc:2.36:*:*:*:*:*:*:*\"}]}],\n"
          "\"dependencies\":[{\"ref\":\"a\",\"dependsOn\":[\"b\",\"gone\"]}]}",
          "CycloneDX 1.6",
          "os debian 12\nof app 1\ndebian@12|operating-system|debian|12|||2\na|library|x|1.0|pkg:npm/%40s/x@1.0||3\n"
          "b|library|libc6|2.36-9|pkg:deb/debian/libc6@2.36-9?upstream=glibc|glibc 2.36-9|4 dev cpe:2.3:a:gnu:glibc:2.36:*:*:*:*:*:*:*\n1>2\n" },
        { "bom.xml",
          "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\"><components>\n<component type=\"library\" bom-ref=\"r\"><name>x</name><version>1</version><purl>no purl</purl>"
          "<properties><property name=\"aquasecurity:trivy:SrcName\">src</property><property name=\"aquasecurity:trivy:SrcVersion\">2</property></properties></component></components></bom>",
          "CycloneDX 1.4", "r|library|x|1||src 2|2\n! 2 r: This is no package URL. [no purl]\n" },
        { "x.spdx.json",
          "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"d\",\"creationInfo\":{\"created\":\"2024-01-02T03:04:05Z\"},\"packages\":[\n"
          "{\"SPDXID\":\"SPDXRef-a\",\"name\":\"a\",\"primaryPackagePurpose\":\"APPLICATION\"},\n{\"SPDXID\":\"SPDXRef-b\",\"name\":\"b\",\"versionInfo\":\"2\",\"externalRefs\":[{\"referenceCategory\":\"PACKAGE-MANAGER\","
          "\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:apk/alpine/b@2?distro=alpine-3.18\"}]},\n{\"SPDXID\":\"SPDXRef-c\",\"name\":\"c\",\"versionInfo\":\"NOASSERTION\"}],\n"
          "\"relationships\":[{\"spdxElementId\":\"SPDXRef-DOCUMENT\",\"relatedSpdxElement\":\"SPDXRef-a\",\"relationshipType\":\"DESCRIBES\"},\n"
          "{\"spdxElementId\":\"SPDXRef-b\",\"relatedSpdxElement\":\"SPDXRef-a\",\"relationshipType\":\"DEPENDENCY_OF\"},{\"spdxElementId\":\"SPDXRef-c\",\"relatedSpdxElement\":\"SPDXRef-a\",\"relationshipType\":\"TEST_DEPENDENCY_OF\"}]}",
          "SPDX 2.3",
          "os alpine 3.18\nof a \nSPDXRef-a|application|a||||2\nSPDXRef-b|library|b|2|pkg:apk/alpine/b@2?distro=alpine-3.18||3\nSPDXRef-c|library|c||||4 dev\n0>1\n0>2\n" },
        { "status", "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc\nVersion: 2.36-9+deb12u9\n", "dpkg",
          "os debian 12\nlibc6@2.36-9+deb12u9|library|libc6|2.36-9+deb12u9|pkg:deb/debian/libc6@2.36-9%2Bdeb12u9?arch=amd64&distro=debian-12|glibc 2.36-9+deb12u9|1\n"
          "! 0 : The list does not name its distribution; the versions of its packages do. [debian]\n" },
        { "rpms.txt", "dbus\t1\t1.12.20\t8.el9\tx86_64\tdbus-1.12.20-8.el9.src.rpm\tRed Hat, Inc.\tGPLv2+\n", "rpm -qa",
          "os rhel 9\ndbus@1:1.12.20-8.el9|library|dbus|1:1.12.20-8.el9|pkg:rpm/redhat/dbus@1.12.20-8.el9?arch=x86_64&distro=rhel-9&epoch=1|dbus 1.12.20-8.el9|1\n"
          "! 0 : The list does not name its distribution; the versions of its packages do. [rhel]\n" },
        { "list.txt", "musl-1.2.4-r2 x86_64 {musl} (MIT) [installed]\n", "apk info", "musl@1.2.4-r2|library|musl|1.2.4-r2||musl 1.2.4-r2|1\n! 0 : The list does not say which distribution its packages are of. []\n" },
        { "package-lock.json", "{\"name\":\"p\",\"version\":\"1\",\"lockfileVersion\":3,\"packages\":{\"node_modules/@s/x\":{\"version\":\"2.0.0\",\"dev\":true},\n\"node_modules/y/node_modules/@s/x\":{\"version\":\"2.0.0\"}}}",
          "package-lock.json", "of p 1\n@s/x@2.0.0|library|@s/x|2.0.0|pkg:npm/%40s/x@2.0.0||1 dev\n@s/x@2.0.0 (2)|library|@s/x|2.0.0|pkg:npm/%40s/x@2.0.0||2\n" },
        { "requirements.txt", "Foo_Bar==1.0\n", "pip", "Foo_Bar@1.0|library|Foo_Bar|1.0|pkg:pypi/foo-bar@1.0||1\n" },
        { "-", " [ {\"name\": \"Foo_Bar\", \"version\": \"1.0\"}]", "pip", "Foo_Bar@1.0|library|Foo_Bar|1.0|pkg:pypi/foo-bar@1.0||1\n" },
        { "Cargo.lock", "version = 3\n[[package]]\nname = \"serde_json\"\nversion = \"1.0.1\"\nsource = \"registry+https://x\"\n", "Cargo.lock", "serde_json@1.0.1|library|serde_json|1.0.1|pkg:cargo/serde_json@1.0.1||2\n" },
        { "-", "GEM\n  remote: https://rubygems.org/\n  specs:\n    rack (2.0.1)\n", "Gemfile.lock", "rack@2.0.1|library|rack|2.0.1|pkg:gem/rack@2.0.1||4\n" },
        { "go.mod", "module x\ngo 1.21\nrequire golang.org/x/net v0.1.0\n", "go.mod", "golang.org/x/net@v0.1.0|library|golang.org/x/net|v0.1.0|pkg:golang/golang.org/x/net@v0.1.0||3\n" },
        { "composer.lock", "{\"packages\":[{\"name\":\"monolog/monolog\",\"version\":\"2.9.1\"}],\"packages-dev\":[]}", "composer.lock", "monolog/monolog@2.9.1|library|monolog/monolog|2.9.1|pkg:composer/monolog/monolog@2.9.1||1\n" },
        { "software.csv", "製品名,バージョン,ecosystem\r\n一太郎,2024,\r\nlodash,4.17.0,npm\r\n", "CSV",
          "一太郎@2024|application|一太郎|2024|||2\nlodash@4.17.0|application|lodash|4.17.0|pkg:npm/lodash@4.17.0||3\n" },
        { "names", "pkg:npm/a@1\ncpe:2.3:o:linux:linux_kernel:6.1:*:*:*:*:*:*:*\ncpe:/a:apache:tomcat:9\ncpe:2.3:no\n", "package URLs and CPEs",
          "a@1|application|a|1|pkg:npm/a@1||1\nlinux_kernel@6.1|operating-system|linux_kernel|6.1|||2 cpe:2.3:o:linux:linux_kernel:6.1:*:*:*:*:*:*:*\n"
          "tomcat@9|application|tomcat|9|||3 cpe:/a:apache:tomcat:9\ncpe:2.3:no|application|||||4 cpe:2.3:no\n! 4 : This is no CPE name. [cpe:2.3:no]\n" },
        { "os-release", "NAME=x\nID=alpine\nVERSION_ID=3.20.1\n", "os-release", "os alpine 3.20.1\n" },
        { "esc.csv", "name,version\nx\x1b[31m,1\n", "CSV", "x [31m@1|application|x [31m|1|||2\n" },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t n = 0; n < COUNT(cases); n++) {
        struct inventory got = read_ok(arena, cases[n].text, cases[n].name, NULL), again;
        struct buf bytes = buf_new(arena, 1 << 20), text = buf_new(arena, 1 << 20);
        struct err err = { 0 };

        print_message("case: %s\n", cases[n].name);
        assert_str(got.format, cases[n].format);
        assert_true(inventory_encode(&got, &bytes, &err));
        assert_true(inventory_decode(buf_str(&bytes), arena, &again, &err));
        if (!str_is_empty(again.os.id))
            buf_printf(&text, "os %.*s %.*s\n", STR_ARG(again.os.id), STR_ARG(again.os.version));
        if (!str_is_empty(again.subject.name))
            buf_printf(&text, "of %.*s %.*s\n", STR_ARG(again.subject.name),
                       STR_ARG(again.subject.version));
        for (size_t i = 0; i < again.components.len; i++) {
            const struct component *c = &again.components.at[i];

            buf_printf(&text, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s%s%.*s|%zu%s", STR_ARG(c->ref),
                       STR_ARG(c->type), STR_ARG(c->name), STR_ARG(c->version), STR_ARG(c->purl),
                       STR_ARG(c->source.name), c->source.name.len ? " " : "",
                       STR_ARG(c->source.version), c->line, c->is_development ? " dev" : "");
            for (size_t k = 0; k < c->cpes.len; k++)
                buf_printf(&text, " %.*s", STR_ARG(c->cpes.at[k]));
            buf_byte(&text, '\n');
        }
        for (size_t i = 0; i < again.dependencies.len; i++)
            buf_printf(&text, "%zu>%zu\n", again.dependencies.at[i].from,
                       again.dependencies.at[i].to);
        for (size_t i = 0; i < again.problems.len; i++)
            buf_printf(&text, "! %zu %.*s: %.*s [%.*s]\n", again.problems.at[i].line,
                       STR_ARG(again.problems.at[i].where), STR_ARG(again.problems.at[i].what),
                       STR_ARG(again.problems.at[i].subject));
        assert_str(buf_str(&text), cases[n].want);
    }
}

static void inventory_read__does_as_it_is_told(void **state)
{
    struct inventory_options options = { .columns = STR("name=2,version=1"),
                                         .format = INVENTORY_CSV,
                                         .os = { .id = STR("ubuntu"), .version = STR("22.04") } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct inventory got = read_ok(arena, "1.0;==x\n", "requirements.txt", &options);
    struct err err = { 0 };
    (void)state;

    assert_str(got.components.at[0].name, "==x");
    options = (struct inventory_options){ .os = options.os };
    got = read_ok(arena, "ii  bash  5.1-6ubuntu1  amd64  shell\n", "", &options);
    assert_str(got.components.at[0].purl,
               "pkg:deb/ubuntu/bash@5.1-6ubuntu1?arch=amd64&distro=ubuntu-22.04");
    assert_int_equal(got.problems.len, 0);

    for (int i = INVENTORY_ANY + 1; i < INVENTORY_FORMATS; i++)
        assert_int_equal(
            inventory_format_from_word(str_from_z(inventory_format_word((enum inventory_format)i))),
            i);
    assert_int_equal(inventory_format_from_word(STR("nonsense")), INVENTORY_ANY);
    assert_false(inventory_read(STR("what is this?"), STR("x.doc"), NULL, arena, &got, &err));
    assert_int_equal(err.code, ERR_UNKNOWN_FORMAT);
    assert_string_equal(err.subject, "x.doc");
}

static void inventory_read__takes_the_output_of_powershell(void **state)
{
    static const char utf16[] = "\xff\xfen\0a\0m\0e\0,\0v\0e\0r\0s\0i\0o\0n\0\r\0\n\0\x00\x4e,\0"
                                "1\0\r\0\n\0";
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct inventory got = { 0 };
    struct err err = { 0 };
    (void)state;

    assert_true(inventory_read((struct str){ utf16, sizeof utf16 - 1 }, STR("x.csv"), NULL, arena,
                               &got, &err));
    assert_str(got.components.at[0].name, "一");
    assert_false(
        inventory_read(STR("name,version\n\xff,1\n"), STR("x.csv"), NULL, arena, &got, &err));
    assert_int_equal(err.code, ERR_NOT_UTF8);
}

static void inventory_read_files__names_packages_after_the_system(void **state)
{
    struct inventory_file list[] = {
        { STR("/var/lib/dpkg/status"),
          STR("Package: a\nStatus: install ok installed\nVersion: 1\n"), INVENTORY_DPKG_STATUS,
          NULL },
        { STR("/etc/os-release"), STR("ID=debian\nVERSION_ID=\"12\"\n"), INVENTORY_OS_RELEASE,
          NULL },
        { STR("/x/package.json"), STR("{"), INVENTORY_NPM_PACKAGE, NULL },
        { STR("/var/lib/rpm"), STR_NONE, INVENTORY_RPM_LIST, "There is no rpm to ask." },
        { STR("/y/package.json"), STR("{\"name\":\"a\",\"version\":\"1\"}"), INVENTORY_NPM_PACKAGE,
          NULL },
    };
    struct inventory_files files = { .at = list, .len = COUNT(list) };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct inventory got;
    struct err err = { 0 };
    (void)state;

    assert_true(inventory_read_files(&files, NULL, arena, &got, &err));
    assert_str(got.format, "dpkg, package.json");
    assert_int_equal(got.components.len, 2);
    assert_str(got.components.at[0].purl, "pkg:deb/debian/a@1?distro=debian-12");
    assert_str(got.components.at[0].path, "/var/lib/dpkg/status");
    assert_str(got.components.at[1].ref, "a@1 (2)");
    assert_int_equal(got.problems.len, 2);
    assert_str(got.problems.at[0].where, "/x/package.json");
    assert_int_equal(got.problems.at[0].line, 1);
    assert_str(got.problems.at[1].what, "There is no rpm to ask.");
}

/* The bytes between worker and matcher are a stranger's as well. */
static void inventory_decode__holds_against_broken_bytes(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
    struct inventory got =
        read_ok(arena,
                "{\"lockfileVersion\":3,\"packages\":{\"node_modules/a\":{\"version\":\"1.0.0\","
                "\"dependencies\":{\"b\":\"1\"}},\"node_modules/b\":{\"version\":\"1.0.0\"}}}",
                "", NULL);
    struct buf buf = buf_new(arena, 1 << 16);
    struct err err = { 0 };
    struct str whole;
    char *bytes;
    (void)state;

    assert_true(inventory_encode(&got, &buf, &err));
    whole = buf_str(&buf);
    assert_int_equal(got.dependencies.len, 1);
    for (size_t i = 0; i < whole.len; i++)
        assert_false(inventory_decode(str_take(whole, i), arena, &got, &err) &&
                     got.components.len > 2);
    bytes = arena_alloc(arena, whole.len);
    for (size_t i = 0; i < whole.len * 8; i++) {
        memcpy(bytes, whole.ptr, whole.len);
        bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
        if (inventory_decode((struct str){ bytes, whole.len }, arena, &got, &err))
            for (size_t n = 0; n < got.dependencies.len; n++)
                assert_true(got.dependencies.at[n].from < got.components.len &&
                            got.dependencies.at[n].to < got.components.len);
    }
}

/* Documents of the sets that are wrong, and what is wrong with them; everything else must be read. */
static const struct {
    const char *name;
    enum err_code code;
} refused[] = {
    /* clang-format off */
    { "test-cdx-spec-version-invalid.json", ERR_INVENTORY },
    { "test-cdx-spec-version-missing.json", ERR_INVENTORY },
    { "test-spdx-spdx-id-invalid.json", ERR_INVENTORY },
    { "cdx-1-3-license-list-complex.json", ERR_INVENTORY },     /* an expression beside licences: allowed from 1.7 */
    { "cdx-1-3-resource-list.json", ERR_INVENTORY },            /* the same */
    { "cdx-1-3-syntax-err-1.json", ERR_JSON_SYNTAX },
    { "cdx-1-4-mature-example-1-delta.json", ERR_INVENTORY },   /* a hash that is none */
    { "cdx-1-4-mature-example-1-delta2.json", ERR_INVENTORY },
    { "cdx-1-5-vulnerabilities-delta-add-1.bom.json", ERR_INVENTORY }, /* a serial number "urn:uuid:xxxx" */
    { "cdx-1-5-vulnerabilities-delta-remove-1.bom.json", ERR_INVENTORY },
    { "hash-cdx-1-5-metadata-component-name-only.sbom.json", ERR_INVENTORY }, /* no type */
    { "normalize/cdx-1-5-components.bom.json", ERR_INVENTORY }, /* a serial number "urn:uuid:xxxx" */
    { "normalize/cdx-1-5-dependencies.bom.json", ERR_INVENTORY },
    { "normalize/cdx-1-5-external-references.bom.json", ERR_INVENTORY },
    { "normalize/cdx-1-5-licenses.bom.json", ERR_INVENTORY },
    { "spdx-2-2-missing-creationinfo.json", ERR_INVENTORY },
    { "cdx-1-4-validate-err-components-unique-items-1.json", ERR_INVENTORY },
    { "SPDXWrongVersion.spdx.json", ERR_INVENTORY },
    { "file_without_spdx_ids.xml", ERR_INVENTORY },
    { "invalid_creation_info.rdf.xml", ERR_INVENTORY },
    { "expected_tag_value.spdx", ERR_INVENTORY },               /* a template: no version */
    { "fatbom-sbom.spdx", ERR_INVENTORY },                      /* no Created */
    { "powershell-2.2.6.spdx.json", ERR_JSON_SYNTAX },          /* a web page's footer behind the document */
    { "vast-sbom.spdx", ERR_INVENTORY },                        /* SPDXID before PackageName */
    { "glob-paths/lib/apk/db/installed", ERR_INVENTORY },       /* "bogus db contents" */
    { "spdx-2-2-revision-8-ontology.owl.xml", ERR_INVENTORY },  /* the ontology, no document */
    /* clang-format on */
};

static enum err_code refusal_of(struct str name)
{
    for (size_t i = 0; i < COUNT(refused); i++)
        if (str_ends(name, str_from_z(refused[i].name)))
            return refused[i].code;
    return ERR_NONE;
}

struct totals {
    size_t read, refused, foreign, components, purls, dependencies;
};

static void try_one(struct str name, struct str bytes, struct totals *totals)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct buf buf = buf_new(arena, 64 << 20);
    struct inventory got, again;
    struct err err = { 0 };

    if (!inventory_read(bytes, name, NULL, arena, &got, &err)) {
        if (err.code != ERR_UNKNOWN_FORMAT && err.code != refusal_of(name))
            fail_msg("%.*s: %s %u %s", STR_ARG(name), err_name(err.code), err.line, err.subject);
        assert_true(err.subject[0] != '\0');
        totals->foreign += err.code == ERR_UNKNOWN_FORMAT;
        totals->refused += err.code != ERR_UNKNOWN_FORMAT;
        return;
    }
    if (refusal_of(name) != ERR_NONE)
        fail_msg("%.*s was read", STR_ARG(name));
    assert_true(inventory_encode(&got, &buf, &err));
    assert_true(inventory_decode(buf_str(&buf), arena, &again, &err));
    assert_int_equal(again.components.len, got.components.len);
    totals->read++;
    totals->components += got.components.len;
    totals->dependencies += got.dependencies.len;
    for (size_t i = 0; i < got.components.len; i++)
        totals->purls += !str_is_empty(again.components.at[i].purl);
}

/* Components, package URLs and edges between components were counted with Python (docs/conformance.md). */
static void inventory_read__reads_the_documents_of_the_world(void **state)
{
    static const struct {
        const char *set, *name;
        struct totals want;
    } sets[] = {
        { "cyclonedx/bom-examples.tar.zst",
          "cyclonedx-examples",
          { 62, 0, 0, 17650, 17634, 21169 } },
        { "cyclonedx/sbom-utility.tar.zst",
          "cyclonedx-sbom-utility",
          { 138, 17, 58, 8057, 7952, 4430 } },
        { "spdx/spdx-examples.tar.zst", "spdx-examples", { 41, 0, 3, 89, 14, 35 } },
        { "spdx/tools-java.tar.zst", "spdx-tools-java", { 9, 2, 3, 33, 4, 8 } },
        { "spdx/tools-python.tar.zst", "spdx-tools-python", { 13, 3, 3, 554, 521, 9 } },
        { "sbom-wild/in-the-wild-spdx.tar.zst", "sbom-wild", { 28, 3, 0, 11638, 7806, 1057 } },
        { "sbom-wild/in-the-lab-containers-sample.tar.zst",
          "sbom-lab",
          { 120, 0, 0, 19510, 17427, 379 } },
        { "package-lists/peer-fixtures.tar.zst", "package-files", { 25, 1, 7, 920, 858, 0 } },
    };
    (void)state;

    for (size_t s = 0; s < COUNT(sets); s++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
        struct testing_files files = { 0 };
        struct totals got = { 0 };

        if (!testing_tar(arena, sets[s].set, &files))
            continue;
        for (size_t i = 0; i < files.len; i++)
            try_one(files.at[i].name, files.at[i].bytes, &got);
        print_message(
            "conformance: %s %zu/%zu (%zu read, %zu refused, %zu no lists; %zu components)\n",
            sets[s].name, got.read + got.refused, files.len - got.foreign, got.read, got.refused,
            got.foreign, got.components);
        assert_int_equal(got.read, sets[s].want.read);
        assert_int_equal(got.refused, sets[s].want.refused);
        assert_int_equal(got.foreign, sets[s].want.foreign);
        assert_int_equal(got.components, sets[s].want.components);
        assert_int_equal(got.purls, sets[s].want.purls);
        assert_int_equal(got.dependencies, sets[s].want.dependencies);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inventory_read__keeps_what_matching_needs),
        cmocka_unit_test(inventory_read__does_as_it_is_told),
        cmocka_unit_test(inventory_read__takes_the_output_of_powershell),
        cmocka_unit_test(inventory_read_files__names_packages_after_the_system),
        cmocka_unit_test(inventory_decode__holds_against_broken_bytes),
        cmocka_unit_test(inventory_read__reads_the_documents_of_the_world),
    };

    return cmocka_run_group_tests_name("inventory", tests, NULL, NULL);
}
