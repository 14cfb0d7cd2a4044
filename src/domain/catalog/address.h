/* domain/catalog/address.h: where others describe "CVE-2026-41234" and "CWE-78". */
#pragma once
#include "base/arena.h"

struct str url_of_cve(struct str cve, struct arena *arena);
struct str url_of_nvd(struct str cve, struct arena *arena);
struct str url_of_cwe(struct str cwe, struct arena *arena);
