#include "faces/desk/files/cabinet.h"

#include "base/err.h"
#include "base/log.h"
#include "outside/intake.h"
#include "outside/worker.h"
#include "store/store.h"

struct cabinet desk_cabinet(const struct desk *desk)
{
    return (struct cabinet){
        .vault = desk->vault,
        .folder = desk->state_folder,
        .max_bytes = desk->settings->attachment_max_bytes < INTAKE_FILE_MAX
                         ? desk->settings->attachment_max_bytes
                         : INTAKE_FILE_MAX,
        .max_files = desk->settings->attachments_max,
    };
}

void desk_file_look(const struct desk *desk, struct str public_id, struct str name,
                    struct str bytes)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(bytes.len * 3 + (8 << 20));
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct inspection found;
    struct err err = { 0 };

    if (!desk->supervisor)
        return;
    if (!worker_inspect(desk->supervisor, bytes, name, arena, &found, &err) ||
        !tx_begin(desk->store, TX_WRITE, &tx, &err) ||
        !case_file_judge(tx, public_id, str_from_z(file_kind_name(found.kind)),
                         str_from_z(verdict_name(found.verdict)), &err) ||
        !tx_commit(&tx, &err))
        log_error("file-look", public_id, &err);
}
