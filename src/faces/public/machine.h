/* faces/public/machine.h: answers of the catalogue's interfaces: built in memory of their own, packed where they are large, with a tag for conditional
 * requests. Rule: API-05 */
#pragma once
#include "faces/http/http.h"
#include "formats/json/json.h"

enum { MACHINE_MAX = 64 << 20 }; /* bytes of an answer */

struct machine {
    struct arena *arena; /* the answer's; what belongs to one record goes to scratch */
    struct arena *scratch;
    struct buf buf;
    struct json_writer w;
};
struct machine *machine_new(void);
void machine_free(struct machine *machine); /* NULL does nothing */
DEFINE_CLEANUP(struct machine, machine_free)

/**
 * Hands the answer over: *machine is NULL afterwards.
 *
 * content  what the tag stands for; empty: the whole. An answer that tells its own time has the tag of the rest
 * err      ERR_TOO_LARGE
 */
MUST_CHECK bool machine_send(struct request *req, struct response *res, struct machine **machine,
                             struct str type, struct str content, struct err *err);
/* The same of a text that lives as long as the request. */
bool machine_send_text(struct request *req, struct response *res, struct str text, struct str type,
                       struct str content);
