#include "base/testing.h"

#include "formats/csv/csv.h"
#include "formats/packages/packages.h"
#include "formats/tar_testing.h"

typedef bool reader(struct str, struct arena *, struct packages *, struct err *);

static struct packages read_ok(reader *read, struct arena *arena, const char *text)
{
    struct packages out = { 0 };
    struct err err = { 0 };

    if (!read(str_from_z(text), arena, &out, &err))
        fail_msg("%s %u %s", err_name(err.code), err.line, err.subject);
    return out;
}

/* Each package on a line of its own: what a table of expectations is compared with. */
static struct str printed(struct arena *arena, const struct packages *packages)
{
    struct buf buf = buf_new(arena, 1 << 20);

    for (size_t i = 0; i < packages->list.len; i++) {
        const struct package *p = &packages->list.at[i];

        buf_printf(&buf, "%zu %.*s %.*s %.*s|%.*s %.*s|%.*s%s\n", p->line, STR_ARG(p->name),
                   STR_ARG(p->version), STR_ARG(p->arch), STR_ARG(p->source_name),
                   STR_ARG(p->source_version), STR_ARG(p->license),
                   p->is_development ? " dev" : "");
    }
    for (size_t i = 0; i < packages->edges.len; i++)
        buf_printf(&buf, "%zu>%zu\n", packages->edges.at[i].from, packages->edges.at[i].to);
    for (size_t i = 0; i < packages->problems.len; i++)
        buf_printf(&buf, "%zu: %s %.*s\n", packages->problems.at[i].line,
                   packages->problems.at[i].what, STR_ARG(packages->problems.at[i].subject));
    return buf_str(&buf);
}

