/* faces/cli/demo/plot.h: how the cases of the demonstration go, as tables: on which day somebody does what. */
#pragma once
#include <stddef.h>

enum act {
    SUBMIT,
    REPORT_OWN,
    OPEN,
    ASK_FINDER,
    FINDER_ANSWERS,
    FINDER_INQUIRES,
    FINDER_CONSULTS,
    TELL_FINDER,
    REJECT,
    ACCEPT,
    ASSESS,
    STOP,
    FORWARD,
    NOTE_RB,
    BODIES_TALK,
    TAKE,
    NOTE_CB,
    ADD,
    SUMMARISE,
    CONTACT,
    SEND,
    SEEN,
    NO_PRODUCT,
    REQUEST,
    DETAIL,
    AFFECTED,
    NOT_AFFECTED,
    KNOWN,
    LOOKING,
    PLAN,
    AVOID,
    STOP_USING,
    FIX,
    HINT,
    HANDLE_HINT,
    WISH,
    DECIDE_WISH,
    REMIND,
    SILENT,
    REFUSE,
    ASK_DEVELOPER,
    DEVELOPER_SAYS,
    DATE,
    DATE_WITHOUT_REPLY,
    MOVE_DATE,
    END_SUPPORT,
    ASK_STATUS,
    DRAFT,
    SUBMIT_TEXT,
    APPROVE,
    CONFIRM,
    REHEARSE,
    PUBLISH,
    CANCEL_KNOWN,
    CANCEL_NOT_VULN,
    CLOSE_INDIVIDUAL,
    PLAN_PRIORITY,
    BODY_AGREES,
    DEVELOPER_AGREES,
    WARN_FINDER,
    PROVIDE,
    RECEIVE,
    ASK_ANALYSIS,
    ANALYSED,
    TRY_ALL,
    PROPOSE_UNREACHABLE,
    CONFIRM_UNREACHABLE,
    LIST_NAME,
    LIST_PRODUCT,
    SET_DEADLINE,
    REACHED,
    NOTICE,
    GIVE_ABROAD,
    ABROAD_SAYS,
    RESERVE,
    OBSERVE,
    ADOPT_OBSERVED,
    REFER,
    CHECK_CRITERIA,
    GIVE_NOTICE,
    GIVE_OPINION,
    END_HEARING,
    CALL_MEETING,
    VOTE,
    KEEP_MINUTES,
    DECIDE,
    GIVE_VIEW,
    ORDER,
    ACTS
};

/* n: which developer of the case (0 the product's own, then others); for a date: the day it is set to; for a vote: the member. */
struct beat {
    int day;
    enum act act;
    int n;
};
struct plot {
    const struct beat *beats;
    size_t len;
    const char *name; /* what its cases show, as the guided tour asks for it: "date_agreed" */
};
enum plot_name {
    PUBLISHED_ALONE,
    PUBLISHED_OF_MANY,
    PUBLISHED_WITHOUT_REPLY,
    NEW,
    IN_REVIEW,
    WAITS_FOR_FINDER,
    NOT_ACCEPTED,
    ACCEPTED,
    STOPPED_KNOWN,
    AT_CB,
    CHOSEN,
    WAITS_FOR_ANSWER,
    OVERDUE,
    VERIFYING,
    MITIGATING,
    DATE_AGREED,
    DATE_WISHED,
    TEXT_IN_REVIEW,
    SCHEDULED,
    KNOWN_TO_ALL,
    NOT_VULNERABLE,
    INDIVIDUAL,
    OWN_REPORTED,
    OWN_PUBLISHED,
    PROVIDED,
    UNREACHABLE_LATELY,
    UNREACHABLE_LONG,
    REACHED_AGAIN,
    FROM_ABROAD,
    LEAKED,
    END_OF_SUPPORT,
    JUDGED,
    HEARD,
    PUBLISHED_BY_COMMITTEE,
    PLOTS
};
extern const struct plot demo_plots[PLOTS];

/* A case: how it goes, about what, and how many days ago it began. */
struct story {
    enum plot_name plot;
    int product, weakness, age;
};
extern const struct story demo_stories[];
extern const size_t demo_story_count;
