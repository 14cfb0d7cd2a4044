/* faces/cli/demo/words.h: the made-up world of the demonstration: developers, products and weaknesses that do not exist, as tables. */
#pragma once
#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct demo_vendor {
    const char *ja, *en, *kana;
    const char *slug; /* of its domain below example.jp */
    const char *manager, *basis;
};
struct demo_product {
    int vendor;
    const char *name, *name_en, *kind_ja, *kind_en;
    const char *category; /* a choice of the report form */
    int major;            /* its newest main version */
};
struct demo_weakness {
    const char *cwe, *ja, *en, *cwe_en;
    const char *cvss;
    const char *what_ja, *what_en;     /* how it comes about */
    const char *impact_ja, *impact_en; /* what can happen */
    const char *verify_ja, *attack_ja; /* how it is confirmed and used: never published */
    const char *avoid_ja, *avoid_en;   /* a workaround */
};

/* A website whose operator is no developer. */
struct demo_site {
    const char *name, *url, *operator;
    const char *contact, *security; /* that it shows; that it names for the details */
    const char *kind;               /* of the operator: COMPANY MUNICIPALITY OTHER */
};

extern const struct demo_site demo_sites[];
extern const size_t demo_site_count;
extern const struct demo_vendor demo_vendors[];
extern const size_t demo_vendor_count,
    demo_vendor_registered; /* the last ones are not registered yet */
extern const struct demo_product demo_products[];
extern const size_t demo_product_count;
extern const struct demo_weakness demo_weaknesses[];
extern const size_t demo_weakness_count;
extern const char *const demo_finders[];
extern const size_t demo_finder_count;

/* Developers that are known by name alone: the i-th of demo_crowd_count, in arena. */
extern const size_t demo_crowd_count;
const struct demo_vendor *demo_crowd(size_t i, struct arena *arena);
