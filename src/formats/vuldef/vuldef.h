/* formats/vuldef/vuldef.h: VULDEF 3.2 documents with the elements that JVN iPedia fills, in its layout, and what the schema
 * has a place for and it leaves out: the status and the note of each product, details, credit. Pure: structs in, text out, and back. */
#pragma once
#include "base/buf.h"
#include "base/tr.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct xml_node;
struct xml_writer;

struct vuldef_texts {
    VEC_OF(struct str);
};
struct vuldef_affected {
    struct str
        status; /* vulnerable, notvulnerable, unknown, vulnerable_investigating, notvulnerable_investigating; may be empty */
    struct str vendor, product;
    struct str cpe;               /* "cpe:/a:vendor:product"; may be empty */
    struct vuldef_texts versions; /* as people read them: "2.1.4 未満" */
    struct str note;              /* may be empty */
    bool has_blank; /* a version stands there that says nothing; written where there is no other */
};
struct vuldef_related {
    struct str type; /* "vendor", "advisory", "cwe" */
    struct str name, id, title, url;
};
struct vuldef_change {
    struct utc at;
    struct str words;
    struct str told; /* all that stands there, as another wrote it; empty: made of both */
    int64_t place;   /* its number and 1, as another counts; 0: its place from 1 */
};
struct vuldef_info {
    struct str id, title, overview;
    struct str details; /* may be empty */
    struct str impact;
    struct str credit; /* may be empty */
    struct vuldef_texts solutions;
    struct {
        VEC_OF(struct vuldef_affected);
    } affected; /* by vendor, then product */
    struct vuldef_texts
        vectors; /* CVSS 2.0, then 3.x; others and what cannot be read are left out */
    struct {
        VEC_OF(struct vuldef_related);
    } related;
    struct {
        VEC_OF(struct vuldef_change);
    } history; /* oldest first; numbered from 1 */
    struct utc first_published, last_updated, public_since;
};
struct vuldef {
    enum lang lang;
    struct {
        VEC_OF(struct vuldef_info);
    } infos;
};

/**
 * Appends the whole document, marked TLP:WHITE. Line breaks within texts become blanks, as they are in the original.
 *
 * Rule:  API-05 (VULDEF 3.2)
 */
void vuldef_write(const struct vuldef *document, struct buf *out);
/* The same in pieces: the root, which the caller ends; its entries; the marking behind them. What follows may use the prefix status. */
void vuldef_begin(struct xml_writer *w, enum lang lang);
void vuldef_put_info(struct xml_writer *w, enum lang lang, const struct vuldef_info *info);
void vuldef_put_handling(struct xml_writer *w);

bool vuldef_is(const struct xml_node *root);        /* has it the root of one? NULL has not */
enum lang vuldef_lang(const struct xml_node *root); /* Japanese unless it says English */
/* One child of the root; false for what is no Vulinfo: the marking, the status. A range of versions that is told by elements becomes words; a time that is
 * none is 0. */
bool vuldef_read_info(const struct xml_node *node, struct arena *arena, struct vuldef_info *out);

/**
 * Reads a whole document: a detail feed of JVN iPedia, or an answer of MyJVN's getVulnDetailInfo.
 *
 * err    ERR_XML_SYNTAX, ERR_TOO_LARGE
 * Rule:  STD-01 (VULDEF 2.0 to 3.2)
 */
MUST_CHECK bool vuldef_read(struct str text, struct arena *arena, struct vuldef *out,
                            struct err *err);
