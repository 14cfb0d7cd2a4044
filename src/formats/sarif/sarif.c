#include "formats/sarif/sarif.h"

#include "base/ascii.h"
#include "formats/json/json.h"

static const struct str levels[] = {
    [SARIF_NONE] = STR_INIT("none"),
    [SARIF_NOTE] = STR_INIT("note"),
    [SARIF_WARNING] = STR_INIT("warning"),
    [SARIF_ERROR] = STR_INIT("error"),
};

static void begin(struct json_writer *w, const char *key)
{
    json_key(w, key);
    json_object_begin(w);
}

/* A message string object (section 3.11). */
static void put_message(struct json_writer *w, const char *key, struct str text)
{
    if (text.len == 0)
        return;
    begin(w, key);
    json_pair(w, "text", text);
    json_object_end(w);
}

static void put_texts(struct json_writer *w, const char *key, const struct sarif_texts *texts)
{
    if (texts->len == 0)
        return;
    json_key(w, key);
    json_array_begin(w);
    for (size_t i = 0; i < texts->len; i++)
        json_put_text(w, texts->at[i]);
    json_array_end(w);
}

static bool is_of(char c, const char *marks)
{
    return ascii_is_alnum(c) || (c != '\0' && strchr(marks, c));
}

/* With a scheme, of the characters that RFC 3986 knows: helpUri takes no other (section 3.49.12), and sources write some that are none. */
static bool is_uri(struct str text)
{
    size_t colon = str_index(text, ':');

    if (colon == 0 || colon == text.len || !ascii_is_letter(text.ptr[0]))
        return false;
    for (size_t i = 0; i < colon; i++) {
        if (!is_of(text.ptr[i], "+-."))
            return false;
    }
    for (size_t i = colon; i < text.len; i++) {
        if (text.ptr[i] == '%' ? text.len - i < 3 || !ascii_is_hex(text.ptr[i + 1]) ||
                                     !ascii_is_hex(text.ptr[i + 2])
                               : !is_of(text.ptr[i], "-._~:/?#@!$&'()*+,;="))
            return false;
    }
    return true;
}

static void put_rule(struct json_writer *w, const struct sarif_rule *rule)
{
    json_object_begin(w);
    json_pair(w, "id", rule->id);
    json_pair(w, "name", rule->name);
    put_message(w, "shortDescription", rule->short_text);
    put_message(w, "fullDescription", rule->full_text);
    json_pair(w, "helpUri", is_uri(rule->help_url) ? rule->help_url : STR_NONE);
    put_message(w, "help", rule->help);
    begin(w, "defaultConfiguration");
    json_pair(w, "level", levels[rule->level]);
    json_object_end(w);
    begin(w, "properties");
    json_pair(w, "security-severity", rule->security_severity);
    put_texts(w, "tags", &rule->tags);
    json_object_end(w);
    json_object_end(w);
}

/* A path as a relative reference: what RFC 3986 does not leave alone in a path is percent-encoded, and so is a ':' (it would end a scheme). */
static struct str uri_of(struct str path, struct arena *arena)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf buf = buf_new(arena, path.len * 3 + 8);

    if (path.len > 0 && path.ptr[0] == '/')
        buf_add(&buf, STR("file://"));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];

        if (is_of((char)c, "-._~/+@,=!$&'()*;")) {
            buf_byte(&buf, (char)c);
        } else {
            buf_byte(&buf, '%');
            buf_byte(&buf, hex[c >> 4]);
            buf_byte(&buf, hex[c & 15]);
        }
    }
    return buf_str(&buf);
}

/* Code hosts show nothing without a region, so the first line stands for the whole. */
static void put_physical_location(struct json_writer *w, const struct sarif_result *result)
{
    begin(w, "physicalLocation");
    begin(w, "artifactLocation");
    json_pair(w, "uri", uri_of(result->path, w->buf->arena));
    json_object_end(w);
    begin(w, "region");
    json_key(w, "startLine");
    json_put_int(w, result->line > 0 ? (int64_t)result->line : 1);
    json_object_end(w);
    json_object_end(w);
}

static void put_location(struct json_writer *w, const struct sarif_result *result)
{
    json_key(w, "locations");
    json_array_begin(w);
    json_object_begin(w);
    if (result->path.len > 0)
        put_physical_location(w, result);
    if (result->part.len > 0) {
        json_key(w, "logicalLocations");
        json_array_begin(w);
        json_object_begin(w);
        json_pair(w, "fullyQualifiedName", result->part);
        json_pair(w, "kind", STR("module"));
        json_object_end(w);
        json_array_end(w);
    }
    json_object_end(w);
    json_array_end(w);
}

/* An empty list says "looked at, not suppressed" (section 3.27.23). */
static void put_suppressions(struct json_writer *w, const struct sarif_suppression *suppression)
{
    json_key(w, "suppressions");
    json_array_begin(w);
    if (suppression->justification.len > 0) {
        json_object_begin(w);
        json_pair(w, "kind", STR("external"));
        json_pair(w, "status", suppression->is_under_review ? STR("underReview") : STR("accepted"));
        json_pair(w, "justification", suppression->justification);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_result(struct json_writer *w, const struct sarif *sarif,
                       const struct sarif_result *result)
{
    json_object_begin(w);
    json_pair(w, "ruleId", sarif->rules.at[result->rule].id);
    json_key(w, "ruleIndex");
    json_put_int(w, (int64_t)result->rule);
    json_pair(w, "level", levels[result->level]);
    put_message(w, "message", result->message);
    put_location(w, result);
    begin(w, "partialFingerprints");
    json_pair(w, "noroshiFinding/v1", result->fingerprint);
    json_object_end(w);
    put_suppressions(w, &result->suppression);
    begin(w, "properties");
    for (size_t i = 0; i < result->properties.len; i++)
        json_pair(w, result->properties.at[i].name, result->properties.at[i].value);
    json_object_end(w);
    json_object_end(w);
}

static void put_tool(struct json_writer *w, const struct sarif *sarif)
{
    begin(w, "tool");
    begin(w, "driver");
    json_pair(w, "name", sarif->tool);
    json_pair(w, "version", sarif->version);
    json_pair(w, "informationUri", sarif->url);
    json_key(w, "rules");
    json_array_begin(w);
    for (size_t i = 0; i < sarif->rules.len; i++)
        put_rule(w, &sarif->rules.at[i]);
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}

void sarif_write(const struct sarif *sarif, struct buf *buf)
{
    struct json_writer w = json_writer_new(buf, true);

    json_object_begin(&w);
    json_pair(&w, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
    json_pair(&w, "version", STR("2.1.0"));
    json_key(&w, "runs");
    json_array_begin(&w);
    json_object_begin(&w);
    put_tool(&w, sarif);
    json_pair(&w, "columnKind", STR("unicodeCodePoints"));
    if (sarif->ended.ms != 0) {
        json_key(&w, "invocations");
        json_array_begin(&w);
        json_object_begin(&w);
        json_key(&w, "executionSuccessful");
        json_put_bool(&w, true);
        json_pair(&w, "endTimeUtc", utc_iso(buf->arena, sarif->ended));
        json_object_end(&w);
        json_array_end(&w);
    }
    json_key(&w, "results");
    json_array_begin(&w);
    for (size_t i = 0; i < sarif->results.len; i++)
        put_result(&w, sarif, &sarif->results.at[i]);
    json_array_end(&w);
    json_object_end(&w);
    json_array_end(&w);
    json_object_end(&w);
    buf_byte(buf, '\n');
}
