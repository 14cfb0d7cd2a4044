#include "formats/json/json_split.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "formats/json/json.h"

enum {
    ROOM_FIRST = 1 << 20, /* read at a time; the room grows for larger records alone */
    SHOWN_MAX = 64 << 10, /* of a fault */
    HEAD_MAX = 64 << 10
};

/* Where we are between records. */
enum place {
    PLACE_STREAM, /* in nothing */
    PLACE_FIRST,  /* in a list: a record or its end */
    PLACE_NEXT,   /* in a list, behind a record: a comma or its end */
    PLACE_COMMA,  /* in a list, behind a comma: a record */
    PLACE_REST,   /* behind the list, in its document */
    PLACE_LOST    /* behind a fault */
};

struct json_split {
    json_source *source;
    void *context;
    struct str list;
    size_t record_max;

    char *room;
    size_t cap, from, at,
        end;       /* a record begins at from and is looked at up to at; there is text up to end */
    uint64_t line; /* of `at` */
    bool is_over;

    enum place place;
    bool in_list, in_document; /* a list; and one that is a document's member */
    size_t blanks;             /* dropped since the last newline */
    bool has_indent;
    size_t indent; /* of the list's first record: where to find the next one behind a fault */

    size_t head_len;
    char head[HEAD_MAX + 1];
};

struct json_split *json_split_new(json_source *source, void *context, struct str list,
                                  size_t record_max)
{
    struct json_split *split = calloc(1, sizeof *split);

    if (!split)
        return NULL;
    split->source = source;
    split->context = context;
    split->list = list;
    split->record_max = record_max;
    split->line = 1;
    split->cap = ROOM_FIRST;
    split->room = malloc(ROOM_FIRST + JSON_PADDING);
    if (split->room)
        return split;
    free(split);
    return NULL;
}

void json_split_free(struct json_split *split)
{
    if (!split)
        return;
    free(split->room);
    free(split);
}

struct str json_split_head(const struct json_split *split)
{
    return (struct str){ split->head, split->head_len };
}

/* ---- the room ---- */

/* More text behind end: what is done with makes place, then the room grows. 1, 0 at the end of the stream, -1 */
static int fill(struct json_split *split, struct err *err)
{
    ssize_t n;

    if (split->is_over)
        return 0;
    if (split->from > 0) {
        memmove(split->room, split->room + split->from, split->end - split->from);
        split->at -= split->from;
        split->end -= split->from;
        split->from = 0;
    }
    if (split->end == split->cap) {
        char *room = realloc(split->room, split->cap * 2 + JSON_PADDING);

        if (!room) {
            (void)FAIL(err, TOO_LARGE, STR("JSON"));
            return -1;
        }
        split->room = room;
        split->cap *= 2;
    }
    n = split->source(split->context, split->room + split->end, split->cap - split->end, err);
    if (n < 0)
        return -1;
    split->is_over = n == 0;
    split->end += (size_t)n;
    return n > 0;
}

/* The byte at `at`. 1, 0 at the end, -1 */
static int peek(struct json_split *split, char *c, struct err *err)
{
    int there = split->at < split->end ? 1 : fill(split, err);

    if (there == 1)
        *c = split->room[split->at];
    return there;
}

/* Past the byte at `at`, which belongs to no record. */
static void drop(struct json_split *split)
{
    char c = split->room[split->at];

    split->line += c == '\n';
    split->blanks = c == ' ' || c == '\t' ? split->blanks + 1 : 0;
    split->from = ++split->at;
}

/* ---- over one record ---- */

/* What brackets and quotes say; the rest is the reader's business. */
struct walk {
    unsigned depth;
    uint64_t arrays;       /* bit n: the bracket at depth n is '[' */
    bool inside, slash;    /* a text; behind a '\' in it */
    bool is_key;           /* the last text at depth 1 has nothing behind it but blanks and ':' */
    size_t text, text_len; /* that text, from the record's beginning */
};
enum walked { WALK_ON, WALK_END, WALK_LIST, WALK_FAULT };

static bool is_list(const struct json_split *split, const struct walk *walk)
{
    return split->place == PLACE_STREAM && walk->depth == 1 && walk->is_key &&
           !(walk->arrays & 1) &&
           str_eq((struct str){ split->room + split->from + walk->text, walk->text_len },
                  split->list);
}

