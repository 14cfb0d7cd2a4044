/* faces/portal/records/views.h: what the page of one entry shows. */
#pragma once
#include "faces/portal/advisory/views.h"
#include "faces/portal/catalog/lines.h"

/* ---- products ---- */

struct version_line {
    struct str words, sources;
    unsigned said_by; /* 1u << enum catalog_source */
};
struct version_lines {
    VEC_OF(struct version_line);
};
/* The words of a CPE name are the last resort, a source's words are better, the dictionary's are best. */
enum naming { NAMED_BY_CPE, NAMED_BY_SOURCE, NAMED_IN_LANGUAGE, NAMED_BY_DICTIONARY };
struct affected_row {
    int64_t id; /* of the dictionary; 0: not there */
    enum naming naming;
    struct str name, href, note; /* note: the release, the target, the platforms */
    struct version_lines affected, fixed, unaffected;
};
struct affected_group {
    int64_t id; /* of the dictionary's vendor; 0: not there */
    enum naming naming;
    struct str name, href;
    struct {
        VEC_OF(struct affected_row);
    } rows;
};
struct affected_groups {
    VEC_OF(struct affected_group);
};

/* ---- where several conditions must come together ---- */

struct condition_line {
    struct str name, versions;
    bool is_vulnerable;
};
struct condition_view {
    bool is_and, is_negated;
    struct {
        VEC_OF(struct condition_line);
    } lines;
    struct {
        VEC_OF(struct condition_view);
    } parts;
};
struct condition_list {
    VEC_OF(struct condition_view);
};

/* ---- scores ---- */

struct metric_line {
    struct str name, value;
};
struct metric_lines {
    VEC_OF(struct metric_line);
};
struct score_view {
    struct str by, vector;
    struct severity_view severity;
    struct metric_lines metrics;
};
struct score_views {
    VEC_OF(struct score_view);
};

struct indicator_line {
    struct str value, scale, by;
};
struct indicator_lines {
    VEC_OF(struct indicator_line);
};

/* ---- the chance of an attack ---- */

struct chance_point {
    struct str date, iso, score, percentile;
};
struct chance_grid {
    struct str label;
    int y;
};
enum { CHART_WIDTH = 640, CHART_HEIGHT = 200, CHART_LEFT = 56, CHART_TOP = 16, CHART_BOTTOM = 168 };
struct chance_view {
    struct str words, points, first, last, score; /* score: of the newest */
    int last_x, last_y;
    struct {
        VEC_OF(struct chance_grid);
    } grid;
    struct {
        VEC_OF(struct chance_point);
    } days; /* newest first */
    bool is_curve;
};

/* ---- sources and history ---- */

struct told_text {
    struct str label, text, lang; /* lang: set when it is not the reader's */
};
struct telling_view {
    struct str source, id, status, weaknesses, href;
    struct tag_view state, severity;
    struct str score;
    struct when_view published, modified, first, last;
    struct {
        VEC_OF(struct told_text);
    } texts;
};
struct change_line {
    struct str field, before, after;
};
struct change_view {
    struct when_view when;
    struct str who;
    bool is_first; /* the record came in */
    struct {
        VEC_OF(struct change_line);
    } lines;
};

struct exploited_view {
    struct when_view added, due;
    struct str action, notes, name;
    bool is_ransomware;
};

/* A text, or several of one source. */
struct text_part {
    struct text_blocks blocks;
    struct str lang; /* set when it is not the reader's */
    struct str by;
};
struct text_parts {
    VEC_OF(struct text_part);
};

struct reference_group {
    struct str kind;
    struct links links;
};

struct record_view {
    struct str name, number, title, title_lang;
    struct when_view published, modified;
    bool was_updated, is_embedded, is_standard, has_severity;
    struct tag_view state;
    struct str state_words;
    struct severity_view severity;
    bool is_kev;
    struct exploited_view kev;
    struct text_parts overview, impact, countermeasure, workaround;
    struct affected_groups products, more_products; /* more: folded away */
    struct str more_words;
    struct condition_list conditions;
    struct str products_cut; /* how many more there are; empty: all are shown */
    struct score_views scores;
    struct indicator_lines indicators;
    struct links weaknesses;
    struct chance_view chance;
    struct {
        VEC_OF(struct reference_group);
    } references;
    struct links aliases, upstream, related;
    struct {
        VEC_OF(struct telling_view);
    } tellings;
    struct {
        VEC_OF(struct change_view);
    } history;
    struct {
        VEC_OF(struct format_line);
    } formats;
    struct links toc;
    struct str mine_href; /* "which of my products" at the desk; empty: none */
};
