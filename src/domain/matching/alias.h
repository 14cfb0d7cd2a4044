/* domain/matching/alias.h: which records are about the same vulnerability. Only `aliases` say so; a group never holds two CVE numbers, since each of them is
 * one vulnerability by definition: a record that claims several is about several. Rule: VDB-01, matching 4.8 */
#pragma once
#include "domain/catalog/record.h"

struct aliases;

struct aliases *aliases_new(void);
void aliases_free(struct aliases *aliases); /* NULL does nothing */
DEFINE_CLEANUP(struct aliases, aliases_free)

/* The number of an id, made when it is new. Upper and lower case are one. */
uint32_t aliases_id(struct aliases *aliases, struct str id);
/* The same without making it; false when nobody named it. */
bool aliases_find(const struct aliases *aliases, struct str id, uint32_t *out);
/* What a record says it is about. */
struct alias_claim {
    uint32_t own; /* its id's number */
    struct {
        VEC_OF(uint32_t);
    } ids; /* alias_subjects */
};
/* Tells what a record says of itself; in the order of the records, which decides where they contradict each other. */
struct alias_claim aliases_add(struct aliases *aliases, const struct catalog_record *record,
                               struct arena *arena);

/* After all were added: the groups that the record's word counts for. A CVE that its authority rejected counts no more, whoever copied it; only a record
 * that knows the flaw by a name of its own still does. */
struct alias_groups {
    VEC_OF(uint32_t);
};
struct alias_groups aliases_subjects(const struct aliases *aliases, const struct alias_claim *claim,
                                     struct arena *arena);

/* A group is named by one of its ids; groups are the ids for which aliases_group(id) is id. */
uint32_t aliases_group(const struct aliases *aliases, uint32_t id);
size_t aliases_count(const struct aliases *aliases); /* ids */
struct str aliases_text(const struct aliases *aliases, uint32_t id);
/* Its CVE; STATEMENT_NONE without one. */
uint32_t aliases_cve(const struct aliases *aliases, uint32_t group);
bool alias_is_cve(struct str id);
/* As it is compared: a CVE number in capitals. Borrowed, or in room. */
struct str alias_folded(struct str id, char room[CATALOG_ID_MAX]);
/* The order in which the ids of one vulnerability are told: its CVE, then by text. */
int alias_compare(struct str a, struct str b);
void alias_sort(struct str *ids, size_t count);

/* ---- of a part of all records ---- */

/* An id that a record which is left out or changed may have had in its group. */
void aliases_touch(struct aliases *aliases, struct str id);
/* Was it touched, or is it a record's own or one that joins? Others were only named as what a record is about. */
bool aliases_is_told(const struct aliases *aliases, uint32_t id);
/* Its CVE is rejected. */
bool aliases_is_rejected(const struct aliases *aliases, uint32_t group);
/* The flaws that a record names: itself, or those of `upstream`, or each of the CVE that it calls itself. Borrowed from it; the list in arena. */
struct catalog_strings alias_subjects(const struct catalog_record *record, struct arena *arena);
/* Does the record's list of aliases say that they are one flaw? A rejected record's does not, nor one that names several CVE. */
bool alias_joins(const struct catalog_record *record);
