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

static void say_entry(void *of, const struct said *said)
{
    struct finding_out *out = of;
    struct statement statement = {
        .component = out->component,
        .record = said->row.record,
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
    VEC_PUSH(out->arena, &out->statements, statement);
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
        index_ask_package(out->index, &entry, say_entry, out);
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
    index_ask_package(out->index, &entry, say_entry, out);
}

static void ask_names(struct finding_out *out)
{
    const struct question *question = out->question;

    session_begin(out->session);
    out->session->unknown = out->unknown;
    out->session->parts = question->parts;
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
                     .record = hit->record,
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

static bool subject(const void *of, uint32_t record, size_t nth, uint32_t *group)
{
    const struct matching_index *index = ((const struct finding_out *)of)->index;
    struct record_row row;
    uint32_t list;

    if (record >= index->records)
        return false;
    INDEX_ROW(index, SECTION_RECORDS, record, &row);
    *group = row.subjects;
    if (!(row.subjects & SUBJECT_LIST))
        return nth == 0;
    list = row.subjects & ~SUBJECT_LIST;
    *group = index_word(index, SECTION_SUBJECTS, list + 1 + nth);
    return nth < index_word(index, SECTION_SUBJECTS, list) && nth < index->groups;
}

static void reason_by_entry(const struct finding_out *of, const struct statement *statement,
                            struct str version, struct arena *arena, struct finding_reason *out)
{
    struct affected entry = index_entry(of->index, statement->place[1], statement->place[2], arena);
    struct entry_row row;

    INDEX_ROW(of->index, SECTION_ENTRIES, statement->place[1], &row);
    out->criterion = index_text(of->index, row.label);
    explain_entry(statement, &entry, version, arena, out);
}

static void reason(const void *of, const struct question *question,
                   const struct statement *statement, struct arena *arena,
                   struct finding_reason *out)
{
    const struct finding_out *finding = of;
    const struct matching_index *index = finding->index;
    struct platforms platforms = { 0 };
    struct criterion criterion;
    struct record_row row;
    struct str text;

    INDEX_ROW(index, SECTION_RECORDS, statement->record, &row);
    out->source = row.source < CATALOG_SOURCES ? (enum catalog_source)row.source : SOURCE_OURS;
    out->record = index_text(index, row.id);
    out->origin = index_text(index, row.origin);
    if (statement->by == BY_PACKAGE) {
        out->subject = question->packages.at[statement->place[0]].subject;
        reason_by_entry(finding, statement, question->packages.at[statement->place[0]].version,
                        arena, out);
        return;
    }
    if (statement->by == BY_WORDS) {
        out->subject = question->names.at[statement->place[0]].text;
        reason_by_entry(finding, statement, question->names.at[statement->place[0]].version, arena,
                        out);
        return;
    }
    text = index_criterion(index, statement->place[0], arena, &criterion);
    explain_criterion(&criterion, text, &question->names.at[statement->place[2]], statement->kind,
                      arena, out);
    if (statement->kind == FINDING_CONDITIONAL) {
        session_platforms(finding->session, statement->place[1], arena, &platforms);
        out->platform = platforms_text(&platforms, arena);
    }
}

/* ---- describing ---- */

static struct str detail_bytes(const struct matching_index *index, uint32_t place)
{
    size_t len = index->sections[SECTION_DETAILS].len;
    const unsigned char *at = index->sections[SECTION_DETAILS].at;
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

static void add_exploitation(const struct matching_index *index, uint32_t place,
                             struct finding *out)
{
    struct exploited_row row;

    if (place == 0)
        return;
    INDEX_ROW(index, SECTION_EXPLOITED, place - 1, &row);
    out->is_in_kev = (row.flags & EXPLOITED_KEV) != 0;
    out->kev_ransomware = (row.flags & EXPLOITED_RANSOMWARE) != 0;
    out->kev_added.ms = wide(row.kev_added);
    out->kev_due.ms = wide(row.kev_due);
    out->epss = (int32_t)row.epss;
    out->epss_percentile = (int32_t)row.percentile;
    out->epss_date.ms = wide(row.epss_date);
}

static void describe(const void *of, uint32_t group, struct arena *arena, struct finding *out)
{
    const struct matching_index *index = ((const struct finding_out *)of)->index;
    struct group_row row, next;
    struct run ids, members;
    struct detail *details;

    INDEX_ROW(index, SECTION_GROUPS, group, &row);
    INDEX_ROW(index, SECTION_GROUPS, (size_t)group + 1, &next);
    ids = index_run(row.ids, next.ids, index->sections[SECTION_IDS].len / sizeof(uint32_t));
    members = index_run(row.members, next.members,
                        index->sections[SECTION_MEMBERS].len / sizeof(uint32_t));
    for (uint32_t i = ids.first; i < ids.end; i++)
        VEC_PUSH(arena, &out->ids, index_text(index, index_word(index, SECTION_IDS, i)));
    out->id = out->ids.len > 0 ? out->ids.at[0] : STR_NONE;
    details = ARENA_NEW_N(arena, members.end - members.first + 1, struct detail);
    for (uint32_t i = members.first; i < members.end; i++) {
        struct record_row record;

        INDEX_ROW(index, SECTION_RECORDS, index_word(index, SECTION_MEMBERS, i), &record);
        details[i - members.first] = detail_decode(detail_bytes(index, record.detail), arena);
    }
    detail_add(details, members.end - members.first, arena, out);
    add_exploitation(index, row.exploited, out);
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
    struct evidence evidence = { &finding, subject, reason, describe };

    question_of(inventory, arena, &question);
    ask_packages(&finding);
    ask_names(&finding);
    statements_choose(&finding.statements);
    reconcile(&evidence, &question, &finding.statements, arena, out);
}
