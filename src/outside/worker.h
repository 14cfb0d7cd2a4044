/* outside/worker.h: strangers' bytes are looked at in a parse process of their own, which ends with them. Called in the desk. */
#pragma once
#include "outside/inspect.h"

struct err;
struct peer;

/* Has one file inspected by a fresh worker. A worker that dies, floods or loops is the file's fault: ERR_WORKER; ERR_PEER when there is no
 * supervisor, ERR_UNAVAILABLE when too many work at once. Texts live in arena. Rule: INT-19 */
MUST_CHECK bool worker_inspect(struct peer *supervisor, struct str bytes, struct str name,
                               struct arena *arena, struct inspection *out, struct err *err);

/* Asks a fresh worker one question, a record of which "what" says the kind, and gives its answer, which is to be checked like a stranger's
 * words: it has read them. Errors as above; what the worker itself refuses keeps its words in ERR_WORKER's subject. */
MUST_CHECK bool worker_ask(struct peer *supervisor, struct str question, struct arena *arena,
                           struct str *reply, struct err *err);

/* The worker's side: the record it is asked, and the record it answers. ERR_WORKER */
MUST_CHECK bool worker_answer(struct str question, struct arena *arena, struct str *reply,
                              struct err *err);