static void packages_read__takes_what_each_list_says(void **state)
{
    /* clang-format off */
    static const struct {
        reader *read;
        const char *text, *want;
    } cases[] = {
        { packages_read_dpkg_status,
          "Package: libc6\nStatus: install ok installed\nMaintainer: GNU Libc Maintainers <d@x>\nArchitecture: amd64\nSource: glibc (2.36-9+deb12u9)\nVersion: 2.36-9+b1\n"
          "Description: x\n Version: 9\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n\nPackage: bash\nStatus: hold ok unpacked\nVersion: 5.2.15-2+b7\nSource: bash (5.2.15-2)\n\n"
          "Package: adduser\r\nVersion: 3.134\r\n",
          "1 libc6 2.36-9+b1 amd64|glibc 2.36-9+deb12u9|\n15 bash 5.2.15-2+b7 |bash 5.2.15-2|\n20 adduser 3.134 |adduser 3.134|\n" },
        { packages_read_dpkg_list,
          "Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst\n||/ Name Version\n+++-====-====\nii  libc6:amd64   2.36-9+deb12u9  amd64  GNU C Library\n"
          "rc  gone  1  all  x\nhi  linux-image 6.1 amd64 y\niU  new 2 all z\nii  half\n",
          "5 libc6 2.36-9+deb12u9 amd64| |\n7 linux-image 6.1 amd64| |\n8 new 2 all| |\n9: The line is not whole. ii  half\n" },
        { packages_read_rpm,
          "bash-5.1.8-6.el9_1.x86_64\ngpg-pubkey-fd431d51-4ae0493b\nperl-libs-5.32.1-480.el9.x86_64\nnonsense\n"
          "dbus\t1\t1.12.20\t8.el9\tx86_64\tdbus-1.12.20-8.el9.src.rpm\tRed Hat, Inc.\tGPLv2+\nncurses-libs\t(none)\t6.2\t8.el9\tx86_64\tncurses-6.2-8.el9.src.rpm\t(none)\tMIT\n",
          "1 bash 5.1.8-6.el9_1 x86_64| |\n3 perl-libs 5.32.1-480.el9 x86_64| |\n5 dbus 1:1.12.20-8.el9 x86_64|dbus 1.12.20-8.el9|GPLv2+\n"
          "6 ncurses-libs 6.2-8.el9 x86_64|ncurses 6.2-8.el9|MIT\n4: This is no name of an rpm package. nonsense\n" },
        { packages_read_rpm_manifest,
          "{\"rpms\":[\n{\"nerva\":\"dbus-common-1:1.12.8-7.el8.noarch\",\"srpm_nevra\":\"dbus-1.12.8-7.el8.src\"}]}",
          "2 dbus-common 1:1.12.8-7.el8 noarch|dbus 1.12.8-7.el8|\n" },
        { packages_read_apk_status,
          "C:Q1\nP:busybox-binsh\nV:1.36.1-r15\nA:x86_64\nL:GPL-2.0-only\no:busybox\nF:bin\nR:sh\n\nP:musl\nV:1.2.4-r4\n",
          "2 busybox-binsh 1.36.1-r15 x86_64|busybox 1.36.1-r15|GPL-2.0-only\n10 musl 1.2.4-r4 | |\n" },
        { packages_read_apk_list,
          "WARNING: opening from cache\nca-certificates-bundle-20230506-r0 - Pre generated bundle\nmusl-1.2.4_git20230717-r4 x86_64 {musl-src} (MIT) [installed]\nlibc-utils-0.7.2-r3\nx\n",
          "2 ca-certificates-bundle 20230506-r0 | |\n3 musl 1.2.4_git20230717-r4 x86_64|musl-src 1.2.4_git20230717-r4|MIT\n4 libc-utils 0.7.2-r3 | |\n5: This is no name of an apk package. x\n" },
        { packages_read_npm_lock,
          "{\"name\":\"x\",\"lockfileVersion\":3,\"packages\":{\"\":{\"dependencies\":{\"a\":\"1\"}},\n\"node_modules/a\":{\"version\":\"1.0.0\",\"dependencies\":{\"@s/b\":\"^2\",\"c\":\"1\"},\"license\":\"MIT\"},\n"
          "\"node_modules/@s/b\":{\"version\":\"1.0.0\",\"dev\":true},\n\"node_modules/a/node_modules/@s/b\":{\"version\":\"2.0.0\",\"dependencies\":{\"c\":\"1\"}},\n\"node_modules/c\":{\"name\":\"real\",\"version\":\"3.0.0\"},\n"
          "\"packages/own\":{\"version\":\"git+ssh://git@x/y.git#1\"},\"node_modules/own\":{\"link\":true,\"resolved\":\"packages/own\"}}}",
          "2 a 1.0.0 | |MIT\n3 @s/b 1.0.0 | | dev\n4 @s/b 2.0.0 | |\n5 real 3.0.0 | |\n6 packages/own  | |\n0>2\n0>3\n2>3\n6: The package is not a release of a registry. packages/own\n" },
        { packages_read_npm_lock,
          "{\"lockfileVersion\":1,\"dependencies\":{\n\"a\":{\"version\":\"1.0.0\",\"requires\":{\"b\":\"2\"},\"dependencies\":{\n\"b\":{\"version\":\"2.0.0\"}}},\n\"b\":{\"version\":\"1.0.0\",\"dev\":true,\"requires\":{\"a\":\"1\"}},\n"
          "\"c\":{\"version\":\"npm:@t/real@4.0.0\"}}}",
          "2 a 1.0.0 | |\n3 b 2.0.0 | |\n4 b 1.0.0 | | dev\n5 @t/real 4.0.0 | |\n0>1\n2>0\n" },
        { packages_read_npm_package, "{\"name\":\"@s/x\",\n\"version\":\"1.2.3\",\"license\":{\"type\":\"ISC\"}}", "1 @s/x 1.2.3 | |ISC\n" },
        { packages_read_npm_package, "{\"type\":\"module\"}", "" },
        { packages_read_pip,
          "# a remark\n-r other.txt\n--index-url https://x\nDjango==4.2.1 ; python_version > '3' # why\nrequests[socks, x] == 2.31.0 \\\n  --hash=sha256:aa \\\n  --hash=sha256:bb\nurllib3>=1.26\nfoo.bar===1.0\nlocal @ file:///x\nb==1.*\n",
          "4 Django 4.2.1 | |\n5 requests 2.31.0 | |\n8 urllib3  | |\n9 foo.bar 1.0 | |\n10 local  | |\n11 b  | |\n"
          "2: What this line names is not followed. -r other.txt\n8: No single version is named. urllib3>=1.26\n10: No single version is named. local @ file:///x\n11: No single version is named. b==1.*\n" },
        { packages_read_pip, "Package    Version   Editable project location\n---------- ------- ---\npip        23.2.1\nmine       0.1   /src\n", "3 pip 23.2.1 | |\n4 mine 0.1 | |\n" },
        { packages_read_pip, "[{\"name\": \"pip\", \"version\": \"23.2.1\"},\n{\"name\": \"mine\", \"version\": \"0.1\", \"editable_project_location\": \"/src\"},\n{\"name\": \"half\"}]",
          "1 pip 23.2.1 | |\n2 mine 0.1 | |\n3: The line is not whole. half\n" },
        { packages_read_python, "Metadata-Version: 2.1\nName: PyYAML\nVersion: 6.0\nLicense: MIT\nClassifier: a\n\nName: not this\n", "1 PyYAML 6.0 | |MIT\n" },
        { packages_read_cargo_lock,
          "# made by cargo\nversion = 3\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\ndependencies = [\n \"serde\",\n]\n\n[[package]]\nname = \"serde\"\nversion = \"1.0.195\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n"
          "[[package]]\nname = \"fork\"\nversion = \"2.0.0\"\nsource = \"git+https://x\"\n[metadata]\nname = \"no\"\n",
          "11 serde 1.0.195 | |\n15: The package is not a release of a registry. fork\n" },
        { packages_read_gemfile_lock,
          "GIT\n  remote: https://x\n  specs:\n    fork (1.0)\nPATH\n  specs:\n    own (0.1)\n\nGEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.15.4-x86_64-linux)\n      racc (~> 1.4)\n    racc (1.7.3)\n\nPLATFORMS\n    ruby\n",
          "12 nokogiri 1.15.4 | |\n14 racc 1.7.3 | |\n4: The package is not a release of a registry. fork\n" },
        { packages_read_go_mod,
          "module example.com/own\n\ngo 1.21\n\nrequire golang.org/x/net v0.1.0\nrequire (\n\tgithub.com/A/b/v2 v2.0.1 // indirect\n\tc.example/d\n)\nreplace golang.org/x/net => ../net\n",
          "5 golang.org/x/net v0.1.0 | |\n7 github.com/A/b/v2 v2.0.1 | |\n8: The line is not whole. c.example/d\n10: What this line names is not followed. replace golang.org/x/net => ../net\n" },
        { packages_read_composer_lock,
          "{\"content-hash\":\"a\",\"packages\":[\n{\"name\":\"monolog/monolog\",\"version\":\"2.9.1\"},\n{\"name\":\"half\"}],\"packages-dev\":[\n{\"name\":\"phpunit/phpunit\",\"version\":\"v10.1\"}]}",
          "2 monolog/monolog 2.9.1 | |\n4 phpunit/phpunit v10.1 | | dev\n3: The line is not whole. half\n" },
        { packages_read_nuget_props,
          "<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\">\n<ItemGroup>\n<PackageVersion Include=\"Newtonsoft.Json\" Version=\"9.0.1\"/>\n<PackageReference Include=\"B\"><Version>2</Version></PackageReference>\n"
          "<PackageVersion Include=\"C\" Version=\"$(Own)\"/></ItemGroup></Project>",
          "3 Newtonsoft.Json 9.0.1 | |\n4 B 2 | |\n5: No single version is named. C\n" },
        { packages_read_names, "# names\npkg:npm/a@1\n\ncpe:2.3:a:v:p:1:*:*:*:*:*:*:*\nx\n", "2   | |\n4   | |\n5: This is neither a package URL nor a CPE. x\n" },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct packages out;

        print_message("case %zu\n", i);
        out = read_ok(cases[i].read, arena, cases[i].text);
        assert_str(printed(arena, &out), cases[i].want);
    }
}

