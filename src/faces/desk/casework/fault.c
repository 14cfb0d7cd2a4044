#include "faces/desk/casework/fault.h"

#include "domain/advisory/editing.h"
#include "faces/desk/casework/state.h"
#include <string.h>

#define FUTURE \
    N_("Please enter a date and time that lie ahead, in the form 2026-11-21T13:00 (JST).")

struct fault_row {
    enum err_code code;
    const char *subject, *words, *field; /* field NULL: that of the subject's name */
};

/* clang-format off */
static const struct fault_row rows[] = {
    /* fields with a form of their own; the others are told by their labels */
    { ERR_INPUT, "score",        N_("Please enter the base score as a number from 0.0 to 10.0, for example 7.5; leave it empty if it is not known."), NULL },
    { ERR_INPUT, "date",         FUTURE, NULL },
    { ERR_INPUT, "answer_due",   FUTURE, NULL },
    { ERR_INPUT, "proposed",     FUTURE, NULL },
    { ERR_INPUT, "url",          N_("Please enter an address that begins with https:// or http://."), NULL },
    { ERR_INPUT, "organisation", N_("Please choose at least one developer."), NULL },
    { ERR_INPUT, "developer",    N_("This developer cannot be added: it takes part already. Please choose another one."), "organisation" },
    { ERR_INPUT, "developer_left_out", N_("This developer is left out of later handling; its entry in the developer list says why. Please choose another one, or let it take part again there."), "organisation" },
    { ERR_INPUT, "published_at", N_("Please enter when the developer published it: after it was told, not in the future, and before the case was published."), NULL },
    { ERR_INPUT, "developers",   N_("Please choose at least two developers, each of which has the detail."), NULL },
    { ERR_INPUT, "room_title",   N_("Please enter what the room is about, on one line of at most 100 characters."), NULL },
    { ERR_INPUT, "product",      N_("Please give each product its name and whether it is affected. Names and versions are single lines."), "product_name" },
    { ERR_INPUT, "code",         N_("Please choose the cause and write the reason."), NULL },
    { ERR_INPUT, "channel",      N_("Please choose how you tried to reach the developer and what came of it; the remark is plain text."), NULL },
    { ERR_INPUT, "declared_at",  N_("Please enter when the end was declared; it does not lie in the future."), NULL },
    { ERR_INPUT, "ends_at",      N_("Please enter when support ends or ended."), NULL },
    { ERR_INPUT, "successor",    N_("Please name the product to move to, on one line."), NULL },
    { ERR_INPUT, "made_at",      N_("Please enter when the attempt was made: after the report was accepted and not in the future."), NULL },
    { ERR_INPUT, "name_ja",      N_("Please write the name on one line."), NULL },
    { ERR_INPUT, "name_en",      N_("Please write the name on one line."), NULL },
    { ERR_INPUT, "remark_ja",    N_("Please enter the developer's name; where it is not known, remarks in both languages say whose developer is looked for."), NULL },
    { ERR_INPUT, "product_name", N_("Please enter the product's name on one line."), NULL },
    { ERR_INPUT, "versions",     N_("Please write the versions on one line."), NULL },
    { ERR_INPUT, "deadline",     FUTURE, NULL },
    { ERR_INPUT, "because_of",   N_("Please choose the developer because of which the case is put before the committee."), "developer" },
    { ERR_INPUT, "until",        FUTURE, NULL },
    { ERR_INPUT, "meeting_at",   FUTURE, NULL },
    { ERR_INPUT, "members",      N_("Please choose the members of the meeting, each of the committee and once."), NULL },
    { ERR_INPUT, "decision",     N_("Please choose a decision and give the reason."), NULL },
    { ERR_INPUT, "vote",         N_("Please choose how you vote."), NULL },
    { ERR_INPUT, "value_added",  N_("Please choose what publishing adds."), NULL },
    { ERR_INPUT, "public_ja",    N_("Please write the reason that is published, in both languages."), NULL },
    { ERR_INPUT, "public_en",    N_("Please write the reason that is published, in both languages."), NULL },
    { ERR_INPUT, "file",         N_("This file cannot be taken: it is empty or its name cannot be used. Please choose it again."), NULL },
    { ERR_INPUT, "secret",       N_("The message holds a token or a secret of this system. Please take it out, and end it if anybody else has seen it."), "text" },
    { ERR_INPUT, "files",        N_("No more files can be added here. Please put them together, or write to us."), NULL },
    /* guards of the lives */
    { ERR_NOT_READY, "reason_given",                    N_("Please give a reason."), "words" },
    { ERR_NOT_READY, "second_person_sees_it",           N_("Somebody other than the one who reported it confirms it, with words for everybody concerned."), "words" },
    { ERR_NOT_READY, "words_given",                     N_("Please write a text of at most 20,000 characters."), "text" },
    { ERR_NOT_READY, "coordinating_body_takes_part",    N_("Please write what you ask. Before a case is forwarded, and of a website, there is no coordinating body to consult."), "text" },
    { ERR_NOT_READY, "operator_takes_part",             N_("Please write what the operator has agreed to. It can be consulted when it has the details."), "text" },
    { ERR_NOT_READY, "consultation_on_record_and_identity_verified", N_("The consultation has to be on record first: please ask the coordinating body, or the operator of the website, what may be told. Then write the answer."), "text" },
    { ERR_NOT_READY, "no_inquiry_waits",                N_("A question of the finder waits. Please answer it with its own form, after the consultation; meanwhile you may only ask something."), "text" },
    { ERR_NOT_READY, "year_is_over_and_consequences_read", N_("This can be asked from one year after the start of counting, when you have ticked that you have read what follows from it."), "understood" },
    { ERR_NOT_READY, "detail_given",                    N_("Please choose at least two developers, each of which has the detail."), "developers" },
    { ERR_NOT_READY, "consequences_read",               N_("Please tick that you have read what follows from it."), "understood" },
    { ERR_NO_SUCH_MOVE, "room_closed",                  N_("The room has been closed. What was written can still be read."), NULL },
    { ERR_NOT_READY, "two_agreed",                      N_("Fewer than two developers are in the room. Please write when a second one has agreed."), "text" },
    { ERR_NOT_READY, "decision_and_reason_given",       N_("Please choose a decision and give the reason."), "decision" },
    { ERR_INPUT, "seen_at",                             N_("Please enter when it was seen, now or before."), NULL },
    { ERR_INPUT, "kind",                                N_("Please choose what has been seen."), NULL },
    { ERR_NOT_READY, "report_complete_and_in_scope",    N_("A report is accepted when both points have been checked. Please tick both, or do not accept it."), "is_complete" },
    { ERR_NOT_READY, "stop_cause_given",                N_("Please choose the cause and write the reason. The two causes of the coordinating body can be chosen after its notice."), "code" },
    { ERR_NOT_READY, "developer_chosen",                N_("Please choose at least one developer."), "organisation" },
    { ERR_NOT_READY, "date_and_basis_given",            N_("Please enter a date that lies ahead. While no developer has reported a result, the basis has to say why it is set alone."), "date" },
    { ERR_NOT_READY, "date_given_others_heard_and_not_too_often", N_("Please enter a date that lies ahead, tick that the other developers have been consulted, and give a reason. When the date has been changed often, a later one is proposed to a second officer."), "date" },
    { ERR_INPUT, "others_heard",                        N_("Please consult the other developers first, and tick that this was done."), NULL },
    { ERR_NOT_READY, "date_given_and_developer_heard",  N_("Please enter a date that lies ahead, and tick that the developer has been heard."), "heard" },
    { ERR_NOT_READY, "all_notified_say_known",          N_("Not all notified developers have reported that it is already known. Please wait for their results, or end it in another way."), "how" },
    { ERR_NOT_READY, "all_notified_say_unaffected",     N_("Not all notified developers have reported that they are not affected. Please wait for their results, or end it in another way."), "how" },
    { ERR_NOT_READY, "cause_stands",                    N_("A case is put before the committee when its developer refuses, or does not answer and, where it cannot be reached, the day on the public list has been announced. Please give the reason."), "reason" },
    { ERR_NOT_READY, "committee_allows_and_date_given", N_("Please enter a date that lies ahead. It is set when the committee has judged and the receiving body has decided to publish."), "date" },
    { ERR_NOT_READY, "all_criteria_judged",             N_("Please say of each criterion whether it holds, with words."), "a" },
    { ERR_NOT_READY, "notice_and_deadline_given",       N_("Please write the notice, with a day that lies ahead until which the developer may speak."), "until" },
    { ERR_NOT_READY, "opinion_given",                   N_("Please write your opinion. It can be taken until the day named in the notice."), "opinion" },
    { ERR_NOT_READY, "hearing_is_over",                 N_("The developer may still speak. Please wait until the day of the notice has passed."), NULL },
    { ERR_NOT_READY, "members_and_day_given",           N_("Please name as many members as a judgement needs, and the day. As many cases as the setting says have to wait before a meeting is called."), "members" },
    { ERR_NOT_READY, "member_gives_reason",             N_("A member of this meeting votes or stands aside once, with the reason."), "reason" },
    { ERR_NOT_READY, "quorum_has_voted",                N_("Not enough members have voted yet. Please add the minutes when they have."), "minutes" },
    { ERR_NOT_READY, "all_criteria_hold_and_committee_agrees", N_("It is published only when all four criteria hold and more than half of the votes are for it. Please decide otherwise."), "decision" },
    { ERR_NOT_READY, "committee_is_against",            N_("The committee has not judged against publication. Please decide otherwise."), "decision" },
    { ERR_NOT_READY, "confirmed_and_date_given",        N_("Please enter a date that lies ahead. For a product whose support has ended, the advice to stop using it has to be recorded first."), "date" },
    { ERR_NOT_READY, "view_given",                      N_("Please write your view."), "view_ja" },
    { ERR_NOT_READY, "told_and_impact_small",           N_("This end is for a product whose support has ended, whose developer has been told, and whose impact is judged small: please record this first."), "how" },
    { ERR_NOT_READY, "agreement_recorded",              N_("Please write what has been agreed."), "words" },
    { ERR_NOT_READY, "registered_and_summary_written",  N_("Please write the summary first, and see to it that the developer is registered; then it can be sent."), NULL },
    { ERR_NOT_READY, "warning_acknowledged",            N_("Please read the notes on handling and tick that you acknowledge them."), "acknowledged" },
    { ERR_NOT_READY, "warning_acknowledged_and_had_no_detail", N_("Please read the notes on handling and tick that you acknowledge them."), "acknowledged" },
    { ERR_NOT_READY, "affected_and_novelty_given",      N_("Please choose whether your products are affected and whether it is new."), "affected" },
    { ERR_NOT_READY, "result_given_and_detail_had",     N_("Please ask for the detail first; then choose whether your products are affected and whether it is new."), "affected" },
    { ERR_NOT_READY, "countermeasure_given",            N_("Please choose the countermeasure."), "countermeasure" },
    { ERR_INPUT, "partner",      N_("Please choose a third party of the register whose agreement stands and where somebody can read it."), NULL },
    { ERR_NOT_READY, "a free CVE number",                N_("The pool has no free CVE number. Please add a block first."), NULL },
    { ERR_INPUT, "reporter_email", N_("Please enter a mail address in the form name@example.jp."), NULL },
    { ERR_INPUT, "reporter_lang", N_("Please choose the language."), NULL },
    { ERR_INPUT, "officer",      N_("Please choose a colleague of your body who does not have the case already."), NULL },
    { ERR_INPUT, "cve",          N_("One of the CVE numbers is from our pool and not reserved for this case. Please reserve one on the page of the case."), NULL },
    { ERR_INPUT, "sector",       N_("Please choose at least one sector."), NULL },
    { ERR_INPUT, "recipient",    N_("Please choose recipients of the planned sectors, each once; one of them is not ready any more."), NULL },
    { ERR_NOT_READY, "provision_prepared",              N_("Please see to it that all agree, the finder has been told and leakage is ruled out, and choose at least one recipient."), "recipient" },
    { ERR_NOT_READY, "committee_allows_and_provision_prepared", N_("Please see to it that all agree, the finder has been told and leakage is ruled out, and choose at least one recipient."), "recipient" },
    { ERR_NOT_READY, "a countermeasure",                N_("Priority provision begins when a countermeasure has been made."), NULL },
    { ERR_NOT_READY, "no other plan",                   N_("There is a plan already."), NULL },
    { ERR_NOT_READY, "a plan of priority provision",    N_("There is no plan that waits to be carried out."), NULL },
    { ERR_NOT_READY, "countermeasure_made",             N_("Please choose the countermeasure."), "countermeasure" },
    { ERR_NOT_READY, "registered_and_countermeasure_given", N_("Please finish your registration first; then you can report here."), NULL },
    { ERR_NOT_READY, "confirmed_by_two",                N_("Somebody other than the one who proposed it confirms it."), NULL },
    { ERR_NOT_READY, "tried_enough",                    N_("Not everything that is asked for has been tried yet: see the list of attempts."), "reason" },
    { ERR_NOT_READY, "second_person_agrees",            N_("Somebody other than the one who proposed it confirms it."), NULL },
    { ERR_NOT_READY, "product_is_due",                  N_("The product is listed some months after the name; the settings say how many."), "product_name" },
    { ERR_NOT_READY, "deadline_lies_ahead",             FUTURE, "deadline" },
    { ERR_NOT_READY, "was_reminded",                    N_("Please remind the developer first; only after that it counts as not replying."), NULL },
    { ERR_NOT_READY, "had_no_detail",                   N_("You have the detail already. Please report your verification result instead."), NULL },
    { ERR_NOT_READY, "text_complete",                   N_("The text is not complete yet. Please mend the points listed below first."), NULL },
    { ERR_NOT_READY, "reviewed_by_a_second_person",     N_("Somebody other than the one who handed it in reviews it, and the text has to be complete."), NULL },
    { ERR_NOT_READY, "rehearsal_passed",                N_("The rehearsal has not passed yet. Please mend what it found and rehearse again."), NULL },
    { ERR_INPUT, "into",                                N_("Please enter the number of another open case of the coordinating body that has come as far as this one or further, and is not merged itself."), NULL },
    { ERR_NOT_READY, "advisory_is_a_draft",             N_("The advisory of this case is more than a draft. Please take it back first, or merge the other case into this one."), "into" },
    { ERR_NOT_READY, "nothing_urgent_waits",            N_("A leak, an exploit or an attack waits for a decision in this case. Please decide it first."), "into" },
    { ERR_NOT_READY, "nothing_is_provided_beforehand",  N_("A priority provision is planned in this case or was carried out. Please merge the other case into this one, or drop the plan first."), "into" },
    { ERR_NOT_READY, "no_analysis_goes_on",             N_("A third party is analysing this case. Please wait for its result or end the analysis first."), "into" },
    { ERR_NOT_READY, "nothing_merged_into_it",          N_("Other cases were merged into this one. Please take them out first, or merge the other case into this one."), "into" },
    /* of a website */
    { ERR_NOT_READY, "website_stop_cause_given",        N_("Please choose the cause and write the reason. The two causes of the operator can be chosen after it has said so."), "code" },
    { ERR_NOT_READY, "contact_address_given",           N_("Please enter the mail address that the website shows."), "email" },
    { ERR_NOT_READY, "detail_contact_named",            N_("The operator has not named a contact for the details yet."), NULL },
    { ERR_NOT_READY, "encryption_agreed",               N_("It is not agreed yet how mails are protected. The details are sent after that."), NULL },
    { ERR_NOT_READY, "operator_says_not_vulnerable",    N_("The operator has to say so first; then please write the reason."), "words" },
    { ERR_NOT_READY, "number_address_and_content_given", N_("Please enter the handling number as our mails give it, the address of the page, and what was done."), "number" },
    { ERR_NOT_READY, "finder_is_told",                  N_("The finder has not been told of the fix yet."), NULL },
    { ERR_NOT_READY, "unhandleable_reason_given",       N_("Please choose the reason and write it in words. No answer needs attempts on record, a refusal the operator's word for it."), "code" },
    { ERR_NOT_READY, "alert_named",                     N_("Please say which alert it was, and write the reason."), "alert" },
    { ERR_NOT_READY, "both_consent",                    N_("The operator has to wish it, and the finder to agree."), NULL },
    { ERR_INPUT, "key",                                 N_("This key cannot be used. It may be too weak, expired, revoked, or not a public key."), NULL },
    { ERR_INPUT, "until",                               N_("Please enter a day that lies ahead, in the form 2027-02-15."), NULL },
    { ERR_INPUT, "told_at",                             N_("Please enter the day, today or before, in the form 2027-02-15."), NULL },
    { ERR_INPUT, "received_at",                         N_("Please enter the day of the receipt, not before the information was handed over, in the form 2027-02-15."), NULL },
    /* other conditions */
    { ERR_NOT_READY, "summary",                         N_("Nothing has been sent to this developer yet. Please send the summary first."), NULL },
    { ERR_NOT_READY, "a developer with the detail",     N_("No developer has the detail yet. Please send the detail first."), NULL },
    { ERR_NOT_READY, "a second person",                 N_("A second person of the receiving body has to allow this, once for each look."), NULL },
    { ERR_TOO_LARGE, "file",                            N_("This file is too large. Please make it smaller or divide it."), NULL },
    { ERR_TOO_LARGE, "lines",                           N_("There are too many lines. Please look them up in several parts."), NULL },
    { ERR_NOT_READY, "somebody_owes_an_answer",         N_("Nobody owes an answer."), NULL },
    { ERR_TOO_LARGE, "the text of an event",            N_("The text is too long. Please shorten it, or attach a file."), NULL },
    { ERR_TOO_LARGE, "the list of products",            N_("There are too many products. Please put them together in fewer lines."), NULL },
};
/* clang-format on */

