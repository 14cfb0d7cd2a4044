#include "domain/catalog/wording.h"

#include <pthread.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/catalog/words.h"
#include "store/fulltext.h"

enum {
    GATHERED = 48 << 20,
    GROUP = 64, /* entries that go over at once */
    GROUPS = 3, /* one is filled, one lies ready, one is worked on */
    TEXT_ROOM = 64 << 20,
    OWN_MEMORY = 1 << 20,
    GROUP_KEPT = 8 << 20
};
#define GROUP_MEMORY ((size_t)GROUP << 30)

struct group {
    struct arena *arena;
    size_t len;
    struct worded list[GROUP];
};

struct wording {
    struct arena *arena;
    struct fulltext *fulltext;
    struct characters *characters; /* the thread's */
    struct group groups[GROUPS];
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t changed;
    size_t filled, done; /* groups handed over, groups worked on */
    bool is_over;        /* no more come */
    bool has_failed;
    struct err why;
};

void worded_texts(const struct worded *worded, struct characters *characters, struct arena *arena,
                  struct str out[WORDED_COLUMNS])
{
    struct composed_words words;
    struct buf tags = buf_new(arena, TEXT_ROOM);

    compose_words(&worded->composed, &worded->records, arena, &words);
    characters_add(characters, words.titles);
    characters_add(characters, words.texts);
    characters_add(characters, words.names);
    characters_add(characters, worded->products);
    buf_add(&tags, worded->tags);
    characters_end(characters, &tags);
    out[WORDED_NAMES] = words.names;
    out[WORDED_TITLES] = words.titles;
    out[WORDED_TEXTS] = words.texts;
    out[WORDED_PRODUCTS] = worded->products;
    out[WORDED_TAGS] = buf_str(&tags);
}

static bool add_one(struct wording *wording, const struct worded *worded, struct arena *arena,
                    struct err *err)
{
    struct str texts[WORDED_COLUMNS];

    worded_texts(worded, wording->characters, arena, texts);
    return fulltext_add(wording->fulltext, worded->doc, texts, err) ? true : PASS(err);
}

static void work_on(struct wording *wording, struct group *group)
{
    struct err why = { 0 };
    bool ok = true;

    for (size_t i = 0; ok && i < group->len; i++)
        ok = add_one(wording, &group->list[i], group->arena, &why);
    arena_reset(group->arena);
    group->len = 0;
    pthread_mutex_lock(&wording->lock);
    wording->done++;
    if (!ok && !wording->has_failed) {
        wording->has_failed = true;
        wording->why = why;
    }
    pthread_cond_broadcast(&wording->changed);
    pthread_mutex_unlock(&wording->lock);
}

/* The next group; NULL when all are done. */
static struct group *wait_for_group(struct wording *wording)
{
    struct group *group = NULL;

    pthread_mutex_lock(&wording->lock);
    while (wording->done == wording->filled && !wording->is_over)
        pthread_cond_wait(&wording->changed, &wording->lock);
    if (wording->done < wording->filled)
        group = &wording->groups[wording->done % GROUPS];
    pthread_mutex_unlock(&wording->lock);
    return group;
}

static void *work(void *context)
{
    struct wording *wording = context;
    struct group *group;

    while ((group = wait_for_group(wording)) != NULL)
        work_on(wording, group);
    return NULL;
}

struct wording *wording_new(const struct tx *tx)
{
    struct arena *arena = arena_new(OWN_MEMORY);
    struct wording *wording = ARENA_NEW(arena, struct wording);

    *wording = (struct wording){ .arena = arena,
                                 .fulltext = fulltext_new(tx, WORDED_COLUMNS, GATHERED),
                                 .characters = characters_new(arena) };
    for (size_t i = 0; i < GROUPS; i++) {
        wording->groups[i].arena = arena_new(GROUP_MEMORY);
        arena_keep(wording->groups[i].arena, GROUP_KEPT);
    }
    pthread_mutex_init(&wording->lock, NULL);
    pthread_cond_init(&wording->changed, NULL);
    /* Where no thread can be had the work is done here, group by group. */
    wording->has_thread = pthread_create(&wording->thread, NULL, work, wording) == 0;
    return wording;
}

static void join(struct wording *wording)
{
    if (!wording->has_thread)
        return;
    pthread_mutex_lock(&wording->lock);
    wording->is_over = true;
    pthread_cond_broadcast(&wording->changed);
    pthread_mutex_unlock(&wording->lock);
    pthread_join(wording->thread, NULL);
    wording->has_thread = false;
}

void wording_free(struct wording *wording)
{
    if (!wording)
        return;
    join(wording);
    for (size_t i = 0; i < GROUPS; i++)
        arena_drop(wording->groups[i].arena);
    fulltext_free(wording->fulltext);
    pthread_cond_destroy(&wording->changed);
    pthread_mutex_destroy(&wording->lock);
    arena_drop(wording->arena);
}

static struct group *present(struct wording *wording)
{
    return &wording->groups[wording->filled % GROUPS];
}

/* The present group goes over; the next one may still be worked on. */
static bool hand_over(struct wording *wording, struct err *err)
{
    struct group *group = present(wording);
    bool ok;

    pthread_mutex_lock(&wording->lock);
    wording->filled++;
    pthread_cond_broadcast(&wording->changed);
    pthread_mutex_unlock(&wording->lock);
    if (!wording->has_thread)
        work_on(wording, group);
    pthread_mutex_lock(&wording->lock);
    while (wording->filled - wording->done == GROUPS)
        pthread_cond_wait(&wording->changed, &wording->lock);
    ok = !wording->has_failed;
    if (!ok)
        *err = wording->why;
    pthread_mutex_unlock(&wording->lock);
    return ok ? true : PASS(err);
}

struct arena *wording_arena(struct wording *wording) { return present(wording)->arena; }

bool wording_add(struct wording *wording, const struct worded *worded, struct err *err)
{
    struct group *group = present(wording);

    group->list[group->len++] = *worded;
    return group->len < GROUP || hand_over(wording, err) ? true : PASS(err);
}

bool wording_write(struct wording *wording, struct tx *tx, struct err *err)
{
    if (present(wording)->len > 0 && !hand_over(wording, err))
        return PASS(err);
    join(wording);
    if (wording->has_failed) {
        *err = wording->why;
        return PASS(err);
    }
    return fulltext_write(wording->fulltext, tx, "words", err) ? true : PASS(err);
}
