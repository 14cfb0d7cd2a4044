#include "domain/matching/match.h"

#include "domain/matching/evidence.h"
#include "domain/matching/index_internal.h"

struct finding_out {
    const struct matching_index *index;
    struct matching_session *session;
    const struct question *question;
    bool unknown;
    struct arena *arena;
    struct statements statements;
    /* the package or name that is being asked */
    size_t component;
    uint32_t asked;
    enum statement_by by;
    int limit;
};

/* ---- statements ---- */

/* In the order of the catalogue, whichever layer holds it. */
static uint32_t number_of(const struct matching_index *index, uint32_t record)
{
    const struct index_layer *layer = index_layer_of_record(index, &record);
    struct record_row row;

    INDEX_ROW(layer, SECTION_RECORDS, record, &row);
    return row.number;
}

static void say_entry(void *of, const struct said *said)
{
    struct finding_out *out = of;
    struct statement statement = {
        .component = out->component,
        .record = number_of(out->index, said->record),
        .held = said->record,
        .by = out->by,
        .rank = (enum statement_rank)(said->row.flags / ENTRY_RANK % 4),
        .is_affected = said->says != ENTRY_UNAFFECTED,
        .kind = said->says == ENTRY_NO_RANGE          ? FINDING_NO_RANGE
                : said->says == ENTRY_UNKNOWN_VERSION ? FINDING_UNKNOWN_VERSION
                                                      : FINDING_AFFECTED,
        .place = { out->asked, said->entry, said->package_bounds },
    };

    if ((said->says == ENTRY_UNKNOWN_VERSION && !out->unknown) ||
        (said->says == ENTRY_UNAFFECTED && out->by == BY_WORDS))
        return; /* words alone prove no safety */
    statement.confidence =
        statement.kind == FINDING_AFFECTED ? said->confidence : CONFIDENCE_NAME_ONLY;
    if (statement.confidence > out->limit)
        statement.confidence = out->limit;
    if (!statement.is_affected)
        statement.confidence = 0; /* has no meaning */
    if (index_entry_is_away(said, &out->question->os) && !statement_away_from_platform(&statement))
        return;
    VEC_PUSH(out->arena, &out->statements, statement);
}

static void ask_entry(struct finding_out *out, const struct asked_entry *asked)
{
    for (size_t i = 0; i < out->index->count; i++)
        index_ask_package(&out->index->layers[i], asked, say_entry, out);
}

static void ask_packages(struct finding_out *out)
{
    for (size_t i = 0; i < out->question->packages.len; i++) {
        const struct asked_package *asked = &out->question->packages.at[i];
        struct asked_entry entry = { asked->package.ecosystem, asked->package.release,
                                     asked->package.name, asked->version };

        out->component = asked->component;
        out->asked = (uint32_t)i;
        out->by = BY_PACKAGE;
        out->limit = asked->package.is_derived ? CONFIDENCE_GENERIC : CONFIDENCE_EXACT;
        ask_entry(out, &entry);
    }
}

static void ask_words(struct finding_out *out, const struct asked_name *name, uint32_t asked)
{
    char room[WORDS_MAX];
    struct asked_entry entry = { STR(WORDS_ECOSYSTEM), STR_NONE, STR_NONE, name->version };

    if (name->component == (size_t)QUESTION_SYSTEM)
        return;
    entry.name = index_words_of(&name->cpe, room);
    out->component = name->component;
    out->asked = asked;
    out->by = BY_WORDS;
    out->limit = CONFIDENCE_WORDS;
    ask_entry(out, &entry);
}

static void ask_names(struct finding_out *out)
{
    const struct question *question = out->question;

    session_begin(out->session);
    out->session->unknown = out->unknown;
    out->session->parts = question->parts;
    out->session->os = &question->os;
    for (size_t i = 0; i < question->names.len; i++) {
        session_ask_name(out->session, &question->names.at[i], (uint32_t)i);
        ask_words(out, &question->names.at[i], (uint32_t)i);
    }
    session_evaluate(out->session, question->names.at);
    for (size_t i = 0; i < out->session->hits.len; i++) {
        const struct match_hit *hit = &out->session->hits.at[i];

        VEC_PUSH(out->arena, &out->statements,
                 (struct statement){
                     .component = question->names.at[hit->asked].component,
                     .record = number_of(out->index, hit->record),
                     .held = hit->record,
                     .by = BY_CPE,
                     .rank = RANK_NAME,
                     .is_affected = true,
                     .kind = (enum finding_kind)hit->kind,
                     .confidence = hit->confidence,
                     .place = { hit->at, hit->configuration, hit->asked },
                 });
    }
}

/* ---- evidence ---- */

static bool has(const struct alias_groups *groups, uint32_t group)
{
    for (size_t i = 0; i < groups->len; i++) {
        if (groups->at[i] == group)
            return true;
    }
    return false;
}

