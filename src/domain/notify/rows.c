/* domain/notify/rows.c: the notification matrix (requirements section 4) as a table, with the notices of our own beside it. */
#include "domain/notify/notify.h"

#define CASE    "/cases/{case}"
#define REPORT  "/reports/{case}"
#define MAILBOX "/mailbox"

/* clang-format off */
const struct notice_row notice_rows[] = {
    /* to the finder */
    { "N01", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("Your report has been accepted."), MAILBOX, false, "INT-03 FND-04" },
    { "N02", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("Your report has not been accepted. The reason is in your mailbox."), MAILBOX, true, "INT-04 FND-04" },
    { "N03", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("The processing of your report has been stopped. The reason is in your mailbox."), MAILBOX, true, "INT-10 FND-04" },
    { "N05", N_("You get this mail because you reported a vulnerability to us. There is a question for you in your mailbox."), N_("We have a question for you."), MAILBOX, true, "INT-11" },
    { "N06", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("We have answered you."), MAILBOX, true, "INT-12 FND-05" },
    /* to the receiving body */
    { "REPORT",       N_("You get this mail because you are an officer of the receiving body. A report has arrived."), N_("A report has arrived: {number}."), REPORT, false, "INT-01" },
    { "FROM_FINDER",  N_("You get this mail because you are an officer of the receiving body. A finder has written."), N_("A finder has written about {number}."), REPORT, true, "INT-11 INT-12" },
    { "N22",          N_("You get this mail because you are an officer of the receiving body. A finder asks for advice."), N_("A finder wishes to tell a third party about {number} and asks for advice."), REPORT, true, "FND-10" },
    { "STOP_ADVISED", N_("You get this mail because you are an officer of the receiving body. The coordinating body has a notice for you."), N_("The coordinating body gives notice about {number}."), REPORT, true, "INT-08" },
    { "IDENTITY",     N_("You get this mail because you are an officer of the receiving body. A second person is needed."), N_("A colleague asks to open a finder's identity in {number}."), REPORT, false, "FND-01" },
    /* to the coordinating body */
    { "N04",          N_("You get this mail because you are an officer of the coordinating body. A case has been forwarded."), N_("The receiving body has forwarded {number}."), CASE, false, "INT-07 FND-01" },
    { "N16",          N_("You get this mail because you are an officer of the coordinating body. A developer has reported."), N_("A developer has reported a result in {number}."), CASE, true, "COO-12 COO-13" },
    { "N37",          N_("You get this mail because you are an officer of the coordinating body. A developer has a wish."), N_("A developer wishes to move the publication date of {number}."), CASE, true, "COO-21" },
    { "DETAIL_ASKED", N_("You get this mail because you are an officer of the coordinating body. A developer has a request."), N_("A developer asks for the detail of {number}."), CASE, false, "COO-09" },
    { "REHEARSAL",    N_("You get this mail because you are an officer of the coordinating body. A rehearsal has found faults."), N_("The rehearsal of the publication of {number} has found faults."), CASE, true, "PUB-01" },
    { "OVERDUE",      N_("You get this mail because something needs a decision today."), N_("The publication date of {number} has come, but the advisory is not approved by both bodies."), CASE, false, "CFD-06" },
    { "ANSWER_LATE",  N_("You get this mail because you are an officer of the coordinating body. An answer is overdue."), N_("A developer has not answered in time in {number}."), CASE, false, "COO-19" },
    /* to both bodies */
    { "N17",    N_("You get this mail because you are an officer of one of the two bodies. A developer has reported."), N_("A developer has reported its response status in {number}."), CASE, true, "COO-24" },
    { "BODIES", N_("You get this mail because you are an officer of one of the two bodies. The other body has written."), N_("The other body has written about {number}."), CASE, true, "INT-12" },
    { "N42",    N_("You get this mail because you are an officer of one of the two bodies. A deadline is near."), N_("A deadline of {number} is near."), CASE, false, "COO-15 FND-12" },
    { "ADVISORY", N_("You get this mail because you are an officer of one of the two bodies. An advisory waits for you."), N_("The advisory of {number} waits for your decision."), CASE, false, "PUB-01" },
    { "OWN",    N_("You get this mail because you are an officer of one of the two bodies. A developer has reported."), N_("A developer has reported a vulnerability of its own product, with the countermeasure: {number}."), CASE, true, "INT-18 COO-30" },
    /* to developers */
    { "N07", N_("You get this mail because your organisation is on the list of product developers. There is information for you."), N_("Vulnerability information may concern your products ({number}). Please verify whether it does and whether it is new, and report the result."), CASE, false, "COO-06 COO-08" },
    { "N08", N_("You get this mail because your organisation is on the list of product developers. There is information for you."), N_("The detail you asked for is ready ({number}). Please treat it as confidential, verify your products and report the result."), CASE, false, "COO-10 CFD-05" },
    { "N36", N_("You get this mail because your organisation takes part in a case. Your report is asked for."), N_("Please report your response status in {number} by the publication date."), CASE, false, "COO-23" },
    { "N38", N_("You get this mail because somebody has written to you in a case."), N_("There is a message in {number}."), CASE, true, "COO-27" },
    { "REMIND", N_("You get this mail because your organisation takes part in a case. Your answer is still missing."), N_("Your answer in {number} is still missing."), CASE, false, "COO-12 COO-27" },
    { "WISH_DECIDED", N_("You get this mail because your organisation takes part in a case. There is an answer for you."), N_("Your wish about the publication date of {number} has been answered."), CASE, true, "COO-21" },
    { "OWN_STOPPED", N_("You get this mail because your organisation takes part in a case. There is news for you."), N_("The processing of your report on your own product ({number}) has been stopped."), CASE, true, "INT-08 INT-18" },
    /* to several */
    { "N09", N_("You get this mail because you take part in a case. A date has been set."), N_("The publication date of {number} has been set."), CASE, false, "COO-17" },
    { "N10", N_("You get this mail because you take part in a case. A date has been changed."), N_("The publication date of {number} has been changed."), CASE, false, "COO-22" },
    { "N13", N_("You get this mail because you take part in a case. It has been published."), N_("{number} has been published."), CASE, false, "PUB-01 PUB-10 FND-06" },
    { "N14", N_("You get this mail because you take part in a case. Its handling has ended."), N_("The handling of {number} has ended without publication."), CASE, false, "COO-28 COO-29 INT-10" },
    /* about accounts and the developer list */
    { "N15",    N_("You get this mail because you are an officer of the coordinating body. A developer has changed its entry."), N_("A developer has changed its window or agreed to the registration terms."), "/developers?sort=change", false, "COO-01 COO-04" },
    { "CHANGED", N_("You get this mail because the password, the second step of the login or the PGP key of your account has been changed. If it was not you, please tell an administrator at once."), N_("The password, the second step of the login or the PGP key of your account has been changed."), "/me", false, "GEN-08" },
    { "KEY_ENDS", N_("You get this mail because the PGP key of your account expires soon or has expired. Please upload a new one; with an expired key mails say only that there is something to read."), N_("The PGP key of your account expires soon or has expired."), "/me/key", false, "CFD-08" },
    { "KEY_ENDS_THERE", N_("You get this mail because the PGP key of somebody in your organisation expires soon or has expired. With an expired key mails say only that there is something to read."), N_("The PGP key of somebody in your organisation expires soon or has expired."), "/organisation", false, "CFD-08" },
    { "INVITE", N_("You get this mail because somebody has invited you to this system."), N_("You have been invited."), "/invitation/{token}", false, "COO-03" },
    { "RESET",  N_("You get this mail because somebody has asked to set a new password for your account. If it was not you, you need not do anything."), N_("A new password can be set."), "/invitation/{token}", false, "GEN-08" },
};
/* clang-format on */
const size_t notice_row_count = COUNT(notice_rows);
