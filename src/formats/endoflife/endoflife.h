/* formats/endoflife/endoflife.h: how long a product's releases are supported, as endoflife.date tells it: the head of a product's page (YAML), and the list of its
 * releases with their days (JSON). Pure: text in, values out. */
#pragma once
#include "base/vec.h"
#include "formats/json/json.h"

enum { ENDOFLIFE_TEXT_MAX = 4 << 20 }; /* bytes of a page */

/* A line of releases. A day is "2035-05-31"; where none is known: "true", it has come, or "false", it has not; empty: not told. */
struct endoflife_cycle {
    struct str name, label; /* "10", "AlmaLinux OS 10"; label may be empty */
    struct str released;    /* a day */
    struct str active, ends,
        extended; /* until when it is developed, gets security fixes, gets them for money */
    struct str latest, latest_at; /* "10.2", its day */
};
struct endoflife_release {
    struct str name, at;
};
struct endoflife {
    struct str title;
    struct {
        VEC_OF(struct str); /* "cpe:2.3:o:almalinux:almalinux", "pkg:npm/adonis" */
    } names;
    struct {
        VEC_OF(struct endoflife_cycle);
    } cycles;
    struct {
        VEC_OF(struct endoflife_release);
    } releases;
};

/* By its first bytes. */
bool endoflife_is_page(struct str head);
/**
 * The head of a page. Of YAML what such heads have: keys with a plain or quoted value, lists of them; what else stands there is passed over.
 *
 * text  at most ENDOFLIFE_TEXT_MAX bytes, UTF-8; borrowed: out points into it
 * err   ERR_CATALOG_RECORD with the line: no head, no title, or a cycle without its name; ERR_TOO_LARGE, ERR_NOT_UTF8
 */
MUST_CHECK bool endoflife_read_page(struct str text, struct arena *arena, struct endoflife *out,
                                    struct err *err);
bool endoflife_is_json(struct json json);
/* {"releases": {"9": {"name": "9", "eol": …}}, "versions": {"9.1": {"name": "9.1", "date": "2022-11-17"}}}. ERR_CATALOG_RECORD */
MUST_CHECK bool endoflife_read_json(struct json json, struct arena *arena, struct endoflife *out,
                                    struct err *err);
