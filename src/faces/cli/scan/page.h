/* faces/cli/scan/page.h: what the report for a manager shows. */
#pragma once
#include "faces/html/parts.h"

/* One bar of a chart; drawn `width` of CHART_WIDTH long. */
enum { CHART_WIDTH = 320, CHART_STEP = 40, CHART_LABEL = 150, CHART_COUNT = 60 };
struct bar {
    struct str label, count, share;
    enum tone tone;
    int64_t width, y;
};
struct chart {
    struct str id, title, words; /* words: what it shows, in a sentence */
    struct str measure;          /* what the bars are of */
    int64_t height;
    struct {
        VEC_OF(struct bar);
    } bars;
};
struct charts {
    VEC_OF(struct chart);
};

/* One thing to do: bring a component to a version. */
struct deed_view {
    struct str component,
        to;           /* component: name and version; to: empty when there is no fixed version */
    struct str count; /* "removes 3", in words */
    struct tag_view severity, decision;
    bool is_exploited;
};
struct deeds {
    VEC_OF(struct deed_view);
};

struct finding_view {
    struct str id, href, aliases, title, score, epss, fixed, said;
    struct tag_view severity, decision;
    bool is_exploited, is_ransomware;
};
struct group_view {
    struct str component, members,
        id; /* members: the package URL; of several packages their names */
    struct {
        VEC_OF(struct finding_view);
    } findings;
};
struct groups_view {
    VEC_OF(struct group_view);
};

/* What only may be: a component, why it is not decided, and the names. */
struct open_view {
    struct str component, why, ids;
};
struct open_views {
    VEC_OF(struct open_view);
};
struct aside_view {
    struct str id, component, verdict, why, from, until;
};
struct asides {
    VEC_OF(struct aside_view);
};
struct source_view {
    struct str name, date, records;
};
struct sources_view {
    VEC_OF(struct source_view);
};

struct report_view {
    struct str title, made, state; /* state: the result in a sentence */
    enum tone tone;
    struct clock_view figures;
    struct deeds deeds;
    struct str more_deeds; /* "and 12 more components, below"; may be empty */
    struct charts charts;
    struct groups_view groups;
    struct open_views open;
    struct asides asides;
    struct words ended; /* rules that are over */
    struct fact_list facts;
    struct sources_view sources;
    struct str version; /* of the program */
};
