/* base/attr.h: what the compiler is to hold us to. Pure macros. */
#pragma once

#define MUST_CHECK   __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define NORETURN     __attribute__((noreturn))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * A local that owns something is declared with CLEANUP(fn) at its first line; success hands it on with TAKE.
 * DEFINE_CLEANUP(struct feed, feed_free) makes feed_free_var, which frees *p and is what CLEANUP wants.
 */
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define TAKE(p)                   \
    __extension__({               \
        __auto_type taken_ = (p); \
        (p) = 0;                  \
        taken_;                   \
    })
#define DEFINE_CLEANUP(type, fn) \
    __attribute__((unused)) static inline void fn##_var(type **p) { fn(*p); }
