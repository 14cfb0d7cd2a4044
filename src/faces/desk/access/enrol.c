#include "faces/desk/access/enrol.h"

#include "base/err.h"
#include "domain/access/qr.h"
#include "domain/access/totp.h"
#include "faces/desk/access/enrol.html.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"

enum { QUIET = 4 /* squares of light around the code, as the standard asks */ };

/* One path for all dark squares: a run of them in a row is one rectangle. */
static struct str path_of(const struct qr *qr, struct arena *arena)
{
    struct buf buf = buf_new(arena, 256 << 10);

    for (size_t y = 0; y < qr->size; y++) {
        for (size_t x = 0; x < qr->size; x++) {
            size_t run = 0;

            while (x + run < qr->size && qr->dark[y * qr->size + x + run])
                run++;
            if (run > 0)
                buf_printf(&buf, "M%zu %zuh%zuv1h-%zuz", x + QUIET, y + QUIET, run, run);
            x += run;
        }
    }
    return buf_str(&buf);
}

bool enrol_send(struct request *req, struct response *res, const struct form_view *form,
                struct str secret, struct err *err)
{
    struct enrol_view view = { .form = form };
    struct page *body = frame_page(req);
    struct frame frame = { .title = form->title, .is_narrow = true };

    if (secret.len > 0) {
        struct str issuer = tr(req->lang, N_("Noroshi"));
        struct str uri = totp_uri(req->arena, issuer, who_of(req)->email, secret);
        struct qr qr;

        if (!qr_from(uri, req->arena, &qr, err))
            return PASS(err);
        view.key = totp_secret_text(req->arena, secret);
        view.picture = path_of(&qr, req->arena);
        view.box =
            arena_printf(req->arena, "0 0 %zu %zu", qr.size + 2 * QUIET, qr.size + 2 * QUIET);
    }
    if (form->faults.len > 0 && res->status == 0)
        res->status = 422;
    enrol_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}
