/* domain/notify/rows.c: the notification matrix (requirements section 4) as a table, with the notices of our own beside it. */
#include "domain/notify/notify.h"

#define CASE     "/cases/{case}"
#define REPORT   "/reports/{case}"
#define MAILBOX  "/mailbox"
#define OPERATOR "/notice/{token}"

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
    { "REDISCOVERED", N_("You get this mail because you are an officer of the receiving body. A report should be read soon."), N_("The report {number} may be about a vulnerability that is being handled already. Please compare the two."), REPORT, false, "INT-22" },
    { "FROM_FINDER",  N_("You get this mail because you are an officer of the receiving body. A finder has written."), N_("A finder has written about {number}."), REPORT, true, "INT-11 INT-12" },
    { "N22",          N_("You get this mail because you are an officer of the receiving body. A finder asks for advice."), N_("A finder wishes to tell a third party about {number} and asks for advice."), REPORT, true, "FND-10" },
    { "STOP_ADVISED", N_("You get this mail because you are an officer of the receiving body. The coordinating body has a notice for you."), N_("The coordinating body gives notice about {number}."), REPORT, true, "INT-08" },
    { "IDENTITY",     N_("You get this mail because you are an officer of the receiving body. A second person is needed."), N_("A colleague asks to open a finder's identity in {number}."), REPORT, false, "FND-01" },
    { "N12", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("Before it is published, information from your report will be provided to government bodies or operators of critical infrastructure, so that they can protect themselves."), MAILBOX, false, "FND-08 PRI-02" },
    /* to the coordinating body */
    { "N04",          N_("You get this mail because you are an officer of the coordinating body. A case has been forwarded."), N_("The receiving body has forwarded {number}."), CASE, false, "INT-07 FND-01" },
    { "N16",          N_("You get this mail because you are an officer of the coordinating body. A developer has reported."), N_("A developer has reported a result in {number}."), CASE, true, "COO-12 COO-13" },
    { "N37",          N_("You get this mail because you are an officer of the coordinating body. A developer has a wish."), N_("A developer wishes to move the publication date of {number}."), CASE, true, "COO-21" },
    { "DETAIL_ASKED", N_("You get this mail because you are an officer of the coordinating body. A developer has a request."), N_("A developer asks for the detail of {number}."), CASE, false, "COO-09" },
    { "REHEARSAL",    N_("You get this mail because you are an officer of the coordinating body. A rehearsal has found faults."), N_("The rehearsal of the publication of {number} has found faults."), CASE, true, "PUB-01" },
    { "OVERDUE",      N_("You get this mail because something needs a decision today."), N_("The publication date of {number} has come, but the advisory is not approved by both bodies."), CASE, false, "CFD-06" },
    { "DATE_PROPOSED", N_("You get this mail because you are an officer of the coordinating body. A second person is needed."), N_("A colleague proposes a later publication date for {number}. It has been changed often, so a second person decides."), CASE, true, "COO-21" },
    { "ANSWER_LATE",  N_("You get this mail because you are an officer of the coordinating body. An answer is overdue."), N_("A developer has not answered in time in {number}."), CASE, false, "COO-19" },
    { "UNREACHABLE_PROPOSED", N_("You get this mail because you are an officer of the coordinating body. A second person is needed."), N_("A colleague proposes that a developer in {number} cannot be reached. Please look at the attempts and decide."), CASE, false, "UNR-01" },
    { "UNREACHABLE_ANSWER", N_("You get this mail because you are an officer of the coordinating body. Somebody has written about a developer that is looked for."), N_("Somebody has written about the developer that is looked for in {number}."), CASE, true, "UNR-02 UNR-03" },
    { "UNREACHABLE_DUE", N_("You get this mail because you are an officer of the coordinating body. A step has become possible."), N_("A developer in {number} has not answered. The next step may be taken now."), CASE, false, "UNR-01 UNR-02" },
    /* to both bodies */
    { "UNREACHABLE", N_("You get this mail because you are an officer of the receiving body. A developer cannot be reached."), N_("A developer in {number} counts as one that cannot be reached."), CASE, false, "UNR-01" },
    { "REACHED", N_("You get this mail because you are an officer of one of the two bodies. A developer has been reached."), N_("Contact with a developer in {number} has been made. Coordination goes on."), CASE, false, "UNR-03" },
    { "N17",    N_("You get this mail because you are an officer of one of the two bodies. A developer has reported."), N_("A developer has reported its response status in {number}."), CASE, true, "COO-24" },
    { "BODIES", N_("You get this mail because you are an officer of one of the two bodies. The other body has written."), N_("The other body has written about {number}."), CASE, true, "INT-12" },
    { "N42",    N_("You get this mail because you are an officer of one of the two bodies. A deadline is near."), N_("A deadline of {number} is near."), CASE, false, "COO-15 FND-12" },
    { "ADVISORY", N_("You get this mail because you are an officer of one of the two bodies. An advisory waits for you."), N_("The advisory of {number} waits for your decision."), CASE, false, "PUB-01" },
    { "OWN",    N_("You get this mail because you are an officer of one of the two bodies. A developer has reported."), N_("A developer has reported a vulnerability of its own product, with the countermeasure: {number}."), CASE, true, "INT-18 COO-30" },
    { "PRIORITY_ANSWERED", N_("You get this mail because you are an officer of one of the two bodies. There is an answer to a consultation."), N_("The consultation about priority provision in {number} has been answered."), CASE, true, "PRI-02" },
    { "PRIORITY_RECEIVED", N_("You get this mail because you are an officer of one of the two bodies. Receipt has been confirmed."), N_("A recipient has confirmed receipt of the priority provision in {number}."), CASE, false, "PRI-08" },
    { "ANALYSIS", N_("You get this mail because you are an officer of one of the two bodies. An analysis has come back."), N_("The analysis you asked for in {number} has come back."), CASE, true, "INT-14" },
    { "FOREIGN", N_("You get this mail because you are an officer of one of the two bodies. A case has begun that came from outside the Partnership."), N_("A case from outside the Partnership has begun: {number}."), CASE, false, "COO-34" },
    { "HANDED_CB", N_("You get this mail because you are an officer of the coordinating body. A colleague has handed a case over to you."), N_("A colleague has handed {number} over to you."), CASE, true, "GEN-09" },
    { "HANDED_RB", N_("You get this mail because you are an officer of the receiving body. A colleague has handed a case over to you."), N_("A colleague has handed {number} over to you."), REPORT, true, "GEN-09" },
    { "CVE_PUBLIC", N_("You get this mail because you are an officer of the coordinating body. Something needs a decision today."), N_("A CVE number that is reserved for {number} has been published elsewhere. Please see whether the vulnerability has become known."), CASE, true, "COO-39" },
    { "EXCHANGE_SAID", N_("You get this mail because you are an officer of the coordinating body. A foreign coordinator has written."), N_("A foreign coordinator has written about {number}."), CASE, true, "COO-34" },
    /* to a foreign coordinator */
    { "EXCHANGE", N_("You get this mail because your organisation coordinates vulnerabilities with us. There is something for you to read."), N_("There is news of a case that we coordinate with you. Please keep it confidential until it is published."), "/exchanges", false, "COO-34 PUB-06" },
    /* to both bodies, and to the developers and the finder of the case */
    { "OBSERVED", N_("You get this mail because you are an officer of one of the two bodies. Something urgent has been reported."), N_("A leak, an exploit or an attack has been reported in {number}. Please confirm it at once, or say that it is none."), CASE, true, "CFD-15" },
    { "OBSERVED_NOW", N_("You get this mail because you take part in a case. Something urgent has happened. Please log in at once."), N_("A leak, an exploit or an attack has been confirmed in {number}. Please let your emergency organisation act. The publication date stays until it is decided otherwise."), CASE, true, "CFD-15" },
    { "OBSERVED_DECIDED", N_("You get this mail because you take part in a case. An urgent decision has been made."), N_("It has been decided what follows from the leak, exploit or attack in {number}."), CASE, true, "CFD-15" },
    { "OBSERVED_FINDER", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("The information of your report may have become known outside, or is used. Please read what we ask of you."), MAILBOX, true, "CFD-15" },
    /* to both bodies, the members of the committee, and the developer it judges about */
    { "DOCKET", N_("You get this mail because you are an officer of one of the two bodies. There is news of a case before the committee."), N_("There is news of {number}, which is before the publication judgement committee."), CASE, true, "UNR-04 P17 P19" },
    { "N34", N_("You get this mail because you are a member of the publication judgement committee. A case has been put before it."), N_("{number} has been put before the committee, because of {developer}. You are told when a meeting is called, and can read what has been gathered then."), "/judgements", false, "UNR-04 P17" },
    { "DOCKET_MEETING", N_("You get this mail because you are a member of the publication judgement committee. A meeting has been called."), N_("A meeting about {number} has been called. Please read what has been gathered, and vote, or stand aside if you have an interest in it."), "/judgements/{case}", false, "UNR-04" },
    { "DOCKET_NOTICE", N_("You get this mail because your organisation takes part in a case. You have a chance to speak."), N_("The publication judgement committee will judge whether {number} is published. Please read the notice and give your opinion by the day it names."), CASE, true, "UNR-04" },
    { "DOCKET_DECIDED", N_("You get this mail because your organisation takes part in a case. A decision has been made."), N_("It has been decided whether {number} is published. Please read the decision and its reason."), CASE, true, "UNR-05 UNR-06" },
    /* to a third party that analyses */
    { "N39", N_("You get this mail because your organisation analyses for us. There is a request for you."), N_("You are asked to analyse a vulnerability. Please keep it confidential, and read under which condition it is given and by when we hope for your answer."), "/analyses", false, "INT-14 CFD-02" },
    /* to government and critical infrastructure */
    { "N11", N_("You get this mail because your organisation receives information before its publication. There is information for you. Please read it and confirm receipt."), N_("Information about a vulnerability and its countermeasure is provided to you before publication. Please keep it secret until then, use it for your own protection alone, and confirm receipt."), "/provisions", false, "PRI-01 PRI-04" },
    /* to developers */
    { "N07", N_("You get this mail because your organisation is on the list of product developers. There is information for you."), N_("Vulnerability information may concern your products ({number}). Please verify whether it does and whether it is new, and report the result."), CASE, false, "COO-06 COO-08" },
    { "N08", N_("You get this mail because your organisation is on the list of product developers. There is information for you."), N_("The detail you asked for is ready ({number}). Please treat it as confidential, verify your products and report the result."), CASE, false, "COO-10 CFD-05" },
    { "N36", N_("You get this mail because your organisation takes part in a case. Your report is asked for."), N_("Please report your response status in {number} by the publication date."), CASE, false, "COO-23" },
    { "N38", N_("You get this mail because somebody has written to you in a case."), N_("There is a message in {number}."), CASE, true, "COO-27" },
    { "REMIND", N_("You get this mail because your organisation takes part in a case. Your answer is still missing."), N_("Your answer in {number} is still missing."), CASE, false, "COO-12 COO-27" },
    { "WISH_DECIDED", N_("You get this mail because your organisation takes part in a case. There is an answer for you."), N_("Your wish about the publication date of {number} has been answered."), CASE, true, "COO-21" },
    { "OWN_STOPPED", N_("You get this mail because your organisation takes part in a case. There is news for you."), N_("The processing of your report on your own product ({number}) has been stopped."), CASE, true, "INT-08 INT-18" },
    /* of websites */
    { "N18_1", N_("This is the receiving body for vulnerability reports. Your website may have a weakness:\n{site}\nYou get this mail because the website shows this address. It names the site alone. Please open the link and tell us whom we may send the details to; we will not send them to anybody else."), N_("A website of yours may have a weakness ({number})."), OPERATOR, false, "WEB-02 WEB-03" },
    { "N18_2", N_("You get this mail because you were named to us as the contact for the details of a possible weakness of this website:\n{site}\nBefore we send them we would like to agree with you how our mails are to be protected. Please open the link and choose."), N_("How may we protect the details ({number})?"), OPERATOR, false, "WEB-04 CFD-09" },
    { "N18_3", N_("Handling number: {handling}\nYou get this mail because you are the contact for the details of a possible weakness of a website. They are ready. Please open the link, confirm that you have received them, examine them and tell us the result, if possible within three months. Please give the handling number whenever you write to us."), N_("The details are ready ({number})."), OPERATOR, true, "WEB-05 WEB-06 WEB-11" },
    { "TO_OPERATOR", N_("Handling number: {handling}\nYou get this mail because you are the contact for the details of a possible weakness of a website. The receiving body has written to you."), N_("The receiving body has written to you ({number})."), OPERATOR, true, "WEB-21" },
    { "N41_WO", N_("Handling number: {handling}\nYou get this mail because the receiving body has told you the details of a possible weakness of a website and has no report of a fix yet. Please tell us how far it is and by when you expect to have fixed it."), N_("How far is the fix ({number})?"), OPERATOR, false, "WEB-11 WEB-12" },
    { "N21_WO", N_("Handling number: {handling}\nYou get this mail because you wished to exchange messages with the finder directly. There is news. The receiving body has a copy of every message."), N_("There is news in the exchange with the finder ({number})."), OPERATOR, true, "FND-14" },
    { "N21", N_("You get this mail because you reported a vulnerability to us and agreed to exchange messages with the operator of the website. There is news in your mailbox."), N_("There is news in the exchange with the operator of the website. The receiving body has a copy of every message."), MAILBOX, true, "FND-14" },
    { "N20", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("The operator of the website has reported that the vulnerability has been fixed."), MAILBOX, false, "FND-07 WEB-14" },
    { "ENDED", N_("You get this mail because you reported a vulnerability to us. There is news in your mailbox."), N_("The handling of your report has ended. The reason is in your mailbox."), MAILBOX, true, "INT-10 FND-04" },
    { "DIRECT_ASKED", N_("You get this mail because you reported a vulnerability to us. There is a question for you in your mailbox."), N_("The operator of the website would like to exchange messages with you directly."), MAILBOX, true, "FND-14" },
    { "DIRECT_ANSWERED", N_("You get this mail because you are an officer of the receiving body. A finder has answered."), N_("The finder has answered whether the operator may write directly in {number}."), REPORT, false, "FND-14" },
    { "N19", N_("You get this mail because you are an officer of the receiving body. The operator of a website has answered."), N_("The operator of the website has answered in {number}."), REPORT, true, "WEB-03 WEB-07 WEB-10 WEB-11 WEB-13" },
    { "FROM_OPERATOR", N_("You get this mail because you are an officer of the receiving body. The operator of a website has written."), N_("The operator of the website has written about {number}."), REPORT, true, "WEB-21" },
    { "N21_RB", N_("You get this mail because you are an officer of the receiving body. Finder and operator of a website have exchanged a message; this is the copy."), N_("Finder and operator have exchanged a message in {number}; this is the copy."), REPORT, true, "FND-14" },
    { "N41", N_("You get this mail because you are an officer of the receiving body. A website has not been fixed in time."), N_("No fix has been reported in {number}: three months or 90 days have passed since the detail notice."), REPORT, false, "WEB-11 WEB-12" },
    /* to several */
    { "N40", N_("You get this mail because you take part in a case. You are consulted."), N_("Priority provision of {number} to critical infrastructure is planned. Please say whether you agree."), CASE, false, "PRI-02" },
    { "N09", N_("You get this mail because you take part in a case. A date has been set."), N_("The publication date of {number} has been set."), CASE, false, "COO-17" },
    { "N10", N_("You get this mail because you take part in a case. A date has been changed."), N_("The publication date of {number} has been changed."), CASE, false, "COO-22" },
    { "N13", N_("You get this mail because you take part in a case. It has been published."), N_("{number} has been published."), CASE, false, "PUB-01 PUB-10 FND-06" },
    { "N14", N_("You get this mail because you take part in a case. Its handling has ended."), N_("The handling of {number} has ended without publication."), CASE, false, "COO-28 COO-29 INT-10" },
    /* about accounts and the developer list */
    { "N15",    N_("You get this mail because you are an officer of the coordinating body. A developer has changed its entry."), N_("A developer has changed its window or agreed to the registration terms."), "/developers?sort=change", false, "COO-01 COO-04" },
    { "ABSENCE", N_("You get this mail because a colleague will be away and has named you as deputy. What is due in the colleague's cases is shown to you meanwhile, and mails about them come to you as well."), N_("A colleague will be away and has named you as deputy."), "/absence", false, "GEN-08" },
    { "CHANGED", N_("You get this mail because the password, the second step of the login or the PGP key of your account has been changed. If it was not you, please tell an administrator at once."), N_("The password, the second step of the login or the PGP key of your account has been changed."), "/me", false, "GEN-08" },
    { "KEY_ENDS", N_("You get this mail because the PGP key of your account expires soon or has expired. Please upload a new one; with an expired key mails say only that there is something to read."), N_("The PGP key of your account expires soon or has expired."), "/me/key", false, "CFD-08" },
    { "KEY_ENDS_THERE", N_("You get this mail because the PGP key of somebody in your organisation expires soon or has expired. With an expired key mails say only that there is something to read."), N_("The PGP key of somebody in your organisation expires soon or has expired."), "/organisation", false, "CFD-08" },
    { "N30", N_("You get this mail because you keep a list of products at the desk and asked for news by mail. There is news."), N_("There is news about the products you watch."), "/watch/{list}", false, "API-02 API-03" },
    { "INVITE", N_("You get this mail because somebody has invited you to this system."), N_("You have been invited."), "/invitation/{token}", false, "COO-03" },
    { "RESET",  N_("You get this mail because somebody has asked to set a new password for your account. If it was not you, you need not do anything."), N_("A new password can be set."), "/invitation/{token}", false, "GEN-08" },
};
/* clang-format on */
const size_t notice_row_count = COUNT(notice_rows);
