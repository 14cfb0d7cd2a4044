#include "faces/cli/demo/plot.h"

#include "base/attr.h"

/* clang-format off */
#define RECEIVED   { 0, SUBMIT, 0 }, { 1, OPEN, 0 }
#define TAKEN_IN   RECEIVED, { 3, ACCEPT, 0 }, { 3, ASSESS, 0 }, { 4, FORWARD, 0 }
#define TAKEN_UP   TAKEN_IN, { 6, TAKE, 0 }, { 7, SUMMARISE, 0 }, { 7, ADD, 0 }
#define SENT       TAKEN_UP, { 8, SEND, 0 }
#define DETAILED   SENT, { 9, SEEN, 0 }, { 10, REQUEST, 0 }, { 11, DETAIL, 0 }

static const struct beat published_alone[] = {
    DETAILED, { 18, AFFECTED, 0 }, { 20, PLAN, 0 }, { 22, DATE, 46 }, { 25, DRAFT, 0 }, { 33, FIX, 0 }, { 34, SUBMIT_TEXT, 0 }, { 35, APPROVE, 0 },
    { 37, CONFIRM, 0 }, { 40, REHEARSE, 0 }, { 46, PUBLISH, 0 },
};
static const struct beat published_of_many[] = {
    RECEIVED, { 1, ASK_FINDER, 0 }, { 2, FINDER_ANSWERS, 0 }, { 4, ACCEPT, 0 }, { 4, ASSESS, 0 }, { 4, NOTE_RB, 0 }, { 5, FORWARD, 0 }, { 6, TAKE, 0 },
    { 7, SUMMARISE, 0 }, { 7, ADD, 0 }, { 7, ADD, 1 }, { 7, ADD, 2 }, { 8, SEND, 0 }, { 8, SEND, 1 }, { 8, SEND, 2 }, { 9, SEEN, 0 }, { 9, REQUEST, 0 },
    { 9, SEEN, 1 }, { 10, REQUEST, 1 }, { 10, DETAIL, 0 }, { 11, DETAIL, 1 }, { 12, NO_PRODUCT, 2 }, { 15, AFFECTED, 0 }, { 15, HINT, 0 }, { 16, HANDLE_HINT, 0 },
    { 16, ADD, 3 }, { 17, SEND, 3 }, { 18, REQUEST, 3 }, { 19, DETAIL, 3 }, { 21, NOT_AFFECTED, 1 }, { 24, AFFECTED, 3 }, { 25, PLAN, 0 }, { 26, DATE, 50 },
    { 28, DEVELOPER_SAYS, 3 }, { 29, ASK_DEVELOPER, 3 }, { 34, WISH, 3 }, { 36, DECIDE_WISH, 3 }, { 36, MOVE_DATE, 58 }, { 38, DRAFT, 0 }, { 45, FIX, 0 },
    { 48, FIX, 3 }, { 49, SUBMIT_TEXT, 0 }, { 50, APPROVE, 0 }, { 51, CONFIRM, 0 }, { 53, REHEARSE, 0 }, { 58, PUBLISH, 0 },
};
static const struct beat published_without_reply[] = {
    TAKEN_UP, { 7, ADD, 1 }, { 8, SEND, 0 }, { 8, SEND, 1 }, { 10, REQUEST, 1 }, { 11, DETAIL, 1 }, { 19, AFFECTED, 1 }, { 22, REMIND, 0 }, { 32, REMIND, 0 },
    { 44, SILENT, 0 }, { 46, DATE_WITHOUT_REPLY, 70 }, { 48, DRAFT, 0 }, { 52, FIX, 1 }, { 54, SUBMIT_TEXT, 0 }, { 55, APPROVE, 0 }, { 57, CONFIRM, 0 },
    { 60, REHEARSE, 0 }, { 70, PUBLISH, 0 },
};
static const struct beat new[] = { { 0, SUBMIT, 0 } };
static const struct beat in_review[] = { RECEIVED, { 1, NOTE_RB, 0 } };
static const struct beat waits_for_finder[] = { RECEIVED, { 2, ASK_FINDER, 0 } };
static const struct beat not_accepted[] = { RECEIVED, { 2, ASK_FINDER, 0 }, { 5, FINDER_ANSWERS, 0 }, { 7, REJECT, 0 } };
static const struct beat accepted[] = { RECEIVED, { 2, ACCEPT, 0 }, { 2, ASSESS, 0 }, { 3, FINDER_INQUIRES, 0 } };
static const struct beat stopped_known[] = { RECEIVED, { 2, ACCEPT, 0 }, { 6, STOP, 0 } };
static const struct beat at_cb[] = { TAKEN_IN, { 5, ASK_ANALYSIS, 0 } };
static const struct beat chosen[] = { TAKEN_UP, { 7, ADD, 1 }, { 7, NOTE_CB, 0 } };
static const struct beat waits_for_answer[] = { SENT, { 8, ADD, 1 }, { 8, SEND, 1 }, { 9, SEEN, 0 } };
static const struct beat overdue[] = { SENT, { 8, ADD, 1 }, { 8, SEND, 1 }, { 9, SEEN, 1 }, { 10, REQUEST, 1 }, { 11, DETAIL, 1 }, { 18, REMIND, 0 }, { 26, REMIND, 0 } };
static const struct beat verifying[] = { DETAILED, { 12, FINDER_INQUIRES, 0 }, { 13, CONSULT_ON_INQUIRY, 0 }, { 5, ASK_ANALYSIS, 0 }, { 11, ANALYSED, 0 }, { 8, ADD, 1 }, { 8, SEND, 1 }, { 12, SEEN, 1 }, { 13, REQUEST, 1 }, { 13, LOOKING, 0 }, { 14, DEVELOPER_SAYS, 0 } };
static const struct beat mitigating[] = {
    DETAILED, { 8, ADD, 1 }, { 8, ADD, 2 }, { 9, SEND, 1 }, { 9, SEND, 2 }, { 12, NO_PRODUCT, 1 }, { 14, AFFECTED, 0 }, { 15, HINT, 0 }, { 16, PLAN, 0 },
    { 17, ASK_DEVELOPER, 0 }, { 18, REFUSE, 2 }, { 19, BODIES_TALK, 0 },
};
static const struct beat date_agreed[] = { DETAILED, { 15, AFFECTED, 0 }, { 16, PLAN, 0 }, { 17, DATE, 52 }, { 18, FINDER_CONSULTS, 0 }, { 20, TELL_FINDER, 0 } };
static const struct beat date_wished[] = {
    DETAILED, { 8, ADD, 1 }, { 8, SEND, 1 }, { 10, REQUEST, 1 }, { 11, DETAIL, 1 }, { 15, AFFECTED, 0 }, { 16, AFFECTED, 1 }, { 17, DATE, 48 }, { 18, SHARE_ROOM, 0 }, { 19, AGREE_TO_ROOM, 0 },
    { 19, AGREE_TO_ROOM, 1 }, { 20, ROOM_SAYS, 1 }, { 20, AVOID, 0 }, { 22, WISH, 1 },
};
static const struct beat text_in_review[] = { DETAILED, { 15, AFFECTED, 0 }, { 16, PLAN, 0 }, { 17, DATE, 50 }, { 20, DRAFT, 0 }, { 24, FIX, 0 }, { 25, SUBMIT_TEXT, 0 } };
static const struct beat scheduled[] = {
    DETAILED, { 15, AFFECTED, 0 }, { 16, PLAN, 0 }, { 17, DATE, 45 }, { 19, DRAFT, 0 }, { 21, FINDER_INQUIRES, 0 }, { 22, CONSULT_ON_INQUIRY, 0 }, { 24, ADVISE_ON_INQUIRY, 0 }, { 25, ANSWER_INQUIRY, 0 }, { 26, FIX, 0 },
    { 27, SUBMIT_TEXT, 0 }, { 28, APPROVE, 0 }, { 30, CONFIRM, 0 },
    { 33, REHEARSE, 0 },
};
static const struct beat known_to_all[] = { DETAILED, { 16, KNOWN, 0 }, { 20, CANCEL_KNOWN, 0 } };
static const struct beat not_vulnerable[] = { DETAILED, { 8, ADD, 1 }, { 8, SEND, 1 }, { 9, REQUEST, 1 }, { 11, DETAIL, 1 }, { 18, NOT_AFFECTED, 0 }, { 19, NOT_AFFECTED, 1 }, { 24, CANCEL_NOT_VULN, 0 } };
static const struct beat individual[] = { DETAILED, { 18, AFFECTED, 0 }, { 20, PLAN, 0 }, { 24, BODIES_TALK, 0 }, { 30, CLOSE_INDIVIDUAL, 0 } };
static const struct beat own_reported[] = { { 0, REPORT_OWN, 0 } };
static const struct beat own_published[] = {
    { 0, REPORT_OWN, 0 }, { 1, TAKE, 0 }, { 2, ASK_DEVELOPER, 0 }, { 3, DEVELOPER_SAYS, 0 }, { 4, DATE, 18 }, { 6, DRAFT, 0 }, { 7, SUBMIT_TEXT, 0 }, { 8, APPROVE, 0 },
    { 9, CONFIRM, 0 }, { 11, REHEARSE, 0 }, { 18, PUBLISH, 0 },
};
static const struct beat provided[] = {
    DETAILED, { 15, AFFECTED, 0 }, { 16, PLAN, 0 }, { 17, DATE, 48 }, { 20, DRAFT, 0 }, { 24, FIX, 0 }, { 25, PLAN_PRIORITY, 0 }, { 26, BODY_AGREES, 0 }, { 26, DEVELOPER_AGREES, 0 },
    { 27, WARN_FINDER, 0 }, { 28, PROVIDE, 0 }, { 29, RECEIVE, 0 },
};
#define GIVEN_UP   TAKEN_UP, { 8, TRY_ALL, 0 }, { 60, CONTACT, 0 }, { 120, CONTACT, 0 }, { 195, PROPOSE_UNREACHABLE, 0 }, { 197, CONFIRM_UNREACHABLE, 0 }, { 200, LIST_NAME, 0 }
static const struct beat unreachable_lately[] = { GIVEN_UP };
static const struct beat unreachable_long[] = { GIVEN_UP, { 295, LIST_PRODUCT, 0 }, { 330, SET_DEADLINE, 0 } };
static const struct beat reached_again[] = { GIVEN_UP, { 210, REACHED, 0 } };
static const struct beat leaked[] = { DETAILED, { 14, AFFECTED, 0 }, { 15, PLAN, 0 }, { 16, DATE, 55 }, { 20, OBSERVE, 0 }, { 20, ADOPT_OBSERVED, 0 } };

