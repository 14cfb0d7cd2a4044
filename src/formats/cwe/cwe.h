/* formats/cwe/cwe.h: the numbers of the Common Weakness Enumeration and what they are called. Pure. */
#pragma once
#include "base/str.h"
#include "base/tr.h"

struct cwe {
    unsigned number;
    struct str en, ja; /* ja: empty where no Japanese name is in use */
};

/* "CWE-79" gives 79; false when it is no such name. NVD's "NVD-CWE-noinfo" and JVN's "CWE-Other" are none. Rule: STD-08 */
bool cwe_parse(struct str text, unsigned *number);

const struct cwe *cwe_find(unsigned number); /* NULL: there is none of that number */

/* The name in that language, English where there is no Japanese one; empty when there is no such number. Rule: STD-08 */
struct str cwe_name(unsigned number, enum lang lang);
