#include "formats/version/version.h"
#include "formats/version/version_internal.h"

/* No byte of a text makes more than five of a key, but for a few at its end: a gem's hyphen is a ".pre.". */
enum { KEY_ROOM = 6 * VERSION_TEXT_MAX };

/* clang-format off */
static const struct {
    struct str name;
    bool (*write)(struct str text, struct key *key);
} rules[VERSION_SCHEMES] = {
    [VERSION_GENERIC]       = { STR_INIT("generic"),      version_write_generic },
    [VERSION_SEMVER]        = { STR_INIT("semver"),       version_write_semver },
    [VERSION_NPM]           = { STR_INIT("npm"),          version_write_npm },
    [VERSION_PYPI]          = { STR_INIT("pypi"),         version_write_pypi },
    [VERSION_MAVEN]         = { STR_INIT("maven"),        version_write_maven },
    [VERSION_GEM]           = { STR_INIT("gem"),          version_write_gem },
    [VERSION_GOLANG]        = { STR_INIT("golang"),       version_write_golang },
    [VERSION_NUGET]         = { STR_INIT("nuget"),        version_write_nuget },
    [VERSION_COMPOSER]      = { STR_INIT("composer"),     version_write_composer },
    [VERSION_CARGO]         = { STR_INIT("cargo"),        version_write_semver },
    [VERSION_HEX]           = { STR_INIT("hex"),          version_write_semver },
    [VERSION_PUB]           = { STR_INIT("pub"),          version_write_pub },
    [VERSION_DEB]           = { STR_INIT("deb"),          version_write_deb },
    [VERSION_RPM]           = { STR_INIT("rpm"),          version_write_rpm },
    [VERSION_APK]           = { STR_INIT("apk"),          version_write_apk },
    [VERSION_ALPM]          = { STR_INIT("alpm"),         version_write_alpm },
    [VERSION_GENTOO]        = { STR_INIT("gentoo"),       version_write_gentoo },
    [VERSION_CRAN]          = { STR_INIT("cran"),         version_write_cran },
    [VERSION_HACKAGE]       = { STR_INIT("hackage"),      version_write_hackage },
    [VERSION_CONAN]         = { STR_INIT("conan"),        version_write_conan },
    [VERSION_OPENSSL]       = { STR_INIT("openssl"),      version_write_openssl },
    [VERSION_DATETIME]      = { STR_INIT("datetime"),     version_write_datetime },
    [VERSION_LEXICOGRAPHIC] = { STR_INIT("lexicographic"),version_write_lexicographic },
};

/* Other words for a scheme: purl types, OSV's ecosystems, CVE's versionType. */
static const struct {
    struct str word;
    enum version_scheme scheme;
} words[] = {
    { STR_INIT("custom"),       VERSION_GENERIC },  { STR_INIT("swift"),         VERSION_SEMVER },
    { STR_INIT("SwiftURL"),     VERSION_SEMVER },   { STR_INIT("Bitnami"),       VERSION_SEMVER },
    { STR_INIT("Julia"),        VERSION_SEMVER },   { STR_INIT("GitHub Actions"),VERSION_SEMVER },
    { STR_INIT("nginx"),        VERSION_SEMVER },   { STR_INIT("intdot"),        VERSION_HACKAGE },
    { STR_INIT("python"),       VERSION_PYPI },     { STR_INIT("RubyGems"),      VERSION_GEM },
    { STR_INIT("Go"),           VERSION_GOLANG },   { STR_INIT("Packagist"),     VERSION_COMPOSER },
    { STR_INIT("Drupal"),       VERSION_COMPOSER }, { STR_INIT("crates.io"),     VERSION_CARGO },
    { STR_INIT("Debian"),       VERSION_DEB },      { STR_INIT("Ubuntu"),        VERSION_DEB },
    { STR_INIT("Echo"),         VERSION_DEB },      { STR_INIT("dpkg"),          VERSION_DEB },
    { STR_INIT("Red Hat"),      VERSION_RPM },      { STR_INIT("Rocky Linux"),   VERSION_RPM },
    { STR_INIT("AlmaLinux"),    VERSION_RPM },      { STR_INIT("SUSE"),          VERSION_RPM },
    { STR_INIT("openSUSE"),     VERSION_RPM },      { STR_INIT("Mageia"),        VERSION_RPM },
    { STR_INIT("openEuler"),    VERSION_RPM },      { STR_INIT("Photon OS"),     VERSION_RPM },
    { STR_INIT("Azure Linux"),  VERSION_RPM },      { STR_INIT("Amazon Linux"),  VERSION_RPM },
    { STR_INIT("Alpine"),       VERSION_APK },      { STR_INIT("Alpaquita"),     VERSION_APK },
    { STR_INIT("Wolfi"),        VERSION_APK },      { STR_INIT("Chainguard"),    VERSION_APK },
    { STR_INIT("MinimOS"),      VERSION_APK },      { STR_INIT("arch"),          VERSION_ALPM },
    { STR_INIT("archarm"),      VERSION_ALPM },     { STR_INIT("ebuild"),        VERSION_GENTOO },
    { STR_INIT("Bioconductor"), VERSION_CRAN },     { STR_INIT("GHC"),           VERSION_HACKAGE },
    { STR_INIT("ConanCenter"),  VERSION_CONAN },
};
/* clang-format on */

