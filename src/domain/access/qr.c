#include "domain/access/qr.h"

#include "base/err.h"
#include <qrencode.h>
#include <string.h>

bool qr_from(struct str text, struct arena *arena, struct qr *out, struct err *err)
{
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);
    size_t size;
    unsigned char *dark;

    if (!code)
        return FAIL(err, TOO_LARGE, STR("a QR code"));
    size = (size_t)code->width;
    dark = arena_alloc_n(arena, size, size);
    for (size_t i = 0; i < size * size; i++)
        dark[i] = code->data[i] & 1;
    memset(code->data, 0, size * size); /* it holds a secret */
    QRcode_free(code);
    *out = (struct qr){ size, dark };
    return true;
}