static void packages_read_table__finds_the_columns(void **state)
{
    /* clang-format off */
    static const struct {
        const char *columns, *text, *want;
    } cases[] = {
        { "", "\xef\xbb\xbfName,Version,Vendor\r\n\"Acrobat, Reader\",11.0,\"Adobe \"\"Inc\"\"\"\r\n\r\nb,2,\r\n,3,\r\n", "2 Acrobat, Reader 11.0 | |\n4 b 2 | |\n5: The row names no package. \n" },
        { "", "製品名;バージョン;ライセンス\n一太郎;2024;商用\n", "2 一太郎 2024 | |商用\n" },
        { "name=2,version=3", "1\tcurl\t8.0\n2\twget\t\"1\n2\"\n3\tx\t3\n", "1 curl 8.0 | |\n2 wget 1\n2 | |\n4 x 3 | |\n" },
        { "name=2,version=1", "Version,Name\n1,a\n", "2 a 1 | |\n" },
        { "name=Title, version=Rev", "id,rev,title\n7,1.0,a\n8\n", "2 a 1.0 | |\n3: The row names no package. \n" },
    };
    static const struct {
        const char *columns, *text;
        enum err_code code;
        unsigned line;
    } wrong[] = {
        { "", "", ERR_INVENTORY, 1 },
        { "", "foo,bar\n1,2\n", ERR_INVENTORY, 1 },
        { "name=Title", "id,rev\n", ERR_COLUMNS, 0 },
        { "nonsense=1", "id,rev\n", ERR_COLUMNS, 0 },
        { "", "name,version\na,1\n\"b,1\n", ERR_CSV_SYNTAX, 3 },
        { "", "name,version\n\"a\"b,1\n", ERR_CSV_SYNTAX, 2 },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct packages out = { 0 };
        struct err err = { 0 };

        print_message("case %zu\n", i);
        if (!packages_read_table(str_from_z(cases[i].text), str_from_z(cases[i].columns), arena,
                                 &out, &err))
            fail_msg("%s %u %s", err_name(err.code), err.line, err.subject);
        assert_str(printed(arena, &out), cases[i].want);
    }
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct packages out = { 0 };
        struct err err = { 0 };

        print_message("wrong %zu\n", i);
        assert_false(packages_read_table(str_from_z(wrong[i].text), str_from_z(wrong[i].columns),
                                         arena, &out, &err));
        assert_int_equal(err.code, wrong[i].code);
        assert_int_equal(err.line, wrong[i].line);
    }
}

