/* What the public process sends is a stranger's: a form or a piece within its bounds, or an error; never a crash. */
#include "outside/intake.h"

#include "base/err.h"
#include "base/record.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str plain = { (const char *)data, size };
    struct intake_form form;
    struct intake_piece piece;
    struct err err = { 0 };

    if (intake_parse_form(plain, &form, &err) &&
        (!record_is_valid(form.form) || form.draft.len < INTAKE_DRAFT_MIN))
        abort();
    if (intake_parse_piece(plain, &piece, &err) &&
        (piece.bytes.len == 0 || piece.bytes.len > INTAKE_PIECE_MAX))
        abort();
    return 0;
}
