#include "domain/casework/proof.h"

#include "base/err.h"
#include "base/record.h"
#include "base/tr.h"
#include "formats/json/json.h"
#include <stdlib.h>
#include <string.h>

enum { REPORT_MAX = 4 << 20, SALT_BYTES = 32 };

#define RECEIPT_KIND    "noroshi receipt 1"
#define CHECKPOINT_KIND "noroshi checkpoint 1"

const char *const proof_verdict_words[PROOF_VERDICTS] = {
    [PROOF_GOOD] = N_("The receipt is genuine."),
    [PROOF_OTHER_KEY] = N_("The receipt was signed with another key."),
    [PROOF_NOT_SIGNED] = N_("The signature of the receipt is wrong: it has been changed."),
    [PROOF_OTHER_REPORT] = N_("The text is not the one that was reported."),
    [PROOF_CHECKPOINT_NOT_SIGNED] = N_("The signature of the checkpoint is wrong."),
    [PROOF_OTHER_CHECKPOINT] = N_("The receipt has another checkpoint than the one given."),
    [PROOF_NOT_IN_CHECKPOINT] = N_("The checkpoint does not bind this receipt."),
};

/* ---- statements ---- */

struct str proof_report_text(struct str record, struct arena *arena)
{
    struct buf buf = buf_new(arena, REPORT_MAX);
    struct str name, value;

    while (record_next(&record, &name, &value)) {
        buf_add(&buf, STR("== "));
        buf_add(&buf, name);
        buf_add(&buf, STR("\n"));
        buf_add(&buf, value);
        buf_add(&buf, STR("\n\n"));
    }
    return buf_str(&buf);
}

struct str proof_receipt(struct str number, struct utc at, struct str text, struct arena *arena)
{
    unsigned char salt[SALT_BYTES];

    random_fill(salt, sizeof salt);
    return arena_printf(
        arena, RECEIPT_KIND "\nnumber %.*s\nreceived %.*s\nsha256 %.*s\nsalt %.*s\n",
        STR_ARG(number), STR_ARG(utc_iso(arena, at)), STR_ARG(hash_hex(hash_sha256(text), arena)),
        STR_ARG(seal_hex(salt, sizeof salt, arena)));
}

struct str proof_checkpoint(struct utc at, struct hash head, struct hash root, struct str previous,
                            struct arena *arena)
{
    return arena_printf(
        arena, CHECKPOINT_KIND "\nmade %.*s\nledger %.*s\nreceipts %.*s\nprevious %.*s\n",
        STR_ARG(utc_iso(arena, at)), STR_ARG(hash_hex(head, arena)), STR_ARG(hash_hex(root, arena)),
        STR_ARG(hash_hex(hash_sha256(previous), arena)));
}

struct str proof_line(struct str statement, const char *name)
{
    struct str want = str_from_z(name), line;

    while (str_split(&statement, '\n', &line)) {
        if (str_starts(line, want) && line.len > want.len && line.ptr[want.len] == ' ')
            return str_drop(line, want.len + 1);
    }
    return STR_NONE;
}

/* ---- the tree ---- */

/* Leaves and nodes are told apart by their first byte, so that neither can stand for the other. */
static struct hash hash_tagged(char tag, struct str left, struct str right)
{
    char bytes[1 + 2 * SEAL_HASH_BYTES];

    bytes[0] = tag;
    memcpy(bytes + 1, left.ptr, left.len);
    if (right.len > 0)
        memcpy(bytes + 1 + left.len, right.ptr, right.len);
    return hash_sha256((struct str){ bytes, 1 + left.len + right.len });
}

struct hash proof_leaf(struct str statement)
{
    struct hash hash = hash_sha256(statement);

    return hash_tagged(0, hash_str(&hash), STR_NONE);
}

static struct hash above(struct hash left, struct hash right)
{
    return hash_tagged(1, hash_str(&left), hash_str(&right));
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(((const struct hash *)a)->bytes, ((const struct hash *)b)->bytes,
                  SEAL_HASH_BYTES);
}

void proof_leaves_fill(struct proof_leaves *leaves, const struct seal_key *blind,
                       struct arena *arena)
{
    size_t want = PROOF_LEAVES_LEAST;

