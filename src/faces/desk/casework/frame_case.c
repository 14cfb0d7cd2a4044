#include "faces/desk/casework/frame_case.h"

#include "base/err.h"

/* clang-format off */
static const struct done rows[] = {
    { "accepted", N_("The report has been accepted, and the finder has been told."), TONE_GOOD },
    { "rejected", N_("The report has not been accepted, and the finder has been told the reason."), TONE_GOOD },
    { "stopped", N_("The processing has been stopped, and the finder has been told the reason."), TONE_GOOD },
    { "forwarded", N_("The case has been forwarded, and the coordinating body has been told."), TONE_GOOD },
    { "said", N_("The message has been sent."), TONE_GOOD },
    { "noted", N_("Your note has been kept."), TONE_GOOD },
    { "assessed", N_("The assessment has been kept."), TONE_GOOD },
    { "titled", N_("The title has been kept."), TONE_GOOD },
    { "identity_asked", N_("A second person has been asked."), TONE_GOOD },
    { "renewal_asked", N_("A second person has been asked."), TONE_GOOD },
    { "renewal_allowed", N_("A link to a new passphrase is on its way to the finder."), TONE_GOOD },
    { "identity_allowed", N_("The opening has been allowed."), TONE_GOOD },
    { "taken", N_("You have taken the case. Please choose the developers next."), TONE_GOOD },
    { "developer_added", N_("The developers have been added. Nobody has been told yet."), TONE_GOOD },
    { "developer_removed", N_("The developer has been removed from the case."), TONE_GOOD },
    { "summary_written", N_("The summary has been kept."), TONE_GOOD },
    { "summary_sent", N_("The summary has been sent, and the developer's managers have been told."), TONE_GOOD },
    { "detail_sent", N_("The detail has been given, and the developer's managers have been told."), TONE_GOOD },
    { "reminded", N_("A reminder has been sent."), TONE_GOOD },
    { "all_reminded", N_("The reminders have been sent."), TONE_GOOD },
    { "contact_recorded", N_("The attempt has been recorded."), TONE_GOOD },
    { "unreachable_proposed", N_("A second person of the coordinating body has been asked."), TONE_GOOD },
    { "unreachable_confirmed", N_("It has been confirmed, and the receiving body has been told. The developer can now be named on the public list."), TONE_GOOD },
    { "unreachable_dropped", N_("The proposal is not pursued."), TONE_GOOD },
    { "unreachable_listed", N_("The public list will show it within minutes."), TONE_GOOD },
    { "eol_recorded", N_("The end of support has been recorded. Developers you chose have been added; nobody has been told yet."), TONE_GOOD },
    { "marked_silent", N_("The developer is marked as not replying."), TONE_GOOD },
    { "breach_recorded", N_("It has been recorded. Whether the developer is left out of later handling is decided at its entry in the developer list."), TONE_GOOD },
    { "date_set", N_("The publication date has been set. The receiving body and all notified developers have been told."), TONE_GOOD },
    { "date_changed", N_("The publication date has been changed. The receiving body and all notified developers have been told."), TONE_GOOD },
    { "merged", N_("The case has been merged. It rests here; its handling goes on in the other case."), TONE_GOOD },
    { "released_again", N_("The case is handled by itself again, and both bodies have been told."), TONE_GOOD },
    { "split", N_("The part has become a case of its own; it is linked below. The receiving body has been told."), TONE_GOOD },
    { "date_proposed", N_("Your colleagues have been asked. The present date stands until one of them agrees."), TONE_GOOD },
    { "date_kept", N_("The date stays as it is."), TONE_GOOD },
    { "wish_decided", N_("The wish has been answered, and the developer has been told."), TONE_GOOD },
    { "hint_handled", N_("The note has been kept."), TONE_GOOD },
    { "status_asked", N_("The developers have been asked for their status."), TONE_GOOD },
    { "stop_advised", N_("The receiving body has been told."), TONE_GOOD },
    { "closed", N_("The case has ended. Everybody concerned has been told."), TONE_GOOD },
    { "answered", N_("Thank you. The coordinating body has been told."), TONE_GOOD },
    { "detail_requested", N_("The coordinating body has been told that you ask for the detail."), TONE_GOOD },
    { "result_reported", N_("Thank you. The coordinating body has been told your result."), TONE_GOOD },
    { "status_reported", N_("Thank you. Both bodies have been told your status."), TONE_GOOD },
    { "reporter_corrected", N_("The address has been corrected. It is shown to nobody."), TONE_GOOD },
    { "reporter_erased", N_("The address has been erased. No mail goes there any more."), TONE_GOOD },
    { "draft_kept", N_("Your draft has been kept. Nobody has been told, and the bodies do not see it."), TONE_GOOD },
    { "hint_given", N_("Thank you. The coordinating body has been told."), TONE_GOOD },
    { "wish_sent", N_("Your wish has been sent. Until it is answered the present date stands."), TONE_GOOD },
    { "refused", N_("The coordinating body has been told."), TONE_GOOD },
    { "own_reported", N_("Thank you. Both bodies have your report. The coordinating body hears you about the date and sets it."), TONE_GOOD },
    { "observed", N_("Both bodies have been told."), TONE_GOOD },
    { "observed_adopted", N_("It is confirmed. Everybody concerned is told now."), TONE_GOOD },
    { "observed_dismissed", N_("It is not confirmed, and the reason is kept."), TONE_GOOD },
    { "inquiry_consulted", N_("The coordinating body has been asked what may be told."), TONE_GOOD },
    { "inquiry_advised", N_("The receiving body has been told what the finder may be told."), TONE_GOOD },
    { "inquiry_recorded", N_("What may be told is on record. The finder can be answered now."), TONE_GOOD },
    { "inquiry_answered", N_("The answer is in the finder's mailbox."), TONE_GOOD },
    { "withdrawal_answered", N_("The answer has been sent to the finder, and those concerned have been told."), TONE_GOOD },
    { "observed_decided", N_("The decision is kept, and everybody concerned is told. Please change the date now if it is to move."), TONE_GOOD },
    { "docket_proposed", N_("It is before the committee. The receiving body and the committee have been told."), TONE_GOOD },
    { "docket_checked", N_("The check has been kept, with what was gathered. Please give notice to the developer next."), TONE_GOOD },
    { "docket_noticed", N_("The notice has been kept. The developer may speak until the day."), TONE_GOOD },
    { "docket_heard", N_("The time for the opinion has ended. Please call a meeting next."), TONE_GOOD },
    { "docket_convened", N_("The members have been told."), TONE_GOOD },
    { "docket_deliberated", N_("The minutes have been kept. Please decide on the result next."), TONE_GOOD },
    { "docket_decided", N_("The decision has been kept, and those concerned have been told."), TONE_GOOD },
    { "docket_ended", N_("The judgement has ended. The case is coordinated again."), TONE_GOOD },
    { "opinion_given", N_("Thank you. The committee will read your opinion."), TONE_GOOD },
    { "view_given", N_("Your view has been kept. It is printed when it is published."), TONE_GOOD },
    { "analysis_asked", N_("The third party has been asked."), TONE_GOOD },
    { "analysis_ended", N_("The analysis has ended; the third party sees nothing of the case any more."), TONE_GOOD },
    { "summaries_sent", N_("The summary has been sent to all who waited for it and are registered; their managers have been told."), TONE_GOOD },
    { "handed_over", N_("The case has been handed over; the colleague has been told."), TONE_GOOD },
    { "cve_reserved", N_("A CVE number has been reserved."), TONE_GOOD },
    { "cve_rejected", N_("The number will not be used."), TONE_GOOD },
    { "exchange_given", N_("The foreign coordinator has been told."), TONE_GOOD },
    { "exchange_ended", N_("Its part has ended; the foreign coordinator sees nothing of the case any more."), TONE_GOOD },
    { "room_proposed", N_("The room has been proposed. Each developer is asked by mail and learns nothing of the others."), TONE_GOOD },
    { "room_agreed", N_("You are in the room. Whoever agreed as well sees your organisation's name."), TONE_GOOD },
    { "room_declined", N_("The coordinating body has been told. The other developers learn nothing of you."), TONE_GOOD },
    { "room_left", N_("You have left the room."), TONE_GOOD },
    { "room_closed", N_("The room is closed."), TONE_GOOD },
    { "foreign_begun", N_("The case has begun. The receiving body has been told."), TONE_GOOD },
    { "priority_planned", N_("The plan has been kept. The other body and the developers concerned have been asked."), TONE_GOOD },
    { "priority_answered", N_("Your answer has been sent."), TONE_GOOD },
    { "finder_told", N_("The finder has been told."), TONE_GOOD },
    { "priority_dropped", N_("The plan has been dropped. Nothing has been given."), TONE_GOOD },
    { "priority_provided", N_("The information has been provided, and the recipients have been told."), TONE_GOOD },
    { "stage1_sent", N_("The first mail is on its way. The operator is to name whom the details may be sent to."), TONE_GOOD },
    { "stage2_sent", N_("The second mail is on its way. The operator chooses how mails are protected."), TONE_GOOD },
    { "stage3_sent", N_("The details are on their way. The clocks of three months and 90 days have begun."), TONE_GOOD },
    { "direct_opened", N_("Finder and operator may write to each other now, and both have been told."), TONE_GOOD },
    { "site_ended", N_("The case has ended, and the finder has been told the reason."), TONE_GOOD },
    { "site_closed", N_("The case is closed."), TONE_GOOD },
    { "released", N_("The file has been let go further. Who may see it now stands beside it."), TONE_GOOD },
};
/* clang-format on */

bool case_frame_send(struct request *req, struct response *res, struct page *body, struct str title,
                     const struct crumb *crumbs, size_t count, struct err *err)
{
    struct frame frame = { .title = title };

    for (size_t i = 0; i < count; i++)
        VEC_PUSH(req->arena, &frame.crumbs, crumbs[i]);
    frame_done(req, &frame, rows, COUNT(rows));
    return frame_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool case_done(struct request *req, struct response *res, struct str path, const char *code)
{
    return frame_go(req, res, arena_printf(req->arena, "%.*s?done=%s", STR_ARG(path), code));
}

struct str case_kept(const struct request *req, const char *field)
{
    return req->method == METHOD_POST ? request_form(req, field) : STR_NONE;
}

bool case_is_mendable(const struct err *err)
{
    switch (err->code) {
    case ERR_INPUT:
    case ERR_NOT_READY:
    case ERR_NO_SUCH_MOVE:
    case ERR_CHANGED_MEANWHILE:
    case ERR_TIME_SYNTAX:
    case ERR_MAIL_ADDRESS:
    case ERR_TOO_LARGE:
        return true;
    default:
        return false;
    }
}
