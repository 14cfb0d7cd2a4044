/* faces/cli/scan/paper.h: text for a terminal: as wide as it is seen, wrapped, in colours where there are any, and harmless: names come from
 * strangers' lists, and a terminal obeys what it is sent. */
#pragma once
#include "base/buf.h"

enum { PAPER_WIDTH = 100, PAPER_NARROWEST = 40, PAPER_WIDEST = 240 };
enum tint {
    TINT_NONE,
    TINT_BOLD,
    TINT_DIM,
    TINT_RED,
    TINT_BOLD_RED,
    TINT_YELLOW,
    TINT_GREEN,
    TINT_BLUE
};

struct paper {
    struct buf *buf;
    size_t width; /* columns */
    bool has_colours;
};

/* A terminal on standard output gives its width and has colours unless NO_COLOR is set; elsewhere COLUMNS, else PAPER_WIDTH. */
struct paper paper_for_output(struct buf *buf, bool is_terminal);

/* Columns a text takes: East Asian wide characters two, marks that combine none. */
size_t paper_columns(struct str text);

/* One line with nothing a terminal would obey: controls, and what turns the direction of text, become U+FFFD; white space is one blank. */
struct str paper_clean(struct arena *arena, struct str text);

/* Takes the next line of at most `width` columns off *rest: cut at a blank or beside a wide character, elsewhere only when a word is longer
 * than a line. False once *rest is used up. */
bool paper_wrap(struct str *rest, size_t width, struct str *line);

void paper_put(struct paper *paper, enum tint tint, struct str text);
void paper_pad(struct paper *paper, size_t columns); /* that many blanks */
void paper_end(struct paper *paper);                 /* of a line: blanks at its end fall away */

/* Text in lines, each but the first behind `indent` blanks; `used`: columns the first line has already. Ends the last line. */
void paper_flow(struct paper *paper, enum tint tint, struct str text, size_t used, size_t indent);