/* The group that an id of a layer has now: a newer layer may know better, and of some ids only an older one knows. */
static bool group_of(const struct matching_index *index, const struct index_layer *layer,
                     uint32_t id, uint32_t *out)
{
    struct str text;

    if (layer->place + 1 == index->count && layer_group_of(layer, id, out)) {
        *out += layer->first_group;
        return true;
    }
    text = index_text(layer, index_word(layer, SECTION_IDS, id));
    for (size_t i = index->count - 1; i > layer->place; i--) {
        if (layer_find_group(&index->layers[i], text, out)) {
            *out += index->layers[i].first_group;
            return true;
        }
    }
    if (layer_group_of(layer, id, out)) {
        *out += layer->first_group;
        return true;
    }
    return index_find_group(index, layer->place, text, out);
}

/* A CVE that its authority rejected counts no more; only a record that knows the flaw by a name of its own still does (alias.h). */
static bool counts(const struct matching_index *index, const struct index_layer *layer,
                   const struct record_row *record, uint32_t group)
{
    struct str id = index_text(layer, record->id);
    uint32_t local = group, own;
    const struct index_layer *of = index_layer_of_group(index, &local);
    struct group_row row;

    INDEX_ROW(of, SECTION_GROUPS, local, &row);
    return !(row.members & GROUP_REJECTED) ||
           (!alias_is_cve(id) && index_find_group(index, index->count, id, &own) && own == group);
}

static void add_subject(const struct finding_out *finding, const struct index_layer *layer,
                        const struct record_row *record, uint32_t id, struct arena *arena,
                        struct alias_groups *out)
{
    uint32_t group;

    if (group_of(finding->index, layer, id, &group) && !has(out, group) &&
        counts(finding->index, layer, record, group))
        VEC_PUSH(arena, out, group);
}

static struct alias_groups subjects(const void *of, const struct statement *statement,
                                    struct arena *arena)
{
    const struct finding_out *finding = of;
    uint32_t record = statement->held, list;
    const struct index_layer *layer = index_layer_of_record(finding->index, &record);
    struct alias_groups groups = { 0 };
    struct record_row row;
    struct run ids;

    if (record >= layer->records)
        return groups;
    INDEX_ROW(layer, SECTION_RECORDS, record, &row);
    if (!(row.subjects & SUBJECT_LIST)) {
        add_subject(finding, layer, &row, row.subjects, arena, &groups);
        return groups;
    }
    list = row.subjects & ~SUBJECT_LIST;
    ids = index_run(list + 1, list + 1 + index_word(layer, SECTION_SUBJECTS, list),
                    layer->sections[SECTION_SUBJECTS].len / sizeof(uint32_t));
    for (uint32_t i = ids.first; i < ids.end; i++)
        add_subject(finding, layer, &row, index_word(layer, SECTION_SUBJECTS, i), arena, &groups);
    return groups;
}

static void reason_by_entry(const struct index_layer *layer, const struct statement *statement,
                            struct str version, struct arena *arena, struct finding_reason *out)
{
    struct affected entry = index_entry(layer, statement->place[1], statement->place[2], arena);
    struct entry_row row;

    INDEX_ROW(layer, SECTION_ENTRIES, statement->place[1], &row);
    out->criterion = index_entry_label(layer, &row, &out->platform);
    explain_entry(statement, &entry, version, arena, out);
}

static void reason(const void *of, const struct question *question,
                   const struct statement *statement, struct arena *arena,
                   struct finding_reason *out)
{
    const struct finding_out *finding = of;
    uint32_t record = statement->held;
    const struct index_layer *layer = index_layer_of_record(finding->index, &record);
    struct platforms platforms = { 0 };
    struct criterion criterion;
    struct record_row row;
    struct str text;

    INDEX_ROW(layer, SECTION_RECORDS, record, &row);
    out->source = row.source < CATALOG_SOURCES ? (enum catalog_source)row.source : SOURCE_OURS;
    out->record = index_text(layer, row.id);
    out->origin = index_text(layer, row.origin);
    if (statement->by == BY_PACKAGE) {
        out->subject = question->packages.at[statement->place[0]].subject;
        reason_by_entry(layer, statement, question->packages.at[statement->place[0]].version, arena,
                        out);
        return;
    }
    if (statement->by == BY_WORDS) {
        out->subject = question->names.at[statement->place[0]].text;
        reason_by_entry(layer, statement, question->names.at[statement->place[0]].version, arena,
                        out);
        return;
    }
    text = index_criterion(layer, statement->place[0], arena, &criterion);
    explain_criterion(&criterion, text, &question->names.at[statement->place[2]], statement->kind,
                      arena, out);
    if (statement->kind == FINDING_CONDITIONAL) {
        session_platforms(&finding->session->layers[layer->place], statement->place[1], arena,
                          &platforms);
        out->platform = platforms_text(&platforms, arena);
    }
}

/* ---- describing ---- */

static struct str detail_bytes(const struct index_layer *layer, uint32_t place)
{
    size_t len = layer->sections[SECTION_DETAILS].len;
    const unsigned char *at = layer->sections[SECTION_DETAILS].at;
    uint32_t length;

