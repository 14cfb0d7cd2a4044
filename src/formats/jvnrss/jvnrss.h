/* formats/jvnrss/jvnrss.h: JVNRSS feeds (RSS 1.0 with mod_sec) in the layout that JVN and JVN iPedia really write, which
 * their readers depend on to the letter: item dates in minutes, no blanks around texts, prefixes as they are, old
 * namespace; and a reader of what JVN, JVN iPedia, MyJVN and others write. Pure: structs in, text out, and back. */
#pragma once
#include "base/buf.h"
#include "base/tr.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct xml_node;
struct xml_writer;

/* The files of JVN iPedia and the answers of MyJVN write an item differently: files tell dates in minutes, answers in seconds, with the creator, and
 * with the attributes of mod_sec in another order. */
enum jvnrss_style { JVNRSS_FILE, JVNRSS_ANSWER };

struct jvnrss_reference {
    struct str
        source; /* "JVN", "CVE", "NVD", "JPCERT-AT", ...; empty for a weakness, which has a title instead */
    struct str id;    /* "CVE-2026-41234", "CWE-79" */
    struct str title; /* "クロスサイトスクリプティング(CWE-79)" */
    struct str url;
};
struct jvnrss_cpe {
    struct str vendor, product;
    struct str cpe; /* "cpe:/a:vendor:product" */
};
struct jvnrss_item {
    struct str url, title;
    struct str description; /* lines end with LF here; the feed has &#13; before each */
    struct str creator;     /* in answers; empty: none is named */
    struct str identifier;
    struct {
        VEC_OF(struct jvnrss_reference);
    } references; /* JVN, CVE, NVD, alerts, others, weaknesses last */
    struct {
        VEC_OF(struct jvnrss_cpe);
    } cpes;
    struct {
        VEC_OF(struct str);
    } vectors; /* CVSS 2.0, then 3.x; others and what cannot be read are left out */
    struct utc issued, modified;
};
struct jvnrss {
    enum lang lang;
    struct str url; /* of the feed itself */
    struct str title, link, description;
    struct str creator; /* empty in the original */
    struct utc date;    /* 0: nothing has happened yet, and nothing stands there */
    struct {
        VEC_OF(struct jvnrss_item);
    } items; /* as they are to stand */
};

/**
 * Appends the whole feed.
 *
 * Rule:  VDB-05 (JVNRSS 2.0 as JVN iPedia writes it)
 */
void jvnrss_write(const struct jvnrss *feed, struct buf *out);
/* The same in pieces: the root, which the caller ends, and the channel, which names the items by their addresses. */
void jvnrss_begin(struct xml_writer *w, const struct jvnrss *feed);
/* One item, into a document whose root declares the prefixes. Every CVSS 3.x of an answer is called 3.0, in its vector too. */
void jvnrss_put_item(struct xml_writer *w, const struct jvnrss_item *item, enum jvnrss_style style);
/* In the order of the files (JVN, CVE, NVD, others, 関連文書) or of the answers (by the sources' names); weaknesses last, else as they stood. */
void jvnrss_sort_references(struct jvnrss_item *item, enum jvnrss_style style);

/* What the reader says of each item lives as long as the arena of the tree. */
bool jvnrss_is(const struct xml_node *root);        /* has it the root of one? NULL has not */
enum lang jvnrss_lang(const struct xml_node *root); /* Japanese unless it says English */
/* One child of the root; false for what is no item: the channel, a status. Namespaces of mod_sec differ from feed to feed and are not looked at; a time that
 * is none is 0. */
bool jvnrss_read_item(const struct xml_node *node, struct arena *arena, struct jvnrss_item *out);

/**
 * Reads a whole feed, or an answer of MyJVN's getVulnOverviewList.
 *
 * err    ERR_XML_SYNTAX, ERR_TOO_LARGE
 * Rule:  STD-01 (JVNRSS 2.0 to 3.2)
 */
MUST_CHECK bool jvnrss_read(struct str text, struct arena *arena, struct jvnrss *out,
                            struct err *err);