static enum walked look(const struct json_split *split, struct walk *walk, char c)
{
    switch (c) {
    case '"':
        walk->inside = true;
        if (walk->depth == 1)
            walk->text = split->at + 1 - split->from;
        return WALK_ON;
    case '[':
    case '{':
        if (c == '[' && is_list(split, walk))
            return WALK_LIST;
        if (walk->depth == JSON_DEPTH_MAX)
            return WALK_FAULT;
        walk->arrays &= ~(UINT64_C(1) << walk->depth);
        walk->arrays |= (uint64_t)(c == '[') << walk->depth++;
        walk->is_key = false;
        return WALK_ON;
    case ']':
    case '}':
        if (walk->depth == 0 || (walk->arrays >> (walk->depth - 1) & 1) != (c == ']'))
            return WALK_FAULT;
        return --walk->depth == 0 ? WALK_END : WALK_ON;
    case ',':
        walk->is_key = false;
        return WALK_ON;
    default:
        return WALK_ON;
    }
}

/* A control character ends what cannot be JSON any more, before a lost quote swallows the records behind it. */
static enum walked look_inside(const struct json_split *split, struct walk *walk, char c)
{
    if ((unsigned char)c < 0x20)
        return WALK_FAULT;
    if (walk->slash) {
        walk->slash = false;
    } else if (c == '\\') {
        walk->slash = true;
    } else if (c == '"') {
        walk->inside = false;
        walk->is_key = walk->depth == 1;
        if (walk->depth == 1)
            walk->text_len = split->at - split->from - walk->text;
    }
    return WALK_ON;
}

enum { EIGHT = 8 };
#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS (ONES << 7)

/* The first of them is the lowest, whatever the machine. */
static uint64_t eight_at(const char *at)
{
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return le64toh(bytes);
}