/* A row, a cell and a table at the limit and beyond it: recipe G33 of the hostile set. */
static void packages_read_table__is_bounded(void **state)
{
    static const struct {
        const char *part;
        size_t times;
        const char *end;
        bool is_read;
    } cases[] = {
        { "c,", CSV_CELLS_MAX - 1, "\n", true }, { "c,", CSV_CELLS_MAX, "\n", false },
        { "c,", 1000000, "\n", false },          { "long ", 200000, "\n", true },
        { "long ", 300000, "\n", false },        { "\"\"", 400000, "\"\n", true },
        { "\"\"", 4000000, "\"\n", false },      { "\"", 1, "no end", false },
        { "line\n\"\"", 100000, "\"\n", true },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(256 << 20);
        struct buf buf = buf_new(arena, 64 << 20);
        struct packages out = { 0 };
        struct err err = { 0 };

        print_message("case %zu\n", i);
        buf_add_z(&buf, "name,version\n");
        if (cases[i].end[0] == '"')
            buf_byte(&buf, '"');
        for (size_t n = 0; n < cases[i].times; n++)
            buf_add_z(&buf, cases[i].part);
        buf_add_z(&buf, cases[i].end);
        assert_int_equal(packages_read_table(buf_str(&buf), STR_NONE, arena, &out, &err),
                         cases[i].is_read);
    }
}

static void packages_read_os_release__reads_as_a_shell_does(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct os_release os;
    struct err err = { 0 };
    (void)state;

    assert_true(packages_read_os_release(
        STR("NAME=\"Rocky Linux\"\n# ID=no\nID=\"rocky\"\nVERSION_ID='9.3'\nPRETTY_NAME=\"Rocky \\\"9\\\"\"\nCPE_NAME=\"cpe:/o:rocky:rocky:9\"\n"),
        arena, &os, &err));
    assert_str(os.id, "rocky");
    assert_str(os.version, "9.3");
    assert_str(os.name, "Rocky \"9\"");
    assert_str(os.cpe, "cpe:/o:rocky:rocky:9");
    assert_false(packages_read_os_release(STR("NAME=x\n"), arena, &os, &err));
    assert_int_equal(err.code, ERR_INVENTORY);
}