struct str version_scheme_name(enum version_scheme scheme) { return rules[scheme].name; }

bool version_scheme_from_name(struct str name, enum version_scheme *out)
{
    struct str family = str_take(name, str_index(name, ':')); /* "Debian:12" */

    for (size_t i = 0; i < VERSION_SCHEMES; i++) {
        if (!str_eq_nocase(family, rules[i].name))
            continue;
        *out = (enum version_scheme)i;
        return true;
    }
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_eq_nocase(family, words[i].word))
            continue;
        *out = words[i].scheme;
        return true;
    }
    return false;
}

static void write_key(enum version_scheme scheme, struct str text, struct key *key)
{
    struct str cut = str_take(text, VERSION_TEXT_MAX);

    if (rules[scheme].write(cut, key))
        return;
    key->len = 0;
    key->is_loose = true;
    key_byte(key, KEY_REFUSED);
    version_write_generic(cut, key);
}

static int compare_keys(const struct key *a, const struct key *b)
{
    int order = memcmp(a->at, b->at, a->len < b->len ? a->len : b->len);

    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* For texts whose keys are long; apart, so that the common case does not carry its stack. */
__attribute__((noinline)) static int compare_long(enum version_scheme scheme, struct str a,
                                                  struct str b)
{
    unsigned char room[2][KEY_ROOM];
    struct key key_a = { .at = room[0], .max = KEY_ROOM },
               key_b = { .at = room[1], .max = KEY_ROOM };

    write_key(scheme, a, &key_a);
    write_key(scheme, b, &key_b);
    return compare_keys(&key_a, &key_b);
}

int version_compare(enum version_scheme scheme, struct str a, struct str b)
{
    unsigned char room[2][VERSION_KEY_MAX];
    struct key key_a = { .at = room[0], .max = VERSION_KEY_MAX };
    struct key key_b = { .at = room[1], .max = VERSION_KEY_MAX };

    write_key(scheme, a, &key_a);
    write_key(scheme, b, &key_b);
    return key_a.is_over || key_b.is_over ? compare_long(scheme, a, b)
                                          : compare_keys(&key_a, &key_b);
}

bool version_is_valid(enum version_scheme scheme, struct str text)
{
    unsigned char room[VERSION_KEY_MAX];
    struct key key = { .at = room, .max = VERSION_KEY_MAX };

    write_key(scheme, text, &key);
    return text.len <= VERSION_TEXT_MAX && !key.is_loose;
}

size_t version_key(enum version_scheme scheme, struct str text, unsigned char *out)
{
    struct key key = { .at = out, .max = VERSION_KEY_MAX };

    write_key(scheme, text, &key);
    return key.is_over ? 0 : key.len;
}