    while (want <= leaves->len)
        want *= 2;
    for (size_t i = 0; leaves->len < want; i++)
        VEC_PUSH(arena, leaves, hash_keyed(blind, arena_printf(arena, "blind %zu", i)));
    qsort(leaves->at, leaves->len, sizeof leaves->at[0], by_bytes);
}

/* One level up, in place; half as many are left. */
static size_t climb(struct hash *level, size_t count)
{
    for (size_t i = 0; i < count / 2; i++)
        level[i] = above(level[2 * i], level[2 * i + 1]);
    return count / 2;
}

static struct hash *level_of(const struct proof_leaves *leaves, struct arena *arena)
{
    struct hash *level = ARENA_NEW_N(arena, leaves->len, struct hash);

    memcpy(level, leaves->at, leaves->len * sizeof level[0]);
    return level;
}

struct hash proof_root(const struct proof_leaves *leaves, struct arena *arena)
{
    struct hash *level = level_of(leaves, arena);

    for (size_t count = leaves->len; count > 1;)
        count = climb(level, count);
    return level[0];
}

bool proof_path_of(const struct proof_leaves *leaves, struct hash leaf, struct arena *arena,
                   struct proof_path *out)
{
    struct hash *level;
    size_t index = 0;

    *out = (struct proof_path){ 0 };
    while (index < leaves->len && !hash_eq(leaves->at[index], leaf))
        index++;
    if (index == leaves->len)
        return false;
    out->index = (int64_t)index;
    level = level_of(leaves, arena);
    for (size_t count = leaves->len; count > 1; index /= 2) {
        VEC_PUSH(arena, out, level[index ^ 1]);
        count = climb(level, count);
    }
    return true;
}

static struct hash root_by(const struct proof_path *path, struct hash leaf)
{
    for (size_t i = 0; i < path->len; i++)
        leaf = (path->index >> i) & 1 ? above(path->at[i], leaf) : above(leaf, path->at[i]);
    return leaf;
}

/* ---- files ---- */

static void put_signed(struct json_writer *w, const struct proof_signed *s, struct arena *arena)
{
    json_pair(w, "statement", s->statement);
    json_pair(w, "signature", seal_hex(s->signature.bytes, sizeof s->signature.bytes, arena));
}

struct str proof_write(const struct proof *proof, struct arena *arena)
{
    struct buf buf = buf_new(arena, PROOF_FILE_MAX);
    struct json_writer w = json_writer_new(&buf, true);

    json_object_begin(&w);
    put_signed(&w, &proof->receipt, arena);
    json_pair(&w, "key", seal_hex(proof->key.bytes, sizeof proof->key.bytes, arena));
    if (proof->checkpoint.statement.len > 0) {
        json_key(&w, "checkpoint");
        json_object_begin(&w);
        put_signed(&w, &proof->checkpoint, arena);
        json_key(&w, "index");
        json_put_int(&w, proof->path.index);
        json_key(&w, "path");
        json_array_begin(&w);
        for (size_t i = 0; i < proof->path.len; i++)
            json_put_text(&w, hash_hex(proof->path.at[i], arena));
        json_array_end(&w);
        json_object_end(&w);
    }
    json_object_end(&w);
    buf_add(&buf, STR("\n"));
    return buf_str(&buf);
}

static bool read_signed(struct json from, const char *kind, struct proof_signed *out,
                        struct err *err)
{
    struct str first, rest;

    out->statement = rest = json_text(json_get(from, "statement"));
    if (!str_split(&rest, '\n', &first) || !str_eq_z(first, kind))
        return FAIL(err, INPUT, STR("statement"));
    return seal_unhex(json_text(json_get(from, "signature")), out->signature.bytes,
                      sizeof out->signature.bytes)
               ? true
               : FAIL(err, INPUT, STR("signature"));
}

static bool read_path(struct json from, struct arena *arena, struct proof_path *out,
                      struct err *err)
{
    struct json list = json_get(from, "path"), item;

    out->index = json_int(json_get(from, "index"), -1);
    if (json_kind(list) != JSON_ARRAY || json_count(list) > PROOF_DEPTH_MAX)
        return FAIL(err, INPUT, STR("path"));
    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct hash hash;

