#include "domain/access/password.h"

#include "base/fold.h"
#include "base/tr.h"
#include <string.h>

enum { ABOUT_MIN = 4, PARTS_MAX = 4 };

/* What the lists of leaked passwords are made of. A password that is nothing but these, however many digits and signs are
 * hung on and whichever letters are written as digits, is as good as on the list. Longer ones first where one begins another. */
static const char *const common[] = {
    "password",
    "passwort",
    "passphrase",
    "passwd",
    "pass",
    "word",
    "qwertyuiop",
    "qwertyui",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfghjkl",
    "asdfgh",
    "asdf",
    "zxcvbnm",
    "zxcvbn",
    "zxcv",
    "qazwsxedc",
    "qazwsx",
    "qaz",
    "wsx",
    "edc",
    "abcdefgh",
    "abcdef",
    "abcd",
    "abc",
    "iloveyou",
    "ilove",
    "love",
    "you",
    "letmein",
    "welcome",
    "administrator",
    "admin",
    "root",
    "user",
    "guest",
    "login",
    "logon",
    "master",
    "manager",
    "system",
    "server",
    "default",
    "changeme",
    "change",
    "test",
    "testing",
    "tester",
    "demo",
    "sample",
    "temp",
    "secret",
    "security",
    "secure",
    "private",
    "access",
    "account",
    "computer",
    "internet",
    "network",
    "oracle",
    "database",
    "windows",
    "linux",
    "ubuntu",
    "debian",
    "cisco",
    "google",
    "microsoft",
    "facebook",
    "twitter",
    "samsung",
    "apple",
    "android",
    "iphone",
    "amazon",
    "yahoo",
    "hello",
    "world",
    "goodbye",
    "monkey",
    "dragon",
    "tiger",
    "lion",
    "eagle",
    "falcon",
    "shadow",
    "sunshine",
    "princess",
    "prince",
    "football",
    "baseball",
    "basketball",
    "soccer",
    "hockey",
    "superman",
    "batman",
    "spiderman",
    "pokemon",
    "pikachu",
    "naruto",
    "starwars",
    "starwar",
    "matrix",
    "ninja",
    "samurai",
    "trustno",
    "whatever",
    "nothing",
    "freedom",
    "forever",
    "flower",
    "summer",
    "winter",
    "spring",
    "autumn",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "michael",
    "jennifer",
    "jessica",
    "jordan",
    "daniel",
    "thomas",
    "robert",
    "andrew",
    "charlie",
    "george",
    "ashley",
    "anthony",
    "joshua",
    "matthew",
    "nicole",
    "michelle",
    "maggie",
    "ginger",
    "pepper",
    "cookie",
    "cheese",
    "chocolate",
    "banana",
    "orange",
    "purple",
    "yellow",
    "green",
    "black",
    "white",
    "silver",
    "golden",
    "diamond",
    "killer",
    "hunter",
    "ranger",
    "buster",
    "harley",
    "mustang",
    "ferrari",
    "porsche",
    "mercedes",
    "corvette",
    "toyota",
    "honda",
    "nissan",
    "yamaha",
    "suzuki",
    "mazda",
    "liverpool",
    "arsenal",
    "chelsea",
    "barcelona",
    "london",
    "paris",
    "berlin",
    "tokyo",
    "osaka",
    "kyoto",
    "yokohama",
    "nagoya",
    "sapporo",
    "fukuoka",
    "japan",
    "nippon",
    "nihon",
    "sakura",
    "takashi",
    "hiroshi",
    "kenji",
    "akira",
    "yuki",
    "haruka",
    "aiueo",
    "arigatou",
    "arigato",
    "konnichiwa",
    "konnichi",
    "ohayou",
    "sayonara",
    "daisuki",
    "aishiteru",
    "himitsu",
    "tanaka",
    "suzuki",
    "satou",
    "sato",
    "takahashi",
    "watanabe",
    "yamamoto",
    "nakamura",
    "kobayashi",
    "doraemon",
    "hello",
    "kitty",
    "company",
    "office",
    "business",
    "service",
    "support",
    "project",
    "develop",
    "developer",
    "vulnerability",
    "vulnerable",
    "exploit",
    "hacker",
    "hack",
    "cyber",
    "incident",
    "response",
    "noroshi",
    "coordination",
    "coordinator",
    "receiving",
    "correct",
    "horse",
    "battery",
    "staple",
    "the",
    "and",
    "my",
    "is",
    "a",
    "i",
};

