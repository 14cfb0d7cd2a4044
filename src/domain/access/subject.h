/* domain/access/subject.h: who is acting. Read anew for every request; a right never comes from an address or a name. */
#pragma once
#include "base/str.h"
#include "base/tr.h"
#include "base/utc.h"

/* Roles, or-ed; the roles of the lives' tables (requirements 0.4). Kept in account.roles. */
enum role {
    ROLE_FINDER = 1 << 0, /* FI: a mailbox session */
    ROLE_RB = 1 << 1,     /* officer of the receiving body */
    ROLE_CB = 1 << 2,     /* officer of the coordinating body */
    ROLE_PM =
        1 << 3, /* a developer's product vulnerability countermeasure manager or deputy (CFD-14) */
    ROLE_PD = 1 << 4,       /* others of a developer: see what a PM shares; read only */
    ROLE_ADMIN = 1 << 5,    /* accounts and settings; no cases */
    ROLE_AUDITOR = 1 << 6,  /* the ledger's plain columns; no texts */
    ROLE_CLOCK = 1 << 7,    /* the calendar */
    ROLE_OPERATOR = 1 << 8, /* WO: the operator of a website, by the link of a mail */
    ROLE_CI = 1 << 9,       /* government and critical infrastructure: what was provided to them */
    ROLE_AN = 1 << 10,      /* a third party that analyses: what it was asked */
    ROLE_FB = 1 << 11,      /* a foreign coordinator: its cases */
    ROLE_PC = 1 << 12 /* a member of the publication judgement committee: the cases it judges */
};

enum subject_kind {
    SUBJECT_NOBODY,
    SUBJECT_FINDER,
    SUBJECT_ACCOUNT,
    SUBJECT_CLOCK,
    SUBJECT_COMMAND,
    SUBJECT_OPERATOR
};

struct subject {
    enum subject_kind kind;
    unsigned roles;
    int64_t account_id, organisation_id; /* of an account */
    int64_t report_id;                   /* of a finder */
    int64_t link_id, case_id, stage; /* of an operator: the link it came by, and what that opens */
    int64_t session_id;
    int64_t token_id; /* a program comes with it: no session, and roles of developers alone */
    bool may_write;   /* of a token */
    struct str name, organisation_name, email;
    enum lang lang;
    struct str form_token;
    struct utc strong_at;     /* last strong login; C06 */
    bool needs_second_factor; /* password was right, the code is still missing */
};
