/* MyJVN and JVN's feed files in the description of the interfaces. */
#include "faces/api/describe_internal.h"
#include "faces/api/myjvn/parameters.h"

#define XML_TYPE "text/xml"

/* "The first that is given, from 1. Of getVendorList, getProductList." */
static struct str words_of(const struct myjvn_parameter *parameter, struct arena *arena)
{
    struct buf buf = buf_new(arena, 1024);
    const char *between = ". Of ";

    buf_add_z(&buf, parameter->meaning);
    if (parameter->methods != UINT32_MAX) {
        for (int i = 0; i < METHOD_LEGACY; i++) {
            if (!(parameter->methods & (1u << i)))
                continue;
            buf_add_z(&buf, between);
            buf_add(&buf, myjvn_method_name((enum myjvn_method)i));
            between = ", ";
        }
    }
    buf_byte(&buf, '.');
    return buf_str(&buf);
}

static const char *type_of(const struct myjvn_parameter *parameter)
{
    return parameter->is_number ? "integer" : "string";
}

static void put_query(struct json_writer *w)
{
    const struct myjvn_parameter *parameter = NULL;

    json_key(w, "parameters");
    json_array_begin(w);
    while ((parameter = myjvn_parameter_next(parameter)) != NULL)
        if (parameter->methods != 0)
            describe_parameter(w, parameter->name, "query", type_of(parameter),
                               words_of(parameter, w->buf->arena));
    json_array_end(w);
}

static void put_form(struct json_writer *w)
{
    const struct myjvn_parameter *parameter = NULL;

    describe_begin(w, "requestBody");
    describe_begin(w, "content");
    describe_begin(w, "application/x-www-form-urlencoded");
    describe_begin(w, "schema");
    json_pair(w, "type", STR("object"));
    describe_begin(w, "properties");
    while ((parameter = myjvn_parameter_next(parameter)) != NULL) {
        if (parameter->methods == 0)
            continue;
        describe_begin(w, parameter->name);
        json_pair(w, "type", str_from_z(type_of(parameter)));
        json_pair(w, "description", words_of(parameter, w->buf->arena));
        json_object_end(w);
    }
    for (int i = 0; i < 5; i++)
        json_object_end(w);
}

void describe_myjvn(struct json_writer *w, const struct route *route)
{
    (route->method == METHOD_POST ? put_form : put_query)(w);
    describe_begin(w, "responses");
    describe_answer(
        w, "200",
        "What was asked for, or retCd=\"1\" with the code and the words of what is wrong; in JSON for getAlertList with ft=json.",
        XML_TYPE, "Text");
    describe_limits(w);
    json_object_end(w);
}

void describe_myjvn_file(struct json_writer *w, const struct route *route)
{
    describe_path_parameters(w, route);
    describe_begin(w, "responses");
    describe_answer(w, "200", "The file.", XML_TYPE, "Text");
    describe_answer(w, "404", "There is no such file.", "application/problem+json", "Problem");
    describe_limits(w);
    json_object_end(w);
}

/* What getVulnOverviewList chooses by; the pages and the language are the feed's own. */
static bool is_choice(const struct myjvn_parameter *parameter)
{
    return (parameter->methods & (1u << METHOD_OVERVIEW)) &&
           !(parameter->methods & (1u << METHOD_DETAIL));
}

void describe_myjvn_search(struct json_writer *w, const struct route *route)
{
    const struct myjvn_parameter *parameter = NULL;

    (void)route;
    json_key(w, "parameters");
    json_array_begin(w);
    while ((parameter = myjvn_parameter_next(parameter)) != NULL)
        if (is_choice(parameter))
            describe_parameter(w, parameter->name, "query", type_of(parameter),
                               str_from_z(parameter->meaning));
    json_array_end(w);
    describe_begin(w, "responses");
    describe_answer(w, "200", "The feed.", XML_TYPE, "Text");
    describe_answer(w, "400", "A parameter is wrong.", "application/problem+json", "Problem");
    describe_limits(w);
    json_object_end(w);
}

static void put_leading(struct json_writer *w)
{
    describe_begin(w, "responses");
    describe_begin(w, "303");
    json_pair(w, "description", STR("Location is the address of the record, or of the search."));
    json_object_end(w);
    describe_limits(w);
    json_object_end(w);
}

void describe_cve_search(struct json_writer *w, const struct route *route)
{
    json_key(w, "parameters");
    json_array_begin(w);
    if (route->method == METHOD_GET)
        describe_parameter(w, "cveId", "query", "string", STR("A CVE."));
    json_array_end(w);
    put_leading(w);
}

void describe_contents(struct json_writer *w, const struct route *route)
{
    describe_path_parameters(w, route);
    put_leading(w);
}