#define A_YEAR     DETAILED, { 14, AFFECTED, 0 }, { 15, PLAN, 0 }, { 60, ASK_DEVELOPER, 0 }, { 64, DEVELOPER_SAYS, 0 }, { 180, BODIES_TALK, 0 }
static const struct beat year_over[] = { A_YEAR };
static const struct beat release_asked[] = { A_YEAR, { 380, ASK_RELEASE, 0 } };
static const struct beat end_of_support[] = { DETAILED, { 12, END_SUPPORT, 0 }, { 15, AFFECTED, 0 }, { 17, STOP_USING, 0 }, { 18, DATE, 50 }, { 20, DRAFT, 0 } };
static const struct beat from_abroad[] = {
    { 0, NOTICE, 0 }, { 1, TAKE, 0 }, { 2, SUMMARISE, 0 }, { 2, ADD, 0 }, { 3, SEND, 0 }, { 4, SEEN, 0 }, { 5, REQUEST, 0 }, { 6, DETAIL, 0 }, { 7, GIVE_ABROAD, 0 },
    { 9, ABROAD_SAYS, 0 }, { 12, AFFECTED, 0 }, { 14, PLAN, 0 }, { 16, DATE, 45 }, { 17, RESERVE, 0 }, { 17, RESERVE, 1 }, { 18, DRAFT, 0 },
};
static const struct beat judged[] = {
    GIVEN_UP, { 295, LIST_PRODUCT, 0 }, { 325, SET_DEADLINE, 0 }, { 357, REFER, 0 }, { 358, CHECK_CRITERIA, 0 }, { 359, GIVE_NOTICE, 0 }, { 360, END_HEARING, 0 },
    { 361, CALL_MEETING, 0 }, { 364, VOTE, 1 },
};
#define REFUSED    DETAILED, { 18, AFFECTED, 0 }, { 24, REFUSE, 0 }, { 26, BODIES_TALK, 0 }, { 30, REFER, 0 }, { 31, CHECK_CRITERIA, 0 }, { 33, GIVE_NOTICE, 0 }
static const struct beat heard[] = { REFUSED };
static const struct beat published_by_committee[] = {
    REFUSED, { 26, END_SUPPORT, 0 }, { 45, GIVE_OPINION, 0 }, { 47, CALL_MEETING, 0 }, { 50, VOTE, 0 }, { 51, VOTE, 1 }, { 53, VOTE, 2 }, { 62, KEEP_MINUTES, 0 }, { 64, DECIDE, 0 },
    { 66, GIVE_VIEW, 0 }, { 67, DRAFT, 0 }, { 70, ORDER, 92 }, { 72, SUBMIT_TEXT, 0 }, { 74, APPROVE, 0 }, { 76, CONFIRM, 0 }, { 79, REHEARSE, 0 }, { 92, PUBLISH, 0 },
};

