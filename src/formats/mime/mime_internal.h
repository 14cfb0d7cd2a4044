/* formats/mime/mime_internal.h: the encodings of texts in mails. */
#pragma once
#include "base/buf.h"

void mime_put_base64(
    struct buf *buf, struct str bytes,
    size_t
        line_max); /* lines of at most line_max characters end with CR LF; 0: one, without an end */
void mime_put_words(struct buf *buf,
                    struct str text); /* RFC 2047 encoded words, folded; text is UTF-8 */
bool mime_is_plain_word(struct str text,
                        size_t max); /* ASCII that needs no encoding, at most max characters */
void mime_put_body(
    struct buf *buf,
    struct str body); /* its Content-Transfer-Encoding field, an empty line, the text */
