#include "faces/desk/feeds/words.h"

#include "base/err.h"

/* What fetching (outside/fetch) and reading (faces/cli/import) say; "{value}": whatever stands there. */
static const char *const sentences[] = {
    N_("it is larger than this feed may be"),
    N_("it cannot be written here"),
    N_("the server answered {value}"),
    N_("its file of checksums does not name it"),
    N_("its checksum is another one"),
    N_("out of memory"),
    N_("its format is not known"),
    N_("its reader ended before its time"),
    N_("it takes too long"),
    N_("it is empty"),
    N_("it is not UTF-8"),
    N_("its rows cannot be read"),
    N_("a row that cannot be used"),
    N_("not as many cells as columns"),
    N_("what stands there is no text that could be shown"),
    /* of the library that fetches */
    N_("Could not resolve hostname"),
    N_("Could not connect to server"),
    N_("Timeout was reached"),
    N_("SSL peer certificate or SSH remote key was not OK"),
    N_("SSL connect error"),
    N_("Failure when receiving data from the peer"),
    N_("Transferred a partial file"),
    N_("Number of redirects hit maximum amount"),
};

/* Is text the sentence, with *value where its place is? */
static bool fits(struct str text, struct str sentence, struct str place, struct str *value)
{
    size_t at = str_index_str(sentence, place);
    struct str end = str_drop(sentence, at + place.len);

    if (at == sentence.len)
        return str_eq(text, sentence);
    if (!str_skip(&text, str_take(sentence, at)) || !str_ends(text, end))
        return false;
    *value = str_take(text, text.len - end.len);
    return true;
}

/* "TOO_LARGE: memory", as a failure that nobody put into words is kept. */
static bool is_error(struct str text, enum err_code *code, struct str *subject)
{
    size_t at = str_index_str(text, STR(": "));

    for (int i = ERR_NONE + 1; i < ERR_COUNT; i++) {
        if (!str_eq_z(str_take(text, at), err_name((enum err_code)i)))
            continue;
        *code = (enum err_code)i;
        *subject = str_drop(text, at + 2);
        return true;
    }
    return false;
}

struct str kept_words(struct arena *arena, enum lang lang, struct str text)
{
    struct str value = STR_NONE;
    enum err_code code;

    for (size_t i = 0; i < COUNT(sentences); i++)
        if (fits(text, str_from_z(sentences[i]), STR("{value}"), &value))
            return tr_fill(arena, lang, sentences[i], TR_ARGS({ "value", value }));
    if (is_error(text, &code, &value))
        return tr_fill(arena, lang, err_words(code), TR_ARGS({ "subject", value }));
    for (int i = ERR_NONE + 1; i < ERR_COUNT; i++) {
        const char *words = err_words((enum err_code)i);

        if (words[0] != '{' && fits(text, str_from_z(words), STR("{subject}"), &value))
            return tr_fill(arena, lang, words, TR_ARGS({ "subject", value }));
    }
    return text;
}
