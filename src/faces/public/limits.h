/* faces/public/limits.h: how often one address may ask the public process a minute. Pages, interfaces and files count apart: a mirror that takes everything does not
 * hold back the people who read pages from the same address. Rule: API-05, C55 */
#pragma once
#include "base/settings.h"
#include "faces/http/http.h"

enum limit { LIMIT_PAGES, LIMIT_INTERFACES, LIMIT_FILES, LIMITS };

struct limits;
struct limits *limits_new(const struct settings *settings);
void limits_free(struct limits *limits); /* NULL does nothing */
DEFINE_CLEANUP(struct limits, limits_free)

/* Which of them a path counts for; the path is without its language. */
enum limit limit_of(struct str path);
/* False: not now; wait_seconds is what Retry-After says. From any thread. */
bool limits_take(struct limits *limits, const struct request *req, unsigned *wait_seconds);