static struct str subject_of(const struct err *fault)
{
    return (struct str){ fault->subject, strnlen(fault->subject, sizeof fault->subject) };
}

const char *fault_msgid(const struct err *fault, const char **field)
{
    *field = fault->code == ERR_INPUT ? fault->subject : NULL;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].code != fault->code || !str_eq_z(subject_of(fault), rows[i].subject))
            continue;
        if (rows[i].field)
            *field = rows[i].field;
        return rows[i].words;
    }
    return NULL;
}

/* A state of any of the lives, as its tag says it. */
static struct str state_words(enum lang lang, struct str state)
{
    int product = life_state(&product_life, state), developer = life_state(&developer_life, state),
        website = life_state(&website_life, state);

    if (product >= 0)
        return state_tag(lang, (enum product_state)product).word;
    if (website >= 0)
        return website_state_tag(lang, (enum website_state)website).word;
    if (developer >= 0)
        return developer_state_tag(lang, (enum developer_state)developer).word;
    return life_state(&advisory_life, state) >= 0 ? advisory_tag(lang, state).word : state;
}

struct str fault_of_value(struct request *req, struct str label, struct str value)
{
    return tr_fill(
        req->arena, req->lang,
        str_is_empty(value)
            ? N_("\"{field}\" has not been filled in. Please fill it in.")
            : N_("\"{field}\" is too long or contains characters that cannot be shown. Please shorten or correct it."),
        TR_ARGS({ "field", label }));
}