/* Digits and signs as people use them for letters. */
static char plain_letter(char c)
{
    static const char from[] = "01345789@$!|+", to[] = "oleastbgasilt";
    const char *at = c ? strchr(from, c) : NULL;

    return at ? to[at - from] : c;
}

static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* Letters alone, with digits read as letters or left out. */
static struct str letters_of(struct str text, bool read_digits, struct arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = read_digits ? plain_letter(text.ptr[i]) : text.ptr[i];

        if (is_letter(c))
            out[len++] = c;
        else if ((unsigned char)c >= 0x80)
            return STR_NONE; /* other scripts are not on the list */
    }
    return (struct str){ out, len };
}

/* Nothing but common words, at most `parts` of them. */
static bool is_common_words(struct str letters,
                            int parts) /* NOLINT(misc-no-recursion): not deeper than parts */
{
    if (letters.len == 0)
        return true;
    if (parts == 0)
        return false;
    for (size_t i = 0; i < COUNT(common); i++) {
        struct str word = str_from_z(common[i]);

        if (str_starts(letters, word) && is_common_words(str_drop(letters, word.len), parts - 1))
            return true;
    }
    return false;
}

/* A short piece again and again: "abababababab", "111111111111", "qwe123qwe123". */
static bool is_repetition(struct str text)
{
    for (size_t unit = 1; unit <= 6 && unit * 2 <= text.len; unit++) {
        size_t i = unit;

        while (i < text.len && text.ptr[i] == text.ptr[i - unit])
            i++;
        if (i == text.len)
            return true;
    }
    return false;
}

/* Nothing but runs up or down the alphabet, the digits or the keyboard, of at least four each. */
static bool is_run(struct str text)
{
    static const char *const lines[] = {
        "abcdefghijklmnopqrstuvwxyz",  "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "zyxwvutsrqponmlkjihgfedcba",  "98765432109876543210", "poiuytrewq", "lkjhgfdsa", "mnbvcxz",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm"
    };

    while (text.len > 0) {
        size_t best = 0;

        for (size_t i = 0; i < COUNT(lines); i++) {
            struct str line = str_from_z(lines[i]);
            size_t n = text.len < line.len ? text.len : line.len;

            while (n > best && !str_contains(line, str_take(text, n)))
                n--;
            if (n > best)
                best = n;
        }
        if (best < 4 && best < text.len)
            return false;
        text = str_drop(text, best);
    }
    return true;
}

/* Without what is hung on before and behind: "!!password2026" is "password". */
static struct str without_hangings(struct str text)
{
    while (text.len > 0 && !is_letter(text.ptr[0]) && (unsigned char)text.ptr[0] < 0x80)
        text = str_drop(text, 1);
    while (text.len > 0 && !is_letter(text.ptr[text.len - 1]) &&
           (unsigned char)text.ptr[text.len - 1] < 0x80)
        text = str_take(text, text.len - 1);
    return text;
}

static bool is_common(struct str folded, struct arena *arena)
{
    struct str letters = letters_of(folded, false, arena);
    struct str read = letters_of(without_hangings(folded), true, arena);
    bool of_words =
        (letters.len > 0 && letters.len * 2 >= folded.len && is_common_words(letters, PARTS_MAX)) ||
        (read.len > 0 && read.len * 2 >= folded.len && is_common_words(read, PARTS_MAX));

    return of_words || is_repetition(folded) || is_run(folded);
}

const char *password_fault(struct str password, const struct str *about, size_t count,
                           struct arena *arena)
{
    struct str folded;

    if (!str_is_utf8(password) || password.len > PASSWORD_MAX)
        return N_("This password is too long or holds characters that cannot be used.");
    if (str_code_points(password) < PASSWORD_MIN)
        return N_(
            "Please use at least 12 characters; a sentence of several words is easy to remember.");
    folded = fold(arena, password);
    if (is_common(folded, arena))
        return N_(
            "This password is among the most common ones. Please choose one that nobody else would think of.");
    if (str_contains(folded, STR("noroshi")))
        return N_("Please do not use the name of this service in the password.");
    for (size_t i = 0; i < count; i++) {
        struct str rest = fold(arena, about[i]), word;

        while (rest.len > 0 && str_split(&rest, ' ', &word)) {
            bool is_long =
                word.len >= ABOUT_MIN &&
                str_code_points(word) >= ((unsigned char)word.ptr[0] < 0x80 ? ABOUT_MIN : 2);

            if (is_long && str_contains(folded, word))
                return N_(
                    "Please do not use your name, your mail address or your organisation's name in the password.");
        }
    }
    return NULL;
}
