/* formats/xml/xml.h: a writer of well-formed XML 1.0, UTF-8. Reading (expat, DOCTYPE refused) comes with the catalog. */
#pragma once
#include "base/buf.h"

struct xml_writer {
    struct buf *buf;
    bool open; /* a start tag waits for its '>' */
    unsigned depth;
    bool pretty;
    bool text; /* the element has text: no line breaks */
    const char *names[32];
};
struct xml_writer xml_writer_new(struct buf *buf, bool pretty);
void xml_declaration(struct xml_writer *w);
void xml_begin(struct xml_writer *w, const char *name);
void xml_attr(struct xml_writer *w, const char *name, struct str value);
void xml_text(struct xml_writer *w,
              struct str text); /* escaped; characters XML 1.0 forbids become U+FFFD */
void xml_end(struct xml_writer *w);
void xml_element(struct xml_writer *w, const char *name,
                 struct str text); /* begin, text, end; empty text gives <name/> */
