/* faces/desk/connections/view.h: what the pages of connections show. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct token_line {
    struct str name, owner, scope, made, used, until;
    struct tag_view state;
    struct str scope_code, made_code, used_code, until_code,
        state_code;      /* in a file for programs */
    struct str end_href; /* empty: it has ended */
};
struct hook_line {
    struct str url, href, events, since;
    int64_t waiting;
    struct tag_view state;
    struct str events_code, since_code, state_code;
};
struct connections_view {
    struct str description_href; /* of the interface */
    struct act make;
    struct empty_view no_tokens;
    struct token_lines {
        VEC_OF(struct token_line);
    } tokens;
    struct sheet_links tokens_file;
    bool has_hooks; /* whether the reader looks after them */
    struct act add;
    struct empty_view no_hooks;
    struct hook_lines {
        VEC_OF(struct hook_line);
    } hooks;
    struct sheet_links hooks_file;
};

struct delivery_line {
    struct str kind, number, href, at, tried, words;
    int64_t attempts;
    struct tag_view state;
    struct str at_code, tried_code, state_code;
    struct str again_href; /* empty: it waits already */
};
struct hook_view {
    struct note_view note; /* words empty: none */
    struct fact_list facts;
    struct act_list acts;
    struct empty_view nothing;
    struct delivery_lines {
        VEC_OF(struct delivery_line);
    } deliveries;
    struct str newest; /* empty: all of them are shown */
    struct sheet_links file;
};

/* Shown once. */
struct secret_view {
    struct str title, why, secret, example;
    struct link back;
};
