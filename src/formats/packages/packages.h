/* formats/packages/packages.h: lists of installed or wanted packages as package managers and people write them. Pure: text in, values out. What each list
 * does not say stays empty. Rule: STD-14, USR-15 */
#pragma once
#include "base/vec.h"

struct err;

enum { PACKAGES_MAX = 1 << 20, PACKAGES_EDGES_MAX = 1 << 22 };

enum package_kind {
    PACKAGE_OTHER, /* a name and a version, whatever it is */
    PACKAGE_DEB,
    PACKAGE_RPM,
    PACKAGE_APK,
    PACKAGE_NPM,
    PACKAGE_PYPI,
    PACKAGE_NUGET,
    PACKAGE_CARGO,
    PACKAGE_GEM,
    PACKAGE_GO,
    PACKAGE_COMPOSER
};
struct package {
    enum package_kind kind;
    struct str name, version; /* version: rpm's with its epoch, "1:2.3-4" */
    struct str arch;
    struct str source_name, source_version;
    struct str supplier, license, path;
    struct str purl, cpe, group, type; /* tables and plain names give them */
    bool is_development;
    size_t line;
};
struct package_edge {
    size_t from, to;
};
/* An entry that could not be taken as it stands. */
struct package_problem {
    size_t line;
    const char *what; /* msgid */
    struct str subject;
};
struct packages {
    struct package subject; /* what the list is about: a lock file's own project */
    struct {
        VEC_OF(struct package);
    } list;
    struct {
        VEC_OF(struct package_edge);
    } edges; /* from needs to */
    struct {
        VEC_OF(struct package_problem);
    } problems;
};

/*
 * All of these: text is valid UTF-8, borrowed, and lives as long as what is read; out is to be zeroed and is added to.
 * err: ERR_INVENTORY with line and reason when the text is no such list; ERR_JSON_SYNTAX, ERR_XML_SYNTAX; ERR_TOO_LARGE
 */
/* dpkg's status: the stanzas of what is installed; Source gives source_name and, in parentheses, source_version (deb-control(5)). */
MUST_CHECK bool packages_read_dpkg_status(struct str text, struct arena *arena,
                                          struct packages *out, struct err *err);
/* dpkg -l */
MUST_CHECK bool packages_read_dpkg_list(struct str text, struct arena *arena, struct packages *out,
                                        struct err *err);
/* rpm -qa: NAME-VERSION-RELEASE.ARCH a line, or eight columns with tabs: NAME EPOCH VERSION RELEASE ARCH SOURCERPM VENDOR LICENSE. */
MUST_CHECK bool packages_read_rpm(struct str text, struct arena *arena, struct packages *out,
                                  struct err *err);
/* Red Hat's containerImageRPMManifest (JSON). */
MUST_CHECK bool packages_read_rpm_manifest(struct str text, struct arena *arena,
                                           struct packages *out, struct err *err);
/* apk's installed database (P: V: o: ...). */
MUST_CHECK bool packages_read_apk_status(struct str text, struct arena *arena, struct packages *out,
                                         struct err *err);
/* apk info -v, apk info -vv, apk list -I */
MUST_CHECK bool packages_read_apk_list(struct str text, struct arena *arena, struct packages *out,
                                       struct err *err);
/* package-lock.json, npm-shrinkwrap.json: lockfileVersion 1, 2, 3. */
MUST_CHECK bool packages_read_npm_lock(struct str text, struct arena *arena, struct packages *out,
                                       struct err *err);
/* package.json of one installed module. */
MUST_CHECK bool packages_read_npm_package(struct str text, struct arena *arena,
                                          struct packages *out, struct err *err);
/* requirements.txt, pip freeze, pip list. What is not pinned has no version and is a problem. */
MUST_CHECK bool packages_read_pip(struct str text, struct arena *arena, struct packages *out,
                                  struct err *err);
/* METADATA or PKG-INFO of one installed distribution. */
MUST_CHECK bool packages_read_python(struct str text, struct arena *arena, struct packages *out,
                                     struct err *err);
/* Directory.Packages.props of NuGet. */
MUST_CHECK bool packages_read_nuget_props(struct str text, struct arena *arena,
                                          struct packages *out, struct err *err);
/* Cargo.lock */
MUST_CHECK bool packages_read_cargo_lock(struct str text, struct arena *arena, struct packages *out,
                                         struct err *err);
/* Gemfile.lock: the gems of its sources, without their platforms. */
MUST_CHECK bool packages_read_gemfile_lock(struct str text, struct arena *arena,
                                           struct packages *out, struct err *err);
/* go.mod: what it requires, directly or not; a replacement is a problem. */
MUST_CHECK bool packages_read_go_mod(struct str text, struct arena *arena, struct packages *out,
                                     struct err *err);
/* composer.lock */
MUST_CHECK bool packages_read_composer_lock(struct str text, struct arena *arena,
                                            struct packages *out, struct err *err);
/* One package URL or CPE a line; '#' begins a remark. */
MUST_CHECK bool packages_read_names(struct str text, struct arena *arena, struct packages *out,
                                    struct err *err);
/* A table with ',' ';' or tabs. columns: "name=2,version=3", "name=Product"; empty: by the words of the first line, English or Japanese. */
MUST_CHECK bool packages_read_table(struct str text, struct str columns, struct arena *arena,
                                    struct packages *out, struct err *err);

struct os_release {
    struct str id, version, codename, name, cpe;
};
/* os-release(5). ERR_INVENTORY when there is no ID. */
MUST_CHECK bool packages_read_os_release(struct str text, struct arena *arena,
                                         struct os_release *out, struct err *err);