static const struct beat merged_away[] = { TAKEN_UP, { 9, MERGE, 0 } };
static const struct beat split_off[] = { DETAILED, { 14, AFFECTED, 0 }, { 15, SPLIT, 0 } };
static const struct beat of_many_vendors[] = {
    TAKEN_IN, { 6, TAKE, 0 }, { 7, SUMMARISE, 0 }, { 8, INVITE_MANY, 0 }, { 9, SEND_MANY, 0 }, { 11, ANSWER_MANY, 0 }, { 13, DETAIL_MANY, 0 }, { 14, SHARE_ROOM, 0 },
    { 17, ANSWER_MANY, 1 }, { 21, REMIND_MANY, 0 }, { 23, ANSWER_MANY, 2 }, { 24, DATE, 52 },
};
#define SITE_FIRST { 0, SITE_SUBMIT, 0 }, { 2, SITE_ACCEPT, 0 }, { 3, SITE_FIRST_MAIL, 0 }
static const struct beat website_told[] = { SITE_FIRST };
static const struct beat website_fixing[] = {
    SITE_FIRST, { 5, SITE_NAMES_CONTACT, 0 }, { 6, SITE_SECOND_MAIL, 0 }, { 7, SITE_PROTECTS, 0 }, { 8, SITE_DETAILS, 0 }, { 9, SITE_RECEIVES, 0 },
    { 14, SITE_AFFECTED, 0 }, { 15, SITE_ASKS, 0 },
};