static struct str words_of(struct request *req, const struct err *fault, const char *msgid,
                           const struct field_view *field)
{
    struct str subject = subject_of(fault);

    if (msgid)
        return tr(req->lang, msgid);
    if (fault->code == ERR_INPUT && field)
        return fault_of_value(req, field->label,
                              str_trim(request_form(req, arena_z(req->arena, field->name))));
    if (fault->code == ERR_NO_SUCH_MOVE)
        subject = state_words(req->lang, subject);
    return tr_fill(req->arena, req->lang, err_words(fault->code), TR_ARGS({ "subject", subject }));
}

static struct field_view *find(struct deeds *const *forms, size_t count, const char *name)
{
    for (size_t i = 0; name && i < count; i++) {
        for (size_t j = 0; j < forms[i]->len; j++) {
            struct deed_view *deed = &forms[i]->at[j];

            for (size_t n = 0; deed->is_open && n < deed->fields.len; n++) {
                if (str_eq_z(deed->fields.at[n].name, name))
                    return &deed->fields.at[n];
            }
        }
    }
    return NULL;
}

void fault_tell(struct request *req, const struct err *fault, struct deeds *const *forms,
                size_t count, struct fault_list *out)
{
    const char *name, *msgid;
    struct field_view *field;
    struct str words;

    if (!fault)
        return;
    msgid = fault_msgid(fault, &name);
    field = find(forms, count, name);
    if (!field && name && strcmp(name, "words") == 0) /* some forms call it so */
        field = find(forms, count, "reason");
    words = words_of(req, fault, msgid, field);
    if (field)
        field->error = words;
    VEC_PUSH(req->arena, out, (struct fault){ field ? field->id : STR_NONE, words });
}
