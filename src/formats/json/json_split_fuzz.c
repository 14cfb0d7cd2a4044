#include "base/err.h"
#include "formats/drip_testing.h"
#include "formats/json/json.h"
#include "formats/json/json_split.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Comes to its end, and what the reader takes needs no more brackets than the split counted. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct drip stream = { { (const char *)data, size }, size > 0 ? 1 + data[0] % 64 : 1 };
    CLEANUP(json_split_free_var)
    struct json_split *split = json_split_new(drip, &stream, STR("vulnerabilities"), 1 << 16);
    CLEANUP(json_reader_free_var) struct json_reader *reader = json_reader_new();
    struct json_piece piece;
    struct err err = { 0 };
    size_t count = 0;

    while (json_split_next(split, &piece, &err) == 1) {
        struct err why = { 0 };
        struct json json;

        if (count++ > size)
            abort();
        if (!piece.fault && json_reader_read(reader, piece.text, piece.len, &json, &why) &&
            json_kind(json) != JSON_OBJECT)
            abort();
    }
    return 0;
}
