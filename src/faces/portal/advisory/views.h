/* faces/portal/advisory/views.h: what the public pages about advisories show. */
#pragma once
#include "faces/html/parts.h"

/* A plain text as it is shown: paragraphs and sub-heads. */
struct text_block {
    struct str text;
    bool is_head;
};
struct text_blocks {
    VEC_OF(struct text_block);
};

struct product_line {
    struct str name, vendor, versions, fixed, note;
    bool is_fixed;
};
struct weakness_line {
    struct str cve, cve_href, cwe, vector;
    struct tag_view severity; /* word empty: no score */
    struct str score, version;
};
struct vendor_line {
    struct str name, url, statement;
    struct tag_view status;
    struct when_view when;
};
struct format_line {
    struct str label, href;
};

struct advisory_page_view {
    struct str number, title, published, published_iso, updated, updated_iso;
    bool was_updated, is_critical, is_stop_use, without_countermeasure;
    struct severity_view severity;
    bool has_severity;
    struct text_blocks action, overview, details, impact, solution, workaround, judgement, addendum,
        credit;
    struct {
        VEC_OF(struct product_line);
    } products;
    struct {
        VEC_OF(struct weakness_line);
    } weaknesses;
    struct {
        VEC_OF(struct vendor_line);
    } vendors;
    struct links references;
    struct moment_list history;
    struct {
        VEC_OF(struct format_line);
    } formats;
    struct links toc;
    struct str receiving, coordinating, address;
};

struct advisory_line {
    struct str number, title, href, overview, products;
    struct tag_view severity;
    struct str score;
    struct when_view published, updated;
    bool is_critical, is_stop_use, was_updated;
};
struct advisory_lines {
    VEC_OF(struct advisory_line);
};
struct advisory_list_view {
    struct filters_view filters;
    struct advisory_lines lines;
    struct empty_view empty;
    struct pager_view pager;
};
struct home_view {
    struct advisory_lines newest;
    struct str receiving, coordinating, mailbox, total, target_days;
    bool has_any;
};
