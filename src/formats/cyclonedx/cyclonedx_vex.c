#include "formats/cyclonedx/cyclonedx_vex.h"

#include "base/err.h"

static const struct str state_words[CYCLONEDX_STATES] = {
    [CYCLONEDX_UNSAID] = STR_INIT(""),
    [CYCLONEDX_RESOLVED] = STR_INIT("resolved"),
    [CYCLONEDX_RESOLVED_WITH_PEDIGREE] = STR_INIT("resolved_with_pedigree"),
    [CYCLONEDX_EXPLOITABLE] = STR_INIT("exploitable"),
    [CYCLONEDX_IN_TRIAGE] = STR_INIT("in_triage"),
    [CYCLONEDX_FALSE_POSITIVE] = STR_INIT("false_positive"),
    [CYCLONEDX_NOT_AFFECTED] = STR_INIT("not_affected"),
};
static const char *const justifications[] = {
    "code_not_present",     "code_not_reachable",     "requires_configuration",
    "requires_dependency",  "requires_environment",   "protected_by_compiler",
    "protected_at_runtime", "protected_at_perimeter", "protected_by_mitigating_control",
};

struct str cyclonedx_state_word(enum cyclonedx_state state) { return state_words[state]; }

bool cyclonedx_is_justification(struct str word)
{
    for (size_t i = 0; i < COUNT(justifications); i++)
        if (str_eq_z(word, justifications[i]))
            return true;
    return false;
}

/* ---- reading ---- */

struct reader {
    struct arena *arena;
    struct cyclonedx_vex *out;
    size_t affects; /* so far, of all vulnerabilities */
};

static bool refuse(const struct reader *r, const char *member, struct err *err)
{
    return FAIL(
        err, VEX,
        arena_printf(r->arena, "vulnerabilities[%zu].%s", r->out->vulnerabilities.len, member));
}

static struct str text_of(struct json object, const char *key)
{
    return json_text(json_get(object, key));
}

/* A time that is missing leaves *out as it is. */
static bool read_time(struct json object, const char *key, struct utc *out, struct err *err)
{
    struct str text = text_of(object, key);

    return text.len == 0 || utc_parse(text, out, err);
}

static struct cyclonedx_vex_component component_of(struct json value)
{
    return (struct cyclonedx_vex_component){ .ref = text_of(value, "bom-ref"),
                                             .type = text_of(value, "type"),
                                             .group = text_of(value, "group"),
                                             .name = text_of(value, "name"),
                                             .version = text_of(value, "version"),
                                             .purl = text_of(value, "purl"),
                                             .cpe = text_of(value, "cpe") };
}

/* As deep as JSON goes (JSON_DEPTH_MAX), as many as its text holds. */
static void read_components(struct reader *r, struct json list)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        VEC_PUSH(r->arena, &r->out->components, component_of(item));
        read_components(r, json_get(item, "components"));
    }
}

static bool read_analysis(const struct reader *r, struct json value,
                          struct cyclonedx_vulnerability *out, struct err *err)
{
    struct str state = text_of(value, "state");
    struct json response;

    for (out->state = CYCLONEDX_UNSAID;
         out->state < CYCLONEDX_STATES && !str_eq(state, state_words[out->state]);)
        out->state++;
    if (out->state == CYCLONEDX_STATES)
        return refuse(r, "analysis.state", err);
    out->justification = text_of(value, "justification");
    if (out->justification.len > 0 && !cyclonedx_is_justification(out->justification))
        return refuse(r, "analysis.justification", err);
    out->analysis = text_of(value, "detail");
    for (struct json_iter n = json_iter(json_get(value, "response"));
         json_next(&n, NULL, &response);)
        VEC_PUSH(r->arena, &out->responses, json_text(response));
    return read_time(value, "firstIssued", &out->analysed, err) &&
           read_time(value, "lastUpdated", &out->analysed, err);
}

