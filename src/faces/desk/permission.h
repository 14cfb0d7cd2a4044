/* faces/desk/permission.h: what a route asks for. Each route names one; door.c says which roles have it, and for objects the domain
 * decides again. New ones go to the end, with a row in door.c. */
#pragma once

enum permission {
    MAY_NOTHING,    /* no route: 0 is refused at the start */
    MAY_ANYONE,     /* pages before a login */
    MAY_HALFWAY,    /* the password was right, the code is still missing */
    MAY_LOGGED_IN,  /* any account */
    MAY_FINDER,     /* a mailbox session */
    MAY_RECEIVE,    /* officers of the receiving body */
    MAY_COORDINATE, /* officers of the coordinating body */
    MAY_BODIES,     /* either of them */
    MAY_DEVELOP,    /* a developer's manager */
    MAY_FOLLOW,     /* a developer's manager or others there */
    MAY_CASES, /* whoever may have cases: bodies and developers; which ones, casework decides */
    MAY_ADMINISTER, /* accounts and settings */
    MAY_AUDIT,      /* the ledger's plain columns */
    MAY_LIST, /* the developer list: bodies and administrators read it; who may change it, the handler asks */
    MAY_BE_PROVIDED, /* recipients of priority provision: what was given to them */
    MAY_ANALYSE,     /* third parties: what they were asked */
    MAY_REFER,       /* a developer's manager or the receiving body: numbers for finders */
    MAY_OPERATE,     /* the operator of a website, by the link of a mail */
    MAY_EXCHANGE,    /* foreign coordinators: the cases they take part in */
    MAY_NOTICE, /* who may begin a case from outside: the coordinating body, foreign coordinators */
    MAY_JUDGE,  /* members of the publication judgement committee: the cases they judge */
    MAY_FOLLOW_JUDGEMENTS, /* they and the bodies: the list of what is before it */
    /* by a token alone, which counts for nothing else (door.c); a session counts for nothing here */
    MAY_TRACK,  /* a developer's program reads */
    MAY_ANSWER, /* and writes, for a manager, with a token for that */
    PERMISSIONS
};
