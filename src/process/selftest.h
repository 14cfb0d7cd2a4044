/* process/selftest.h: `noroshi --self-test ROLE [--landlock-abi N]`: tries what the role must not be able to do (security.md, T45). */
#pragma once
#include "base/settings.h"

/* One line an act: "refused NAME" or "ALLOWED NAME"; acts that belong to the role's work are "granted NAME" and not tried.
 * Exit status 1 when any is allowed, or when fewer than SELF_TEST_ACTS_MIN were tried. Rule: C25, C57 */
enum { SELF_TEST_ACTS_MIN = 40 };
int self_test(int argc, char **argv, const struct settings *settings);