/* How many of eight bytes of a text stand before what ends it, quotes the next or is a control character. */
static size_t plain_of_eight(const char *at)
{
    uint64_t bytes = eight_at(at), quote = bytes ^ ONES * '"', slash = bytes ^ ONES * '\\',
             marks = (((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) |
                      ((bytes - ONES * 0x20) & ~bytes)) &
                     HIGHS;

    /* What carries over makes marks above a true one alone. */
    return marks ? (size_t)__builtin_ctzll(marks) / 8 : EIGHT;
}

static bool is_blank_eight(const char *at) { return eight_at(at) == ONES * ' '; }

/* To the next byte that says something. */
static void hurry(struct json_split *split, const struct walk *walk)
{
    size_t plain = EIGHT;

    if (!walk->inside)
        while (split->end - split->at > EIGHT && is_blank_eight(split->room + split->at))
            split->at += EIGHT;
    else if (!walk->slash)
        while (plain == EIGHT && split->end - split->at > EIGHT)
            split->at += plain = plain_of_eight(split->room + split->at);
}

/* Over what is there. */
static enum walked walk_room(struct json_split *split, struct walk *walk)
{
    enum walked how = WALK_ON;

    for (; split->at < split->end && how == WALK_ON; split->at++) {
        hurry(split, walk);
        split->line += split->room[split->at] == '\n';
        how = walk->inside ? look_inside(split, walk, split->room[split->at])
                           : look(split, walk, split->room[split->at]);
    }
    return how;
}

/* 1 and how it ended; WALK_ON: the stream is over, or the record larger than any may be. -1 */
static int walk_over(struct json_split *split, struct walk *walk, enum walked *how, struct err *err)
{
    do {
        *how = walk_room(split, walk);
        if (*how != WALK_ON || split->at - split->from > split->record_max)
            return 1;
    } while (fill(split, err) == 1);
    return split->is_over ? 1 : -1;
}

/* ---- faults ---- */

static int tell_fault(struct json_split *split, uint64_t line, const char *words,
                      struct json_piece *out)
{
    size_t len = split->at - split->from;

    *out = (struct json_piece){ .text = split->room + split->from,
                                .len = len < SHOWN_MAX ? len : SHOWN_MAX,
                                .line = line,
                                .fault = words };
    /* A newline at which the walk gave up is where the next line begins. */
    if (len > 0 && split->room[split->at - 1] == '\n') {
        split->at--;
        split->line--;
    }
    split->place = PLACE_LOST;
    return 1;
}

static int drop_line(struct json_split *split, struct err *err)
{
    char c;
    int there;

    split->from = split->at;
    while ((there = peek(split, &c, err)) == 1) {
        drop(split);
        if (c == '\n')
            break;
    }
    return there;
}

/* Behind a fault: in the stream the next line; in a list the next line that is indented as its first record was and begins an object. */
static int find_again(struct json_split *split, struct err *err)
{
    char c;
    int there;

    while ((there = drop_line(split, err)) == 1 && split->in_list) {
        while ((there = peek(split, &c, err)) == 1 && (c == ' ' || c == '\t'))
            drop(split);
        if (there != 1 || (c == '{' && split->has_indent && split->blanks == split->indent))
            break;
    }
    split->in_list = split->in_list && there == 1;
    split->place = split->in_list ? PLACE_COMMA : PLACE_STREAM;
    return there;
}

/* ---- between records ---- */

static int skip_blanks(struct json_split *split, char *c, struct err *err)
{
    int there;

    while ((there = peek(split, c, err)) == 1 &&
           (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\r'))
        drop(split);
    return there;
}

/* A mark that some editors put first is no text. */
static int skip_mark(struct json_split *split, struct err *err)
{
    while (split->end < 3 && !split->is_over)
        if (fill(split, err) < 0)
            return -1;
    if (split->end >= 3 && memcmp(split->room, "\xef\xbb\xbf", 3) == 0)
        split->from = split->at = 3;
    return 1;
}

static void begin_list(struct json_split *split, bool in_document)
{
    split->from = split->at;
    split->in_list = true;
    split->in_document = in_document;
    split->has_indent = false;
    split->place = PLACE_FIRST;
}

static void end_list(struct json_split *split)
{
    drop(split);
    split->in_list = false;
    split->place = split->in_document ? PLACE_REST : PLACE_STREAM;
}

/* {"a": 1, "list": [ leaves {"a": 1} */
static void keep_head(struct json_split *split, const struct walk *walk)
{
    struct str head =
        str_trim(str_take((struct str){ split->room + split->from, split->at }, walk->text - 1));

    if (str_ends(head, STR(",")))
        head = str_take(head, head.len - 1);
    split->head_len = 0;
    if (head.len > HEAD_MAX)
        return;
    memcpy(split->head, head.ptr, head.len);
    split->head[head.len] = '}';
    split->head_len = head.len + 1;
}

/* A record, or the list of a document. */
static int take_record(struct json_split *split, struct json_piece *out, struct err *err)
{
    struct walk walk = { 0 };
    uint64_t line = split->line;
    enum walked how;

    if (walk_over(split, &walk, &how, err) < 0)
        return -1;
    switch (how) {
    case WALK_LIST:
        keep_head(split, &walk);
        begin_list(split, true);
        return 0;
    case WALK_END:
        *out = (struct json_piece){ .text = split->room + split->from,
                                    .len = split->at - split->from,
                                    .line = line };
        split->from = split->at;
        split->place = split->in_list ? PLACE_NEXT : PLACE_STREAM;
        return 1;
    case WALK_ON:
        return tell_fault(split, line, split->is_over ? "it ends too early" : "it is too large",
                          out);
    case WALK_FAULT:
        break;
    }
    return tell_fault(split, line, "brackets or quotes do not match, or it is nested too deeply",
                      out);
}

/* What follows a document's list, to the document's end. */
static int pass_rest(struct json_split *split, struct json_piece *out, struct err *err)
{
    struct walk walk = { .depth = 1 };
    uint64_t line = split->line;
    enum walked how;

    if (walk_over(split, &walk, &how, err) < 0)
        return -1;
    if (how != WALK_END)
        return tell_fault(split, line, "it ends too early", out);
    split->from = split->at;
    split->place = PLACE_STREAM;
    return 0;
}

/* One thing in the stream: 1 a piece, 0 none yet, -1 */
static int advance(struct json_split *split, char c, struct json_piece *out, struct err *err)
{
    uint64_t line = split->line;

    if (split->place == PLACE_REST)
        return pass_rest(split, out, err);
    if (c == ']' && (split->place == PLACE_FIRST || split->place == PLACE_NEXT)) {
        end_list(split);
        return 0;
    }
    if (c == ',' && split->place == PLACE_NEXT) {
        drop(split);
        split->place = PLACE_COMMA;
        return 0;
    }
    if (c == '[' && split->place == PLACE_STREAM) {
        drop(split);
        begin_list(split, false);
        return 0;
    }
    if (c == '{' && split->place != PLACE_NEXT) {
        if (split->in_list && !split->has_indent) {
            split->has_indent = true;
            split->indent = split->blanks;
        }
        return take_record(split, out, err);
    }
    split->at++;
    return tell_fault(split, line, "there is no object where a record should be", out);
}

int json_split_next(struct json_split *split, struct json_piece *out, struct err *err)
{
    int done = split->end == 0 ? skip_mark(split, err) : 1;

    while (done >= 0) {
        char c = 0;
        int there;

        if (split->place == PLACE_LOST && find_again(split, err) < 0)
            return -1;
        there = skip_blanks(split, &c, err);
        if (there < 0)
            return -1;
        if (there == 0 && split->place == PLACE_STREAM)
            return 0;
        if (there == 0) {
            (void)tell_fault(split, split->line, "it ends too early", out);
            split->in_list = false;
            split->place = PLACE_STREAM;
            return 1;
        }
        done = advance(split, c, out, err);
        if (done == 1)
            return 1;
    }
    return -1;
}
