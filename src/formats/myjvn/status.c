#include "formats/myjvn/myjvn_internal.h"

static struct str number(struct arena *arena, int64_t n)
{
    return n < 0 ? STR_NONE : arena_printf(arena, "%lld", (long long)n);
}

static struct str version_of(const struct myjvn_status *status)
{
    return status->version == MYJVN_ITM ? STR("3.2") : STR("3.3");
}

void myjvn_each_member(const struct myjvn_status *status,
                       void (*put)(void *context, const char *name, struct str value),
                       void *context, struct arena *arena)
{
    put(context, "version", version_of(status));
    put(context, "method", status->method);
    if (!str_is_empty(status->lang))
        put(context, "lang", status->lang);
    put(context, "retCd", str_is_empty(status->error) ? STR("0") : STR("1"));
    put(context, "retMax", number(arena, status->max));
    if (status->largest >= 0)
        put(context, "retMaxCnt", number(arena, status->largest));
    put(context, "errCd", status->error);
    put(context, "errMsg", status->message);
    put(context, "totalRes", number(arena, status->total));
    put(context, "totalResRet", number(arena, status->returned));
    put(context, "firstRes", number(arena, status->first));
    if (!str_is_empty(status->feed))
        put(context, "feed", status->feed);
    if (status->is_file)
        put(context, "lt", STR("1"));
    for (size_t i = 0; i < status->echoes.len; i++)
        put(context, arena_z(arena, status->echoes.at[i].name), status->echoes.at[i].value);
}

static void put_attribute(void *context, const char *name, struct str value)
{
    xml_attr(context, name, value);
}

void myjvn_put_status(struct xml_writer *w, const struct myjvn_status *status)
{
    xml_begin(w, "status:Status");
    myjvn_each_member(status, put_attribute, w, w->buf->arena);
    xml_end(w);
}

void myjvn_begin_result(struct xml_writer *w, const struct myjvn_status *status, bool is_statistics)
{
    xml_declaration(w);
    xml_begin(w, "Result");
    xml_attr(w, "version", version_of(status));
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xmlns", STR("http://jvndb.jvn.jp/myjvn/Results"));
    xml_attr(w, "xmlns:mjres", STR("http://jvndb.jvn.jp/myjvn/Results"));
    if (is_statistics)
        xml_attr(w, "xmlns:mjstat", STR("http://jvndb.jvn.jp/myjvn/Statistics"));
    xml_attr(w, "xmlns:status", STR("http://jvndb.jvn.jp/myjvn/Status"));
    xml_attr(w, "xsi:schemaLocation",
             STR("http://jvndb.jvn.jp/myjvn/Results https://jvndb.jvn.jp/schema/results_3.3.xsd"));
}
