/* faces/desk/permission.h: what a route of the desk may ask of who comes. A row of routes names one; 0 is none, and the server does not start. */
#pragma once

enum permission {
    MAY_NOTHING,
    MAY_ANYONE,      /* login, invitation, health */
    MAY_HALF_IN,     /* the password was right, the code is missing */
    MAY_LOGGED_IN,
    MAY_FINDER,      /* a mailbox session */
    MAY_RECEIVE,     /* receiving body */
    MAY_COORDINATE,  /* coordinating body */
    MAY_BODIES,      /* either body */
    MAY_SEE_CASES,   /* bodies and developers; which cases is the matrix's question */
    MAY_ANSWER,      /* a developer's manager */
    MAY_ADMINISTER,
    MAY_AUDIT
};
