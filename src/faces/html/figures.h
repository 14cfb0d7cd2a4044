/* faces/html/figures.h: figures about reports as people read them: a chart, and the table behind it. The same on the portal, at the desk and in
 * the file that the command line writes. */
#pragma once
#include "domain/statistics/statistics.h"
#include "faces/html/parts.h"

/* In the chart's own units; CHART_SHOWN is its width on a wide screen. */
enum {
    CHART_WIDTH = 400,
    CHART_SHOWN = 480,
    CHART_ROW = 44,
    CHART_BAR = 340,
    FIGURE_QUARTERS = 12
};

struct chart_bar {
    struct str label, number;
    int64_t y, first, second; /* where it stands; widths of its two parts */
};
struct figure_line {
    struct str label;
    bool is_part;
    struct words cells;
};
struct figure_view {
    struct str id, title, rule, note, unit;
    struct words heads; /* of the numbers */
    struct {
        VEC_OF(struct figure_line);
    } lines;
    struct {
        VEC_OF(struct chart_bar);
    } bars;
    int64_t height;
    struct str first_label,
        second_label; /* what the two parts of a bar are; second empty: one part */
};
struct gap_line {
    struct str rule, what, why;
};
struct figures_view {
    struct str counted; /* "as of 30 September 2026" */
    struct {
        VEC_OF(struct figure_view);
    } figures;
    struct {
        VEC_OF(struct gap_line);
    } gaps;
};

/* Of the quarters, the last FIGURE_QUARTERS; JSON and CSV have all. Rule: STA-02 STA-22 */
struct figures_view figures_of(const struct statistics *s, enum lang lang, struct arena *arena);
