#include "faces/desk/mailbox/status.h"

static const struct row {
    const char *tag, *status;
    enum tone tone;
} rows[CASE_STATES] = {
    [CASE_SUBMITTED] = { N_("Your report is here"),
                         N_("Your report has been received. The receiving body will look at it soon."),
                         TONE_NEUTRAL },
    [CASE_UNDER_REVIEW] = { N_("Under review"),
                            N_("The receiving body is checking your report. It will tell you here whether it is accepted."),
                            TONE_NEUTRAL },
    [CASE_REJECTED] = { N_("Not accepted"), N_("Your report has not been accepted."), TONE_WARN },
    [CASE_ACCEPTED] = { N_("Accepted"),
                        N_("Your report has been accepted. The receiving body is preparing to tell the coordinating body."),
                        TONE_GOOD },
    [CASE_STOPPED] = { N_("Processing stopped"),
                       N_("The receiving body has stopped processing your report."), TONE_WARN },
    [CASE_WITH_CB] = { N_("Forwarded to the coordinating body"),
                       N_("Your report has been accepted and is with the coordinating body, which will contact the product developers."),
                       TONE_GOOD },
    [CASE_VENDOR_IDENTIFIED] = { N_("Forwarded to the coordinating body"),
                                 N_("Your report has been accepted and is with the coordinating body, which will contact the product developers."),
                                 TONE_GOOD },
    [CASE_COORDINATING] = { N_("In coordination"),
                            N_("The coordinating body has contacted the product developers. They examine it and prepare a countermeasure."),
                            TONE_GOOD },
    [CASE_DATE_SET] = { N_("In coordination"),
                        N_("The coordinating body has contacted the product developers. They examine it and prepare a countermeasure."),
                        TONE_GOOD },
    [CASE_COMMITTEE] = { N_("In coordination"),
                         N_("No agreement with a product developer can be reached. A committee judges whether the vulnerability is published."),
                         TONE_GOOD },
    /* That others have reported the same is not for the finder to learn. */
    [CASE_MERGED] = { N_("In coordination"),
                      N_("The coordinating body has contacted the product developers. They examine it and prepare a countermeasure."),
                      TONE_GOOD },
    [CASE_PUBLISHED] = { N_("Published"),
                         N_("The vulnerability has been published together with its countermeasure. Thank you for your report."),
                         TONE_GOOD },
    [CASE_CANCELLED_KNOWN] = { N_("Closed"),
                               N_("Handling has ended: the product developers already knew of it."),
                               TONE_NEUTRAL },
    [CASE_CLOSED_NOT_VULN] = { N_("Closed"),
                               N_("Handling has ended: the examination found no vulnerability in the products."),
                               TONE_NEUTRAL },
    [CASE_CLOSED_EOL_A] = { N_("Closed"),
                            N_("Handling has ended: support of the product has ended, its developer has been told, and the impact is small."),
                            TONE_NEUTRAL },
    [CASE_CLOSED_INDIVIDUAL] = { N_("Closed"),
                                 N_("Handling has ended: it has been dealt with directly, without publication on this site."),
                                 TONE_NEUTRAL },
};

static const struct row *row_of(enum product_state state)
{
    return rows[state].tag ? &rows[state] : &rows[CASE_SUBMITTED];
}

struct tag_view mailbox_tag(enum lang lang, enum product_state state)
{
    return (struct tag_view){ tr(lang, row_of(state)->tag), row_of(state)->tone };
}

struct str mailbox_status(enum lang lang, enum product_state state)
{
    return tr(lang, row_of(state)->status);
}

#define WITH_OPERATOR                                                                                                \
    {                                                                                                                \
        N_("With the operator"),                                                                                     \
            N_("Your report has been accepted. The receiving body is in contact with the operator of the website."), \
            TONE_GOOD                                                                                                \
    }

static const struct row website_rows[SITE_STATES] = {
    [SITE_SUBMITTED] = { N_("Your report is here"),
                         N_("Your report has been received. The receiving body will look at it soon."),
                         TONE_NEUTRAL },
    [SITE_REJECTED] = { N_("Not accepted"), N_("Your report has not been accepted."), TONE_WARN },
    [SITE_ACCEPTED] = { N_("Accepted"),
                        N_("Your report has been accepted. The receiving body writes to the operator of the website next."),
                        TONE_GOOD },
    [SITE_STOPPED] = { N_("Processing stopped"),
                       N_("The receiving body has stopped processing your report."), TONE_WARN },
    [SITE_STAGE1_SENT] = WITH_OPERATOR,
    [SITE_STAGE2_SENT] = WITH_OPERATOR,
    [SITE_STAGE3_SENT] = WITH_OPERATOR,
    [SITE_INVESTIGATING] = WITH_OPERATOR,
    [SITE_FIXING] = WITH_OPERATOR,
    [SITE_FIXED] = { N_("Fixed"),
                     N_("The operator of the website has reported that the vulnerability has been fixed. Thank you for your report."),
                     TONE_GOOD },
    [SITE_CLOSED] = { N_("Fixed"),
                      N_("The operator of the website has reported that the vulnerability has been fixed. Thank you for your report."),
                      TONE_GOOD },
    [SITE_CLOSED_NOT_VULN] = { N_("Closed"),
                               N_("Handling has ended: receiving body and operator found that it is no vulnerability."),
                               TONE_NEUTRAL },
    [SITE_UNHANDLEABLE] = { N_("Closed"),
                            N_("Handling has ended: it could not be brought to a fix."),
                            TONE_NEUTRAL },
    [SITE_CLOSED_ALERT] = { N_("Closed"),
                            N_("Handling has ended: the receiving body has issued an alert to all who are concerned."),
                            TONE_NEUTRAL },
};

static const struct row *website_row(enum website_state state)
{
    return &website_rows[state == SITE_START ? SITE_SUBMITTED : state];
}

struct tag_view mailbox_website_tag(enum lang lang, enum website_state state)
{
    return (struct tag_view){ tr(lang, website_row(state)->tag), website_row(state)->tone };
}

struct str mailbox_website_status(enum lang lang, enum website_state state)
{
    return tr(lang, website_row(state)->status);
}
