#include "faces/desk/routes.h"

#include "faces/desk/absence/routes.h"
#include "faces/desk/access/routes.h"
#include "faces/desk/advisory/routes.h"
#include "faces/desk/analyses/routes.h"
#include "faces/desk/casework/routes.h"
#include "faces/desk/connections/routes.h"
#include "faces/desk/curation/routes.h"
#include "faces/desk/exchanges/routes.h"
#include "faces/desk/feeds/routes.h"
#include "faces/desk/files/files.h"
#include "faces/desk/health.h"
#include "faces/desk/invite/routes.h"
#include "faces/desk/judgements/routes.h"
#include "faces/desk/mailbox/mailbox.h"
#include "faces/desk/messages/routes.h"
#include "faces/desk/numbers/routes.h"
#include "faces/desk/operator/routes.h"
#include "faces/desk/partners/routes.h"
#include "faces/desk/provisions/routes.h"
#include "faces/desk/referrals/routes.h"
#include "faces/desk/saved/routes.h"
#include "faces/desk/statistics/routes.h"
#include "faces/desk/tour/routes.h"
#include "faces/desk/tracker/routes.h"
#include "faces/desk/watch/routes.h"

size_t desk_routes(struct route_list out[DESK_ROUTE_LISTS_MAX])
{
    size_t n = 0;

    out[n++] = desk_access_routes;     /* logins, accounts, the developer list, people */
    out[n++] = desk_casework_routes;   /* the day, reports, cases, a developer's answers */
    out[n++] = desk_invite_routes;     /* many developers into a case, from a list */
    out[n++] = desk_advisory_routes;   /* writing, reviewing, confirming, rehearsing */
    out[n++] = desk_message_routes;    /* where somebody has written */
    out[n++] = desk_curation_routes;   /* Japanese texts for the catalogue */
    out[n++] = desk_ruling_routes;     /* which records are about the same */
    out[n++] = desk_feed_routes;       /* where known vulnerabilities come from */
    out[n++] = desk_refused_routes;    /* what of it could not be taken */
    out[n++] = desk_health_routes;     /* /healthz */
    out[n++] = desk_files_routes;      /* files of a case: download, release */
    out[n++] = desk_mailbox_routes;    /* the finder's mailbox */
    out[n++] = desk_partner_routes;    /* whom the bodies work with beside developers */
    out[n++] = desk_provision_routes;  /* a recipient of priority provision */
    out[n++] = desk_statistics_routes; /* figures of the quarters */
    out[n++] = desk_analysis_routes;   /* a third party that analyses */
    out[n++] = desk_judgement_routes;  /* what is before the publication judgement committee */
    out[n++] = desk_referral_routes;   /* numbers for finders who wrote to somebody directly */
    out[n++] = desk_operator_routes;   /* the operator of a website */
    out[n++] = desk_exchange_routes;   /* a foreign coordinator's cases */
    out[n++] = desk_notice_routes;     /* cases from outside the Partnership */
    out[n++] = desk_number_routes;     /* the pool of CVE numbers */
    out[n++] = desk_absence_routes;    /* who is away, and who stands in */
    out[n++] = desk_saved_routes;      /* filters under a name */
    out[n++] = desk_tour_routes;       /* what a demonstration shows to whom */
    out[n++] = desk_watch_routes;      /* products somebody watches, and their checklists */
    out[n++] = desk_connection_routes; /* a developer's programs: tokens, webhooks */
    out[n++] = desk_tracker_routes;    /* what these programs may ask */
    return n;
}
