/* faces/desk/files/cabinet.h: where the desk keeps files, and who looks at them first. */
#pragma once
#include "domain/casework/files.h"
#include "faces/desk/context.h"

struct cabinet desk_cabinet(const struct desk *desk);

/* Has a whole file looked at by a jailed worker, and writes down what it seems to be. One that cannot be looked at stays held, without
 * a verdict; the sender's work never fails by it. Rule: INT-19 */
void desk_file_look(const struct desk *desk, struct str public_id, struct str name,
                    struct str bytes);
