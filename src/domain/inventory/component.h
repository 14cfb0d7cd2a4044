/* domain/inventory/component.h: what a machine, an image or a product is made of, whatever list it was read from. Rule: STD-14, PSR-21 */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct buf;
struct err;

struct inventory_strings {
    VEC_OF(struct str);
};
/* Where a package comes from when it is built of another: dpkg's Source, rpm's SOURCERPM, apk's origin. Advisories of distributions are about these. */
struct source_package {
    struct str name, version;
};
struct component {
    struct str
        ref; /* its name in the document (bom-ref, SPDXID), or "name@version"; unique in the inventory */
    struct str
        type; /* CycloneDX's words: library application operating-system device firmware file container framework … */
    struct str group, name, version;
    struct str
        purl; /* canonical, with version; empty when the list gives none and none can be told for certain */
    struct inventory_strings cpes; /* as given */
    struct source_package source;  /* empty when there is none */
    struct str supplier;
    struct str license;  /* SPDX expression or words */
    struct str path;     /* where it lies in the image; may be empty */
    bool is_development; /* needed for building or testing only */
    size_t line;         /* in the list, from 1; 0 where it has none */
};
struct dependency {
    size_t from, to; /* places in components: from needs to */
};
/* The operating system, as os-release or the SBOM's own component says. */
struct operating_system {
    struct str id;      /* "debian", "ubuntu", "alpine", "rhel" */
    struct str version; /* VERSION_ID: "12", "3.20.1" */
    struct str codename, name, cpe;
};
/* What the reader could not take: told, never passed over. */
struct inventory_problem {
    size_t line;            /* 0: none */
    struct str where, what; /* the component's ref or the file, and the msgid of what is wrong */
    struct str subject;     /* what {subject} in `what` stands for, or what it is about */
};
struct inventory {
    struct str format;        /* "CycloneDX 1.5", "SPDX 2.3", "dpkg" */
    struct str serial;        /* serialNumber, documentNamespace */
    struct component subject; /* what the list is about; may be empty */
    struct operating_system os;
    struct utc made;
    struct {
        VEC_OF(struct component);
    } components;
    struct {
        VEC_OF(struct dependency);
    } dependencies;
    struct {
        VEC_OF(struct inventory_problem);
    } problems;
};
enum {
    INVENTORY_COMPONENTS_MAX = 1 << 20,
    INVENTORY_DEPENDENCIES_MAX = 1 << 20,
    INVENTORY_TEXT_MAX = 256 << 20
};

/* As bytes, from the worker that read the list to the process that matches. ERR_TOO_LARGE; ERR_INVENTORY */
MUST_CHECK bool inventory_encode(const struct inventory *inventory, struct buf *buf,
                                 struct err *err);
MUST_CHECK bool inventory_decode(struct str bytes, struct arena *arena, struct inventory *out,
                                 struct err *err);
