/* faces/cli/backup.h: what a backup looks like, for those who make it and those who read it. */
#pragma once
#include "faces/cli/tree.h"

#define BACKUP_MANIFEST \
    "SHA256SUMS" /* as sha256sum --check reads it; written last: without it there is no backup */
#define BACKUP_FILES "desk/files"
#define BACKUP_NOTE  "backup/last" /* in the state folder: when the last one was made */
#define FACT_HELD \
    "hold" /* mail and publication wait until a person has released a restored system */
