/* faces/desk/casework/deed.h: what this person may do now, each as a small form behind a button: what it does, who is told, the verb. */
#pragma once
#include "faces/desk/context.h"
#include "faces/html/parts.h"

struct phrase_link {
    struct str label, ja, en; /* addresses of this page with the sentence in that language */
};
struct deed_view {
    struct str id, label, verb, href; /* href: without language prefix */
    struct str tell;                  /* what will happen and who will be told; empty: nobody */
    enum look look;
    bool is_open, is_danger, takes_files;
    int64_t version; /* of the case as shown; 0: not asked */
    struct field_list fields;
    struct link keep; /* a second button, which keeps what was typed; label empty: there is none */
    struct str kept;  /* what was kept, when and by whom; empty: nothing */
    struct phrase_links {
        VEC_OF(struct phrase_link);
    } phrases; /* that fill in the text (phrases.h) */
};
struct deeds {
    VEC_OF(struct deed_view);
};

/* Builders: msgids in, sentences in the page's language out. Values typed before are kept. */
struct deed_view *deed_add(struct request *req, struct deeds *deeds, const char *id,
                           const char *label, const char *verb, struct str href, const char *tell,
                           enum look look, int64_t version);
struct field_view *deed_field(struct request *req, struct deed_view *deed, enum field_kind kind,
                              const char *name, const char *label, const char *help, bool required);
void deed_choice(struct request *req, struct field_view *field, const char *value,
                 const char *label);
void deed_value(const struct request *req, struct field_view *field,
                struct str value); /* unless something was typed before */
/* Files go along: the field `files`. */
void deed_files(struct request *req, struct deed_view *deed);
/* An instant as a browser's field wants it: 2026-11-21T13:00, in JST. */
struct str deed_instant(struct arena *arena, struct utc t);
