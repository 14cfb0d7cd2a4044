/* domain/inventory/read.h: one door for every list of components: SBOMs, package databases, lock files, tables, plain names. Runs in the jailed
 * worker: bytes in, an inventory out. Rule: STD-14, USR-15 */
#pragma once
#include "domain/inventory/component.h"

enum inventory_format {
    INVENTORY_ANY, /* to be recognised: by content, then by the file's name */
    INVENTORY_CYCLONEDX_JSON,
    INVENTORY_CYCLONEDX_XML,
    INVENTORY_SPDX_JSON,
    INVENTORY_SPDX_TAG,
    INVENTORY_SPDX_RDF,
    INVENTORY_SPDX3,
    INVENTORY_DPKG_STATUS,  /* /var/lib/dpkg/status */
    INVENTORY_DPKG_LIST,    /* dpkg -l */
    INVENTORY_RPM_LIST,     /* rpm -qa, plain or with INVENTORY_RPM_QUERY */
    INVENTORY_RPM_MANIFEST, /* Red Hat's list of an image's packages */
    INVENTORY_APK_STATUS,   /* /lib/apk/db/installed */
    INVENTORY_APK_LIST,     /* apk info -v, apk list -I */
    INVENTORY_NPM_LOCK,     /* package-lock.json, npm-shrinkwrap.json, versions 1 to 3 */
    INVENTORY_NPM_PACKAGE,  /* package.json of an installed module */
    INVENTORY_PIP_LIST,     /* requirements.txt, pip freeze, pip list */
    INVENTORY_PYTHON,       /* METADATA, PKG-INFO of an installed distribution */
    INVENTORY_NUGET,        /* Directory.Packages.props */
    INVENTORY_CARGO_LOCK,
    INVENTORY_GEMFILE_LOCK,
    INVENTORY_GO_MOD,
    INVENTORY_COMPOSER_LOCK,
    INVENTORY_CSV,        /* also with tabs or semicolons between the columns */
    INVENTORY_NAMES,      /* one package URL or CPE a line */
    INVENTORY_OS_RELEASE, /* names the operating system, holds no component */
    INVENTORY_FORMATS
};

/* What `rpm -qa --qf` is to print so that nothing of what matching needs is lost. */
#define INVENTORY_RPM_QUERY \
    "%{NAME}\\t%{EPOCH}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\t%{SOURCERPM}\\t%{VENDOR}\\t%{LICENSE}\\n"

struct inventory_options {
    enum inventory_format format; /* forced */
    struct str
        columns; /* CSV: "name=2,version=3" (from 1) or "name=Product"; empty: by the words of its first line */
    struct operating_system
        os; /* where the packages are installed, if the list does not say; may be empty */
};

/* The word for a format on a command line ("cyclonedx-json", "dpkg", "csv") and back; INVENTORY_ANY for a word that is none. */
const char *inventory_format_word(enum inventory_format format);
enum inventory_format inventory_format_from_word(struct str word);

/* Which format this is; INVENTORY_ANY when it is none we know. file_name may be empty; only its last part counts. */
enum inventory_format inventory_recognise(struct str bytes, struct str file_name);

/**
 * Reads a list of components.
 *
 * bytes      at most INVENTORY_TEXT_MAX (JSON: JSON_TEXT_MAX); borrowed until the inventory is done with
 * file_name  for recognising; may be empty
 * options    NULL: none
 * out        filled on success; what could not be taken stands in its problems
 * err        ERR_UNKNOWN_FORMAT, ERR_INVENTORY, ERR_JSON_SYNTAX, ERR_XML_SYNTAX with the line; ERR_TOO_LARGE
 * Rule:      STD-14, USR-15
 */
MUST_CHECK bool inventory_read(struct str bytes, struct str file_name,
                               const struct inventory_options *options, struct arena *arena,
                               struct inventory *out, struct err *err);

/* The files of one machine or image, read into one inventory. */
struct inventory_file {
    struct str name, bytes;
    enum inventory_format format;
    const char *unread; /* msgid: why its bytes are not here; NULL: they are */
};
struct inventory_files {
    VEC_OF(struct inventory_file);
};

/* Reads them all: os-release first, since packages are named after it. A file that cannot be read is a problem of the inventory, not an error.
 * ERR_TOO_LARGE */
MUST_CHECK bool inventory_read_files(const struct inventory_files *files,
                                     const struct inventory_options *options, struct arena *arena,
                                     struct inventory *out, struct err *err);