#define PLOT(beats) { (beats), COUNT(beats), #beats }
const struct plot demo_plots[PLOTS] = {
    [PUBLISHED_ALONE] = PLOT(published_alone), [PUBLISHED_OF_MANY] = PLOT(published_of_many), [PUBLISHED_WITHOUT_REPLY] = PLOT(published_without_reply),
    [NEW] = PLOT(new), [IN_REVIEW] = PLOT(in_review), [WAITS_FOR_FINDER] = PLOT(waits_for_finder), [NOT_ACCEPTED] = PLOT(not_accepted),
    [ACCEPTED] = PLOT(accepted), [STOPPED_KNOWN] = PLOT(stopped_known), [AT_CB] = PLOT(at_cb), [CHOSEN] = PLOT(chosen),
    [WAITS_FOR_ANSWER] = PLOT(waits_for_answer), [OVERDUE] = PLOT(overdue), [VERIFYING] = PLOT(verifying), [MITIGATING] = PLOT(mitigating),
    [DATE_AGREED] = PLOT(date_agreed), [DATE_WISHED] = PLOT(date_wished), [TEXT_IN_REVIEW] = PLOT(text_in_review), [SCHEDULED] = PLOT(scheduled),
    [KNOWN_TO_ALL] = PLOT(known_to_all), [NOT_VULNERABLE] = PLOT(not_vulnerable), [INDIVIDUAL] = PLOT(individual),
    [OWN_REPORTED] = PLOT(own_reported), [OWN_PUBLISHED] = PLOT(own_published), [PROVIDED] = PLOT(provided), [FROM_ABROAD] = PLOT(from_abroad),
    [UNREACHABLE_LATELY] = PLOT(unreachable_lately), [UNREACHABLE_LONG] = PLOT(unreachable_long), [REACHED_AGAIN] = PLOT(reached_again),
    [YEAR_OVER] = PLOT(year_over), [RELEASE_ASKED] = PLOT(release_asked), [LEAKED] = PLOT(leaked), [END_OF_SUPPORT] = PLOT(end_of_support),
    [JUDGED] = PLOT(judged), [HEARD] = PLOT(heard), [PUBLISHED_BY_COMMITTEE] = PLOT(published_by_committee),
    [MERGED_AWAY] = PLOT(merged_away), [SPLIT_OFF] = PLOT(split_off),
    [OF_MANY_VENDORS] = PLOT(of_many_vendors), [WEBSITE_TOLD] = PLOT(website_told), [WEBSITE_FIXING] = PLOT(website_fixing),
};