static bool put_affected(struct reader *r, struct cyclonedx_affected affected,
                         struct cyclonedx_vulnerability *out, struct err *err)
{
    if (affected.ref.len == 0)
        return refuse(r, "affects", err);
    if (++r->affects > CYCLONEDX_AFFECTS_MAX)
        return FAIL(err, TOO_LARGE, STR("affects"));
    VEC_PUSH(r->arena, &out->affects, affected);
    return true;
}

static bool read_affects(struct reader *r, struct json list, struct cyclonedx_vulnerability *out,
                         struct err *err)
{
    struct json item, version;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct cyclonedx_affected affected = { .ref = text_of(item, "ref") };
        struct json versions = json_get(item, "versions");

        if (json_count(versions) == 0 && !put_affected(r, affected, out, err))
            return PASS(err);
        for (struct json_iter n = json_iter(versions); json_next(&n, NULL, &version);) {
            affected.version = text_of(version, "version");
            affected.range = text_of(version, "range");
            affected.status = text_of(version, "status");
            if (!put_affected(r, affected, out, err))
                return PASS(err);
        }
    }
    return true;
}

static void read_ratings(struct reader *r, struct json list, struct cyclonedx_vulnerability *out)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        double score = json_number(json_get(item, "score"), -1);

        VEC_PUSH(r->arena, &out->ratings,
                 (struct cyclonedx_rating){
                     .source = text_of(json_get(item, "source"), "name"),
                     .severity = text_of(item, "severity"),
                     .method = text_of(item, "method"),
                     .vector = text_of(item, "vector"),
                     .tenths = score < 0 || score > 10 ? -1 : (int)(score * 10 + 0.5) });
    }
}

static void read_texts(struct reader *r, struct json list, const char *key,
                       struct cyclonedx_texts *out)
{
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct str text = text_of(item, key);

        if (text.len > 0)
            VEC_PUSH(r->arena, out, text);
    }
}

static bool read_vulnerability(struct reader *r, struct json value,
                               struct cyclonedx_vulnerability *out, struct err *err)
{
    struct json source = json_get(value, "source"), cwe;

    out->id = text_of(value, "id");
    out->source_name = text_of(source, "name");
    out->source_url = text_of(source, "url");
    out->description = text_of(value, "description");
    out->detail = text_of(value, "detail");
    out->recommendation = text_of(value, "recommendation");
    if (out->id.len == 0)
        return refuse(r, "id", err);
    read_texts(r, json_get(value, "references"), "id", &out->aliases);
    read_texts(r, json_get(value, "advisories"), "url", &out->advisories);
    read_ratings(r, json_get(value, "ratings"), out);
    for (struct json_iter i = json_iter(json_get(value, "cwes")); json_next(&i, NULL, &cwe);)
        VEC_PUSH(r->arena, &out->cwes, json_int(cwe, 0));
    return read_analysis(r, json_get(value, "analysis"), out, err) &&
           read_affects(r, json_get(value, "affects"), out, err) &&
           read_time(value, "published", &out->published, err) &&
           read_time(value, "updated", &out->updated, err);
}

bool cyclonedx_vex_read(struct json document, struct arena *arena, struct cyclonedx_vex *out,
                        struct err *err)
{
    struct json metadata = json_get(document, "metadata"), item,
                author = json_at(json_get(metadata, "authors"), 0),
                supplier = json_get(metadata, "supplier");
    struct cyclonedx_vex read = { .serial = text_of(document, "serialNumber"),
                                  .author = text_of(author.value ? author : supplier, "name"),
                                  .subject = component_of(json_get(metadata, "component")) };
    struct reader r = { .arena = arena, .out = &read };