        if (!seal_unhex(json_text(item), hash.bytes, sizeof hash.bytes))
            return FAIL(err, INPUT, STR("path"));
        VEC_PUSH(arena, out, hash);
    }
    return out->index >= 0 && out->index < (int64_t)1 << out->len ? true
                                                                  : FAIL(err, INPUT, STR("index"));
}

bool proof_read(struct str text, struct arena *arena, struct proof *out, struct err *err)
{
    struct proof proof = { 0 };
    struct json document, checkpoint;

    if (text.len > PROOF_FILE_MAX)
        return FAIL(err, TOO_LARGE, STR("the receipt"));
    if (!json_read(text, arena, &document, err) ||
        !read_signed(document, RECEIPT_KIND, &proof.receipt, err))
        return PASS(err);
    if (!seal_unhex(json_text(json_get(document, "key")), proof.key.bytes, sizeof proof.key.bytes))
        return FAIL(err, INPUT, STR("key"));
    checkpoint = json_get(document, "checkpoint");
    if (json_kind(checkpoint) != JSON_NONE &&
        (!read_signed(checkpoint, CHECKPOINT_KIND, &proof.checkpoint, err) ||
         !read_path(checkpoint, arena, &proof.path, err)))
        return PASS(err);
    *out = proof;
    return true;
}

struct str proof_checkpoint_file(const struct proof_signed *checkpoint, struct arena *arena)
{
    return arena_printf(
        arena, "%.*ssignature %.*s\n", STR_ARG(checkpoint->statement),
        STR_ARG(seal_hex(checkpoint->signature.bytes, sizeof checkpoint->signature.bytes, arena)));
}

bool proof_checkpoint_read(struct str text, struct arena *arena, struct proof_signed *out,
                           struct err *err)
{
    struct str signature = proof_line(text, "signature"), first, rest = text;
    struct proof_signed read = { 0 };

    if (text.len > PROOF_FILE_MAX || signature.len == 0 || !str_split(&rest, '\n', &first) ||
        !str_eq(first, STR(CHECKPOINT_KIND)) ||
        !seal_unhex(signature, read.signature.bytes, sizeof read.signature.bytes))
        return FAIL(err, INPUT, STR("checkpoint"));
    read.statement =
        (struct str){ text.ptr, (size_t)(signature.ptr - text.ptr) - STR("signature ").len };
    read.statement = arena_str(arena, read.statement);
    *out = read;
    return true;
}

/* ---- the check ---- */

static bool is_hash(struct str hex, struct hash hash)
{
    struct hash said;

    return seal_unhex(hex, said.bytes, sizeof said.bytes) && hash_eq(said, hash);
}

static enum proof_verdict check_checkpoint(const struct proof *proof,
                                           const struct proof_others *others)
{
    const struct proof_signed *own = &proof->checkpoint, *published = others->checkpoint;

    if (own->statement.len == 0)
        return published ? PROOF_NOT_IN_CHECKPOINT : PROOF_GOOD;
    if (!seal_signed(&proof->key, own->statement, &own->signature))
        return PROOF_CHECKPOINT_NOT_SIGNED;
    if (published && !str_eq(published->statement, own->statement))
        return PROOF_OTHER_CHECKPOINT;
    return is_hash(proof_line(own->statement, "receipts"),
                   root_by(&proof->path, proof_leaf(proof->receipt.statement)))
               ? PROOF_GOOD
               : PROOF_NOT_IN_CHECKPOINT;
}

enum proof_verdict proof_check(const struct proof *proof, const struct proof_others *others)
{
    const struct proof_signed *receipt = &proof->receipt;

    if (others->key && !secret_eq((struct str){ (const char *)others->key->bytes, SEAL_KEY_BYTES },
                                  (struct str){ (const char *)proof->key.bytes, SEAL_KEY_BYTES }))
        return PROOF_OTHER_KEY;
    if (!seal_signed(&proof->key, receipt->statement, &receipt->signature))
        return PROOF_NOT_SIGNED;
    if (others->report &&
        !is_hash(proof_line(receipt->statement, "sha256"), hash_sha256(*others->report)))
        return PROOF_OTHER_REPORT;
    return check_checkpoint(proof, others);
}