const struct story demo_stories[] = {
    { PUBLISHED_ALONE,         0,  0,  1380 }, { NOT_ACCEPTED,     22, 12, 1350 }, { PUBLISHED_OF_MANY, 4,  1,  1290 }, { KNOWN_TO_ALL,      8,  3, 1210 },
    { PUBLISHED_ALONE,         6,  4,  1130 }, { NOT_VULNERABLE,   26, 9,  1060 }, { PUBLISHED_ALONE,   14, 10, 990 },  { STOPPED_KNOWN,     5,  2, 930 },
    { PUBLISHED_OF_MANY,       36, 8,  860 },  { INDIVIDUAL,       12, 5,  800 },  { PUBLISHED_ALONE,   20, 6,  730 },  { NOT_ACCEPTED,      24, 13, 690 },
    { PUBLISHED_WITHOUT_REPLY, 30, 10, 640 },  { PUBLISHED_ALONE,  10, 11, 560 },  { KNOWN_TO_ALL,      28, 7,  500 },  { PUBLISHED_ALONE,   18, 7, 430 },
    { NOT_VULNERABLE,          32, 12, 380 },  { PUBLISHED_OF_MANY, 2, 2,  310 },  { INDIVIDUAL,        16, 6,  250 },  { PUBLISHED_ALONE,   34, 5, 190 },
    { STOPPED_KNOWN,           9,  1,  160 },  { PUBLISHED_ALONE,  27, 3,  120 },  { PUBLISHED_ALONE, 22, 2, 51 }, { OVERDUE,           31, 10, 62 },   { MITIGATING,        7,  6, 58 },
    { SCHEDULED,               1,  0,  41 },   { TEXT_IN_REVIEW,   15, 8,  38 },   { DATE_WISHED,       3,  11, 36 },   { DATE_AGREED,       33, 4, 33 },
    { OVERDUE,                 21, 5,  30 },   { MITIGATING,       11, 1,  26 },   { SCHEDULED,         13, 9,  37 },   { VERIFYING,         19, 2, 20 },
    { VERIFYING,               25, 10, 17 },   { WAITS_FOR_ANSWER, 29, 7,  14 },   { CHOSEN,            37, 8,  11 },   { WAITS_FOR_ANSWER,  35, 13, 12 },
    { AT_CB,                   17, 6,  7 },    { ACCEPTED,         23, 1,  6 },    { WAITS_FOR_FINDER,  0,  3,  5 },    { IN_REVIEW,         4,  4, 4 },
    { IN_REVIEW,               12, 0,  3 },    { NEW,              20, 4,  2 },    { NEW,               2,  11, 1 },    { OWN_PUBLISHED,     5,  9,  97 },   { OWN_REPORTED,      9,  5,  3 },    { PROVIDED,          26, 1,  34 },
    { UNREACHABLE_LATELY, 15, 8, 230 }, { UNREACHABLE_LONG, 33, 0, 335 }, { REACHED_AGAIN,  29, 3,  280 },
    { FROM_ABROAD,       14, 6,  27 }, { LEAKED,            6,  2,  21 },   { END_OF_SUPPORT,   32, 4,  29 },
    { JUDGED,            19, 9,  368 }, { HEARD,            24, 7,  45 }, { PUBLISHED_BY_COMMITTEE, 11, 12, 140 },
    { YEAR_OVER,         8,  5,  402 },   { RELEASE_ASKED,     28, 11, 385 },
    { OF_MANY_VENDORS,   36, 8,  26 }, { WEBSITE_TOLD,         0,  1,  5 },    { MERGED_AWAY,       19, 2,  15 }, { SPLIT_OFF,         28, 5,  19 }, { WEBSITE_FIXING,       2,  2,  24 },
};
const size_t demo_story_count = COUNT(demo_stories);
/* clang-format on */