    if (!str_eq_z(text_of(document, "bomFormat"), "CycloneDX"))
        return FAIL(err, VEX, STR("bomFormat"));
    if (!read_time(metadata, "timestamp", &read.timestamp, err))
        return PASS(err);
    read_components(&r, json_get(document, "components"));
    for (struct json_iter i = json_iter(json_get(document, "vulnerabilities"));
         json_next(&i, NULL, &item);) {
        struct cyclonedx_vulnerability vulnerability = { 0 };

        if (read.vulnerabilities.len == CYCLONEDX_VULNERABILITIES_MAX)
            return FAIL(err, TOO_LARGE, STR("vulnerabilities"));
        if (!read_vulnerability(&r, item, &vulnerability, err))
            return PASS(err);
        VEC_PUSH(arena, &read.vulnerabilities, vulnerability);
    }
    if (read.vulnerabilities.len == 0)
        return FAIL(err, VEX, STR("vulnerabilities"));
    *out = read;
    return true;
}

/* ---- writing ---- */

static void put_time(struct json_writer *w, const char *key, struct utc t)
{
    if (t.ms != 0)
        json_pair(w, key, utc_iso(w->buf->arena, t));
}

static void put_component(struct json_writer *w, const struct cyclonedx_vex_component *component)
{
    json_object_begin(w);
    json_pair(w, "type", component->type);
    json_pair(w, "bom-ref", component->ref);
    json_pair(w, "group", component->group);
    json_pair(w, "name", component->name);
    json_pair(w, "version", component->version);
    json_pair(w, "cpe", component->cpe);
    json_pair(w, "purl", component->purl);
    json_object_end(w);
}

static void put_metadata(struct json_writer *w, const struct cyclonedx_vex *vex)
{
    struct cyclonedx_vex_component tool = { .type = STR("application"),
                                            .name = vex->tool,
                                            .version = vex->tool_version };

    json_key(w, "metadata");
    json_object_begin(w);
    put_time(w, "timestamp", vex->timestamp);
    if (vex->tool.len > 0) {
        json_key(w, "tools");
        json_object_begin(w);
        json_key(w, "components");
        json_array_begin(w);
        put_component(w, &tool);
        json_array_end(w);
        json_object_end(w);
    }
    if (vex->author.len > 0) {
        json_key(w, "authors");
        json_array_begin(w);
        json_object_begin(w);
        json_pair(w, "name", vex->author);
        json_object_end(w);
        json_array_end(w);
    }
    if (vex->subject.name.len > 0) {
        json_key(w, "component");
        put_component(w, &vex->subject);
    }
    json_object_end(w);
}

static void put_rating(struct json_writer *w, const struct cyclonedx_rating *rating)
{
    json_object_begin(w);
    if (rating->source.len > 0) {
        json_key(w, "source");
        json_object_begin(w);
        json_pair(w, "name", rating->source);
        json_object_end(w);
    }
    if (rating->tenths >= 0) {
        json_key(w, "score");
        json_put_tenths(w, rating->tenths);
    }
    json_pair(w, "severity", rating->severity);
    json_pair(w, "method", rating->method);
    json_pair(w, "vector", rating->vector);
    json_object_end(w);
}

