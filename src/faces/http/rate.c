#include "faces/http/rate.h"

#include "seal/seal.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { NEIGHBOURS = 8 };

struct place {
    uint64_t key;       /* 0: free */
    int64_t full_at_us; /* when the bucket is full again; what is before now is full */
};

struct rate {
    pthread_mutex_t lock;
    struct seal_key secret;
    struct place *places;
    size_t groups;
    int64_t token_us, burst_us;
};

struct rate *rate_new(size_t places, unsigned burst, unsigned per_hour)
{
    struct rate *rate = calloc(1, sizeof(*rate));
    size_t groups = places / NEIGHBOURS + 1;

    if (!rate || !(rate->places = calloc(groups * NEIGHBOURS, sizeof(struct place))) ||
        pthread_mutex_init(&rate->lock, NULL) != 0)
        abort(); /* at the start of a process */
    rate->groups = groups;
    rate->secret = seal_key_new();
    rate->token_us = UTC_HOUR * 1000 / (per_hour > 0 ? per_hour : 1);
    rate->burst_us = rate->token_us * (burst > 0 ? burst : 1);
    return rate;
}

void rate_free(struct rate *rate)
{
    if (!rate)
        return;
    pthread_mutex_destroy(&rate->lock);
    seal_key_wipe(&rate->secret);
    free(rate->places);
    free(rate);
}

static uint64_t key_of(const struct rate *rate, struct str key)
{
    struct hash hash = hash_keyed(&rate->secret, key);
    uint64_t n;

    memcpy(&n, hash.bytes, sizeof(n));
    return n > 0 ? n : 1;
}

/* The key's place, or the fullest of its neighbours, made new. */
static struct place *place_for(struct rate *rate, uint64_t key, int64_t now_us)
{
    struct place *group = &rate->places[key % rate->groups * NEIGHBOURS], *fullest = group;

    for (size_t i = 0; i < NEIGHBOURS; i++) {
        if (group[i].key == key)
            return &group[i];
        if (group[i].full_at_us < fullest->full_at_us)
            fullest = &group[i];
    }
    *fullest = (struct place){ key, now_us };
    return fullest;
}

bool rate_take(struct rate *rate, struct str key, struct utc now, unsigned *wait_seconds)
{
    uint64_t hashed = key_of(rate, key);
    struct place *place;
    int64_t full_at, over;

    pthread_mutex_lock(&rate->lock);
    place = place_for(rate, hashed, now.ms * 1000);
    full_at =
        (place->full_at_us > now.ms * 1000 ? place->full_at_us : now.ms * 1000) + rate->token_us;
    over = full_at - now.ms * 1000 - rate->burst_us;
    if (over <= 0)
        place->full_at_us = full_at;
    pthread_mutex_unlock(&rate->lock);
    if (over > 0 && wait_seconds)
        *wait_seconds = (unsigned)((over + 999999) / 1000000);
    return over <= 0;
}
