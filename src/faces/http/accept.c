#include "faces/http/accept.h"

int accept_weight(struct str parameters)
{
    struct str part;
    int weight = 1000;

    while (parameters.len > 0 && str_split(&parameters, ';', &part)) {
        int unit = 100;

        part = str_trim(part);
        if (!str_skip(&part, STR("q=")))
            continue;
        weight = part.len > 0 && part.ptr[0] == '1' ? 1000 : 0;
        for (size_t i = 2; i < part.len && unit > 0 && weight < 1000; i++, unit /= 10)
            weight += part.ptr[i] >= '0' && part.ptr[i] <= '9' ? (part.ptr[i] - '0') * unit : 0;
    }
    return weight;
}

/* The first part of a language's tag: "en" of "en-GB". */
static struct str language_of(struct str range) { return str_take(range, str_index(range, '-')); }

void accept_language(struct request *req)
{
    struct str rest = request_header(req, "Accept-Language"), range;
    int most = 0;

    if (req->base.len > 0)
        return;
    while (rest.len > 0 && str_split(&rest, ',', &range)) {
        size_t at = str_index(range, ';');
        struct str tag = language_of(str_trim(str_take(range, at)));
        int weight = accept_weight(str_drop(range, at + 1));

        if (weight <= most || !(str_eq_nocase(tag, STR("ja")) || str_eq_nocase(tag, STR("en"))))
            continue;
        req->lang = str_eq_nocase(tag, STR("en")) ? LANG_EN : LANG_JA;
        most = weight;
    }
}