/* An id needs a source in references (its schema): the one the vulnerability has. */
static void put_references(struct json_writer *w, const struct cyclonedx_vulnerability *v)
{
    if (v->aliases.len == 0)
        return;
    json_key(w, "references");
    json_array_begin(w);
    for (size_t i = 0; i < v->aliases.len; i++) {
        json_object_begin(w);
        json_pair(w, "id", v->aliases.at[i]);
        json_key(w, "source");
        json_object_begin(w);
        json_pair(w, "name", v->source_name);
        json_object_end(w);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_texts(struct json_writer *w, const char *key, const char *member,
                      const struct cyclonedx_texts *texts)
{
    if (texts->len == 0)
        return;
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < texts->len; i++) {
        if (!member) {
            json_put_text(w, texts->at[i]);
            continue;
        }
        json_object_begin(w);
        json_pair(w, member, texts->at[i]);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_analysis(struct json_writer *w, const struct cyclonedx_vulnerability *v)
{
    if (v->state == CYCLONEDX_UNSAID && v->analysis.len == 0)
        return;
    json_key(w, "analysis");
    json_object_begin(w);
    json_pair(w, "state", state_words[v->state]);
    json_pair(w, "justification", v->justification);
    put_texts(w, "response", NULL, &v->responses);
    json_pair(w, "detail", v->analysis);
    put_time(w, "lastUpdated", v->analysed);
    json_object_end(w);
}

/* What has the same ref stands beside each other. */
static void put_affects(struct json_writer *w, const struct cyclonedx_vulnerability *v)
{
    if (v->affects.len == 0)
        return;
    json_key(w, "affects");
    json_array_begin(w);
    for (size_t i = 0; i < v->affects.len;) {
        struct str ref = v->affects.at[i].ref;

        json_object_begin(w);
        json_pair(w, "ref", ref);
        if (v->affects.at[i].version.len > 0 || v->affects.at[i].range.len > 0) {
            json_key(w, "versions");
            json_array_begin(w);
            for (; i < v->affects.len && str_eq(v->affects.at[i].ref, ref); i++) {
                json_object_begin(w);
                json_pair(w, "version", v->affects.at[i].version);
                json_pair(w, "range", v->affects.at[i].range);
                json_pair(w, "status", v->affects.at[i].status);
                json_object_end(w);
            }
            json_array_end(w);
        } else {
            i++;
        }
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_vulnerability(struct json_writer *w, const struct cyclonedx_vulnerability *v)
{
    json_object_begin(w);
    json_pair(w, "id", v->id);
    if (v->source_name.len > 0) {
        json_key(w, "source");
        json_object_begin(w);
        json_pair(w, "name", v->source_name);
        json_pair(w, "url", v->source_url);
        json_object_end(w);
    }
    put_references(w, v);
    if (v->ratings.len > 0) {
        json_key(w, "ratings");
        json_array_begin(w);
        for (size_t i = 0; i < v->ratings.len; i++)
            put_rating(w, &v->ratings.at[i]);
        json_array_end(w);
    }
    if (v->cwes.len > 0) {
        json_key(w, "cwes");
        json_array_begin(w);
        for (size_t i = 0; i < v->cwes.len; i++)
            json_put_int(w, v->cwes.at[i]);
        json_array_end(w);
    }
    json_pair(w, "description", v->description);
    json_pair(w, "detail", v->detail);
    json_pair(w, "recommendation", v->recommendation);
    put_texts(w, "advisories", "url", &v->advisories);
    put_time(w, "published", v->published);
    put_time(w, "updated", v->updated);
    put_analysis(w, v);
    put_affects(w, v);
    json_object_end(w);
}

void cyclonedx_vex_write(const struct cyclonedx_vex *vex, struct buf *buf)
{
    struct json_writer w = json_writer_new(buf, true);

    json_object_begin(&w);
    json_pair(&w, "$schema", STR("http://cyclonedx.org/schema/bom-1.6.schema.json"));
    json_pair(&w, "bomFormat", STR("CycloneDX"));
    json_pair(&w, "specVersion", STR("1.6"));
    json_pair(&w, "serialNumber", vex->serial);
    json_key(&w, "version");
    json_put_int(&w, 1);
    put_metadata(&w, vex);
    json_key(&w, "components");
    json_array_begin(&w);
    for (size_t i = 0; i < vex->components.len; i++)
        put_component(&w, &vex->components.at[i]);
    json_array_end(&w);
    json_key(&w, "vulnerabilities");
    json_array_begin(&w);
    for (size_t i = 0; i < vex->vulnerabilities.len; i++)
        put_vulnerability(&w, &vex->vulnerabilities.at[i]);
    json_array_end(&w);
    json_object_end(&w);
    buf_byte(buf, '\n');
}