static void packages_read__refuses_what_is_no_such_list(void **state)
{
    static reader *const readers[] = {
        packages_read_dpkg_status,   packages_read_dpkg_list,    packages_read_rpm,
        packages_read_rpm_manifest,  packages_read_apk_status,   packages_read_apk_list,
        packages_read_npm_lock,      packages_read_npm_package,  packages_read_pip,
        packages_read_python,        packages_read_nuget_props,  packages_read_names,
        packages_read_cargo_lock,    packages_read_gemfile_lock, packages_read_go_mod,
        packages_read_composer_lock,
    };
    static const char *const texts[] = { "", "\n", "[]", "<a/>", "%\n", "::\n:\n" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(readers); i++) {
        for (size_t t = 0; t < COUNT(texts); t++) {
            struct packages out = { 0 };
            struct err err = { 0 };

            print_message("case %zu %zu\n", i, t);
            assert_false(readers[i](str_from_z(texts[t]), arena, &out, &err));
            assert_int_not_equal(err.code, ERR_NONE);
            assert_int_not_equal(err.line, 0);
        }
    }
}

/* The lists of other scanners' tests. The numbers were counted with grep, jq and Python. */
static void packages_read__reads_the_lists_of_peers(void **state)
{
    static const struct {
        const char *name;
        reader *read;
        size_t count;
    } cases[] = {
        { "image-pkg-coverage/pkgs/var/lib/dpkg/status", packages_read_dpkg_status, 1 },
        { "debian-only.status", packages_read_dpkg_status, 1 },
        { "postgresql.status", packages_read_dpkg_status, 3 },
        { "texlive.status", packages_read_dpkg_status, 357 },
        { "vcpkg.status", packages_read_dpkg_status, 15 },
        { "status.d/coreutils-relationships", packages_read_dpkg_status, 9 },
        { "status.d/deinstall", packages_read_dpkg_status, 1 },
        { "status.d/doc-examples", packages_read_dpkg_status, 16 },
        { "status.d/libpam-runtime", packages_read_dpkg_status, 6 },
        { "status.d/multiple", packages_read_dpkg_status, 3 },
        { "status.d/single", packages_read_dpkg_status, 1 },
        { "status.d/libsqlite3-0", packages_read_dpkg_status, 1 },
        { "image-pkg-coverage/lib/apk/db/installed", packages_read_apk_status, 2 },
        { "corrupt/lib/apk/db/installed", packages_read_apk_status, 1 },
        { "multiple-1/lib/apk/db/installed", packages_read_apk_status, 4 },
        { "multiple-2/lib/apk/db/installed", packages_read_apk_status, 14 },
        { "testdata/lib/apk/db/installed", packages_read_apk_status, 1 },
        { "testdata/alpine/lib/apk/db/installed", packages_read_apk_status, 1 },
        { "bdb.rpm-manifest.json", packages_read_rpm_manifest, 174 },
        { "nodejs.rpm-manifest.json", packages_read_rpm_manifest, 301 },
        { "repo/packagesprops/Directory.Packages.props", packages_read_nuget_props, 1 },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct testing_files files = { 0 };
    size_t passed = 0;
    (void)state;

    if (!testing_tar(arena, "package-lists/peer-fixtures.tar.zst", &files)) {
        arena_free(TAKE(arena));
        skip();
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t f = 0; f < files.len; f++) {
            struct packages out = { 0 };
            struct err err = { 0 };

            if (!str_ends(files.at[f].name, str_from_z(cases[i].name)))
                continue;
            if (!cases[i].read(files.at[f].bytes, arena, &out, &err))
                fail_msg("%s: %s", cases[i].name, err.subject);
            if (out.list.len != cases[i].count)
                fail_msg("%s: %zu packages", cases[i].name, out.list.len);
            passed++;
            break;
        }
    }
    assert_int_equal(passed, COUNT(cases));
    print_message("conformance: package-lists %zu/%zu\n", passed, COUNT(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packages_read__takes_what_each_list_says),
        cmocka_unit_test(packages_read_table__finds_the_columns),
        cmocka_unit_test(packages_read_table__is_bounded),
        cmocka_unit_test(packages_read_os_release__reads_as_a_shell_does),
        cmocka_unit_test(packages_read__refuses_what_is_no_such_list),
        cmocka_unit_test(packages_read__reads_the_lists_of_peers),
    };

    return cmocka_run_group_tests_name("packages", tests, NULL, NULL);
}