    if (len < sizeof length || place > len - sizeof length)
        return STR_NONE;
    length = index_u32(at + place);
    return length <= len - sizeof length - place
               ? (struct str){ (const char *)at + place + sizeof length, length }
               : STR_NONE;
}

static int64_t wide(const uint32_t halves[2])
{
    return (int64_t)((uint64_t)halves[1] << 32 | halves[0]);
}

static void take_exploitation(const struct exploited_row *row, struct finding *out)
{
    out->is_in_kev = (row->flags & EXPLOITED_KEV) != 0;
    out->kev_ransomware = (row->flags & EXPLOITED_RANSOMWARE) != 0;
    out->kev_added.ms = wide(row->kev_added);
    out->kev_due.ms = wide(row->kev_due);
    out->epss = (int32_t)row->epss;
    out->epss_percentile = (int32_t)row->percentile;
    out->epss_date.ms = wide(row->epss_date);
}

static bool find_exploited(const struct index_layer *layer, struct str cve,
                           struct exploited_row *out)
{
    uint32_t low = 0, high = (uint32_t)(layer->sections[SECTION_EXPLOITED].len /
                                        sizeof(struct exploited_row));
    uint32_t end = high;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        INDEX_ROW(layer, SECTION_EXPLOITED, middle, out);
        if (str_cmp(index_text(layer, out->cve), cve) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    INDEX_ROW(layer, SECTION_EXPLOITED, low, out);
    return low < end && str_eq(index_text(layer, out->cve), cve);
}

/* What the group's own layer says, unless a newer one knows of its CVE. */
static void add_exploitation(const struct matching_index *index, const struct index_layer *layer,
                             uint32_t place, struct finding *out)
{
    struct exploited_row row;

    for (size_t i = index->count - 1; i > layer->place; i--) {
        if (find_exploited(&index->layers[i], out->id, &row)) {
            take_exploitation(&row, out);
            return;
        }
    }
    if (place == 0)
        return;
    INDEX_ROW(layer, SECTION_EXPLOITED, place - 1, &row);
    take_exploitation(&row, out);
}

/* The detail of a member, which may stand in a layer below. */
static struct detail detail_of_member(const struct matching_index *index,
                                      const struct index_layer *layer, uint32_t member,
                                      struct arena *arena)
{
    struct record_row record;

    if (member & MEMBER_BELOW) {
        if (!index_find_record(index, layer->place, member & ~MEMBER_BELOW, &member))
            return (struct detail){ 0 };
        layer = index_layer_of_record(index, &member);
    }
    INDEX_ROW(layer, SECTION_RECORDS, member, &record);
    return detail_decode(detail_bytes(layer, record.detail), arena);
}

static void describe(const void *of, uint32_t group, struct arena *arena, struct finding *out)
{
    const struct matching_index *index = ((const struct finding_out *)of)->index;
    const struct index_layer *layer = index_layer_of_group(index, &group);
    struct group_row row, next;
    struct run ids, members;
    struct detail *details;

    INDEX_ROW(layer, SECTION_GROUPS, group, &row);
    INDEX_ROW(layer, SECTION_GROUPS, (size_t)group + 1, &next);
    ids = index_run(row.ids, next.ids, layer->sections[SECTION_IDS].len / sizeof(uint32_t));
    members = index_run(row.members & ~GROUP_REJECTED, next.members & ~GROUP_REJECTED,
                        layer->sections[SECTION_MEMBERS].len / sizeof(uint32_t));
    VEC_ROOM(arena, &out->ids, ids.end - ids.first);
    for (uint32_t i = ids.first; i < ids.end; i++)
        VEC_PUSH(arena, &out->ids, index_text(layer, index_word(layer, SECTION_IDS, i)));
    out->id = out->ids.len > 0 ? out->ids.at[0] : STR_NONE;
    details = ARENA_NEW_N(arena, members.end - members.first + 1, struct detail);
    for (uint32_t i = members.first; i < members.end; i++)
        details[i - members.first] =
            detail_of_member(index, layer, index_word(layer, SECTION_MEMBERS, i), arena);
    detail_add(details, members.end - members.first, arena, out);
    add_exploitation(index, layer, row.exploited, out);
}

void matching_find(const struct matching_index *index, const struct inventory *inventory,
                   struct matching_options options, struct arena *arena, struct findings *out)
{
    CLEANUP(matching_session_free_var)
    struct matching_session *session = matching_session_new(index);
    struct question question;
    struct finding_out finding = {
        .index = index,
        .session = session,
        .question = &question,
        .unknown = options.unknown_versions,
        .arena = arena,
    };
    struct evidence evidence = { &finding, subjects, reason, describe };

    question_of(inventory, arena, &question);
    ask_packages(&finding);
    ask_names(&finding);
    statements_choose(&finding.statements);
    reconcile(&evidence, &question, &finding.statements, arena, out);
}
